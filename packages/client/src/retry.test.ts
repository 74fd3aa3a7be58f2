import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { recoveryOf } from './answer.ts';
import { BoxApiError, BoxConnectionError, type ConnectionFailure } from './errors.ts';
import { mayBeDone, NOTHING_SPENT, type Outcome, type RetryPolicy, verdictOn } from './retry.ts';

const policy: RetryPolicy = {
  maxRetries: 3,
  firstPauseMs: 500,
  longestPauseMs: 30_000,
  longestWaitMs: 600_000,
};

function refused(status: number, retryAfterMs?: number, boxCode?: string): BoxApiError {
  return new BoxApiError('refused', {
    code: boxCode ?? `http_${status}`,
    recovery: recoveryOf(status, boxCode, 'api'),
    status,
    method: 'GET',
    path: '/',
    host: 'api',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function broken(code: ConnectionFailure): BoxConnectionError {
  return new BoxConnectionError('broken', { code, method: 'GET', path: '/' });
}

suite('what follows an attempt', () => {
  const table: [name: string, outcome: Outcome, expected: 'wait' | 'give-up'][] = [
    ['429', refused(429), 'wait'],
    ['500', refused(500), 'wait'],
    ['502', refused(502), 'wait'],
    ['503', refused(503), 'wait'],
    ['504', refused(504), 'wait'],
    ['507, out of space', refused(507), 'give-up'],
    ['400', refused(400), 'give-up'],
    ['403', refused(403), 'give-up'],
    ['404', refused(404), 'give-up'],
    ['409, the name is in use', refused(409, undefined, 'item_name_in_use'), 'give-up'],
    ['409, blocked for now', refused(409, undefined, 'operation_blocked_temporary'), 'wait'],
    ['412', refused(412), 'give-up'],
    ['a broken connection', broken('connection_reset'), 'wait'],
    ['no connection', broken('connect_failed'), 'wait'],
    ['202', { notReady: true, retryAfterMs: 3000 }, 'wait'],
  ];
  for (const [name, outcome, expected] of table) {
    test(`${name}: ${expected}`, () => {
      assert.equal(verdictOn(outcome, NOTHING_SPENT, policy, 0.5).kind, expected);
    });
  }

  test('waits exactly as long as Box asks', () => {
    const verdict = verdictOn(refused(429, 7000), NOTHING_SPENT, policy, 0.9);
    assert.equal(verdict.kind === 'wait' && verdict.delayMs, 7000);
  });

  test('doubles the longest possible pause with each failure, up to its limit', () => {
    const delays = [0, 1, 2, 3].map((failures) => {
      const verdict = verdictOn(
        refused(500),
        { ...NOTHING_SPENT, failures },
        { ...policy, maxRetries: 9, longestPauseMs: 3000 },
        1,
      );
      return verdict.kind === 'wait' && verdict.delayMs;
    });
    assert.deepEqual(delays, [500, 1000, 2000, 3000]);
  });

  test('gives up when the retries are used up', () => {
    const spent = { ...NOTHING_SPENT, failures: policy.maxRetries };
    assert.equal(verdictOn(broken('connection_reset'), spent, policy, 0).kind, 'give-up');
  });

  test('being put off costs no retries, but patience', () => {
    const spent = { failures: policy.maxRetries, waits: 50, waitedMs: 500_000 };
    assert.equal(verdictOn(refused(429, 60_000), spent, policy, 0).kind, 'wait');
    assert.equal(verdictOn(refused(429, 160_000), spent, policy, 0).kind, 'give-up');
  });

  test('being put off for no time, or next to none, ends as well', () => {
    for (const retryAfterMs of [0, 1, 400]) {
      for (const outcome of [
        refused(429, retryAfterMs),
        { notReady: true, retryAfterMs },
      ] as const) {
        let attempts = 0;
        let verdict = verdictOn(outcome, NOTHING_SPENT, policy, 0.5);
        while (verdict.kind === 'wait' && ++attempts < 100) {
          verdict = verdictOn(outcome, verdict.spent, policy, 0.5);
        }
        assert.equal(verdict.kind, 'give-up', `after ${attempts} of ${retryAfterMs} ms`);
      }
    }
  });

  test('every request ends, whatever Box answers', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.constantFrom(429, 500, 503, 202, -1)),
        fc.infiniteStream(fc.double({ min: 0.01, max: 0.999, noNaN: true })),
        (statuses, randoms) => {
          let spent = NOTHING_SPENT;
          for (let attempts = 0; attempts < 100_000; attempts++) {
            const status = statuses.next().value;
            const outcome: Outcome =
              status === 202
                ? { notReady: true, retryAfterMs: undefined }
                : status === -1
                  ? broken('connection_reset')
                  : refused(status);
            const verdict = verdictOn(outcome, spent, policy, randoms.next().value);
            if (verdict.kind === 'give-up') return;
            assert.ok(verdict.delayMs >= 0 && verdict.delayMs <= policy.longestPauseMs);
            spent = verdict.spent;
          }
          assert.fail('it never gave up');
        },
      ),
      { numRuns: 50 },
    );
  });
});

suite('whether Box may have done it', () => {
  const table: [name: string, outcome: Outcome, expected: boolean][] = [
    ['the connection was refused', broken('connect_failed'), false],
    ['the connection timed out', broken('connect_timeout'), false],
    ['the connection broke', broken('connection_reset'), true],
    ['no answer came in time', broken('headers_timeout'), true],
    ['the answer was cut', broken('body_truncated'), true],
    ['a 500', refused(500), true],
    ['a 503', refused(503), true],
    ['a 429', refused(429), false],
    ['a 409', refused(409), false],
  ];
  for (const [name, outcome, expected] of table) {
    test(`${name}: ${expected ? 'perhaps' : 'no'}`, () =>
      assert.equal(mayBeDone(outcome), expected));
  }
});
