import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { movableClock } from '../clock.ts';
import { type CallLimits, resolveEmulatorOptions } from '../options.ts';
import { boxCalls } from '../testing/box-calls.ts';
import { callLimiter, type LimitedKind } from './limits.ts';

const ann = { userId: '1', enterpriseId: '9' };
const bob = { userId: '2', enterpriseId: '9' };
const eve = { userId: '3', enterpriseId: '8' };

test('no minute has more calls of a user than are allowed, and waiting as told is enough', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 }),
      (callsPerMinute, pauses) => {
        const clock = movableClock({ now: () => 0 });
        const limiter = callLimiter({ callsPerMinute, uploadsPerMinute: 1000 }, clock);
        const taken: number[] = [];
        for (const pause of pauses) {
          clock.advance(pause);
          let waitSeconds = limiter.take(ann, undefined);
          if (waitSeconds > 0) {
            clock.advance(waitSeconds * 1000);
            waitSeconds = limiter.take(ann, undefined);
          }
          assert.equal(waitSeconds, 0);
          taken.push(clock.now());
          const inMinute = taken.filter((time) => time > clock.now() - 60_000);
          assert.ok(inMinute.length <= callsPerMinute);
        }
      },
    ),
  );
});

test('a user’s calls beyond the limit are answered 429 until the minute is over', async (t) => {
  const box = await boxCalls(t, { limits: { callsPerMinute: 5, uploadsPerMinute: 2 } });
  const { emulator } = box;
  const attributes = (name: string) => ({ name, parent: { id: '0' } });
  const upload = (name: string) => box.upload('/files/content', attributes(name), name);
  assert.equal((await upload('a')).status, 201);
  assert.equal((await upload('b')).status, 201);
  assert.equal((await upload('c')).status, 429);
  for (const status of [200, 200, 200, 429]) {
    const answer = await box.get('/users/me');
    assert.equal(answer.status, status);
    if (status !== 429) continue;
    assert.equal(answer.json.code, 'rate_limit_exceeded');
    assert.match(String(answer.headers['retry-after']), /^\d+$/);
  }
  const other = emulator.issueToken({ userId: emulator.serviceAccountUserId });
  assert.equal((await box.get('/users/me', { token: other })).status, 200);
  emulator.clock.advance(61_000);
  assert.equal((await box.get('/users/me')).status, 200);
});

test('each kind of call has periods of its own, of a user or of an enterprise', () => {
  const clock = movableClock({ now: () => 0 });
  const limits = resolveEmulatorOptions({ limits: 'box' }).limits;
  const limiter = callLimiter(limits as CallLimits, clock);
  const most = (caller: typeof ann, kind?: LimitedKind) => {
    for (let count = 0; ; count++) {
      const waitSeconds = limiter.take(caller, kind);
      if (waitSeconds > 0) return [count, waitSeconds];
    }
  };
  assert.deepEqual(most(ann, 'search'), [6, 1], 'of a user in a second');
  assert.deepEqual(most(bob, 'search'), [6, 1]);
  assert.deepEqual(most(eve, 'search'), [6, 1], 'another enterprise');
  assert.deepEqual(most(ann, 'metadata query'), [10, 1], 'of an enterprise in a second');
  assert.deepEqual(most(bob, 'metadata query'), [0, 1], 'Ann made them all');
  clock.advance(1000);
  const others = ['4', '5', '6'].map((userId) => most({ ...ann, userId }, 'search'));
  assert.deepEqual(
    others,
    [
      [6, 1],
      [6, 1],
      [0, 1],
    ],
    'of an enterprise in a second',
  );
  for (let second = 0; second < 9; second++) {
    clock.advance(1000);
    assert.deepEqual(most(eve, 'search'), [6, second === 8 ? 50 : 1]);
  }
  assert.deepEqual(most(ann, 'upload'), [240, 60], 'of a user in a minute');
  assert.equal(limiter.take(ann, undefined), 0, 'other calls go on');
  assert.deepEqual(most(ann), [1000 - 6 - 10 - 240 - 1, 50], 'all of them count');
});

test('searches and metadata queries are told apart from other calls', async (t) => {
  const limits = {
    callsPerMinute: 100,
    uploadsPerMinute: 100,
    searchesPerMinute: 1,
    enterpriseMetadataQueriesPerSecond: 1,
  };
  const box = await boxCalls(t, { limits, clock: { now: () => 0 } });
  const statuses = async (call: () => Promise<{ status: number }>) => [
    (await call()).status,
    (await call()).status,
  ];
  assert.deepEqual(await statuses(() => box.get('/search?query=x')), [200, 429]);
  const json = { from: 'enterprise_1.none', ancestor_folder_id: '0' };
  const query = () => box.call('POST', '/metadata_queries/execute_read', { json });
  assert.equal((await statuses(query))[1], 429);
  assert.equal((await box.get('/search?query=x')).headers['retry-after'], '60');
  assert.equal((await box.get('/users/me')).status, 200);
});
