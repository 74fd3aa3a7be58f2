import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BoxApiError } from './errors.ts';
import { type CallOutcome, type Leave, localPacer, paced } from './pacer.ts';
import type { BoxResponse } from './request.ts';
import { hastyClock } from './testing/hasty-clock.ts';

const ok: BoxResponse = { status: 200, headers: {}, data: undefined };

const call = { kind: 'call', user: '' } as const;
const answered: CallOutcome = { status: 200, durationMs: 1 };

function waiting(retryAfterMs: number): CallOutcome {
  return { status: 429, retryAfterMs, durationMs: 1 };
}

const tick = () => new Promise(setImmediate);

function refused(status: number, retryAfterMs: number): BoxApiError {
  return new BoxApiError('refused', {
    code: 'rate_limit_exceeded',
    recovery: 'retry',
    status,
    method: 'GET',
    path: '/',
    host: 'api',
    retryAfterMs,
  });
}

suite('the pacer', () => {
  test('lets no more in at once than it may, in the order in which they came', async () => {
    const pacer = localPacer(2, hastyClock());
    const entered: number[] = [];
    const inside: Leave[] = [];
    for (let index = 0; index < 5; index++) {
      void pacer.enter(call).then((leave) => {
        entered.push(index);
        inside.push(leave);
      });
    }
    await tick();
    assert.deepEqual(entered, [0, 1]);
    inside.shift()?.(answered);
    await tick();
    assert.deepEqual(entered, [0, 1, 2]);
    while (inside.length > 0) {
      inside.shift()?.(answered);
      await tick();
    }
    assert.deepEqual(entered, [0, 1, 2, 3, 4]);
  });

  test('holds nobody up for longer than anybody waits', async () => {
    const clock = hastyClock();
    const pacer = localPacer(4, clock);
    const startMs = clock.now();
    (await pacer.enter(call))(waiting(24 * 60 * 60_000));
    (await pacer.enter(call))(answered);
    assert.equal(clock.now(), startMs);
  });

  test('lets nobody in before a pause is over, and counts a longer one that comes meanwhile', async () => {
    const clock = hastyClock();
    const pacer = localPacer(4, clock);
    const startMs = clock.now();
    const first = await pacer.enter(call);
    const second = await pacer.enter(call);
    first(waiting(3000));
    const entering = pacer.enter(call);
    second(waiting(5000));
    await entering;
    assert.equal(clock.now(), startMs + 5000);
  });

  test('who gives up while waiting loses its place, and nobody else loses theirs', async () => {
    const pacer = localPacer(1, hastyClock());
    const leave = await pacer.enter(call);
    const controller = new AbortController();
    const second = pacer.enter(call, controller.signal);
    const third = pacer.enter(call);
    controller.abort(new Error('gone'));
    await assert.rejects(second, /gone/);
    leave(answered);
    (await third)(answered);
    (await pacer.enter(call))(answered);
  });

  test('who gives up during a pause frees its place', async () => {
    const clock = hastyClock();
    const pacer = localPacer(1, clock);
    (await pacer.enter(call))(waiting(60_000));
    const controller = new AbortController();
    const first = pacer.enter(call, controller.signal);
    controller.abort(new Error('gone'));
    await assert.rejects(first, /gone/);
    (await pacer.enter(call))(answered);
  });
});

suite('a paced request', () => {
  for (const status of [429, 503]) {
    test(`that Box answers with ${status} and Retry-After holds all others back`, async () => {
      const clock = hastyClock();
      const startMs = clock.now();
      let isFirst = true;
      const send = paced(localPacer(4, clock), clock, async () => {
        if (!isFirst) return ok;
        isFirst = false;
        throw refused(status, 8000);
      });
      await assert.rejects(send({ method: 'GET', path: '/1' }), { status });
      await send({ method: 'GET', path: '/2' });
      assert.equal(clock.now(), startMs + 8000);
    });
  }

  test('of another user is not held back', async () => {
    const clock = hastyClock();
    const startMs = clock.now();
    const pacer = localPacer(4, clock);
    (await pacer.enter(call))(waiting(8000));
    (await pacer.enter({ kind: 'call', user: '7' }))(answered);
    assert.equal(clock.now(), startMs);
  });

  test('counts as what Box limits', async () => {
    const kinds: string[] = [];
    const send = paced(
      {
        async enter({ kind, user }) {
          kinds.push(`${kind} ${user}`);
          return () => {};
        },
      },
      hastyClock(),
      async () => ok,
    );
    await send({ method: 'POST', path: '/files/content', headers: { 'as-user': '7' } });
    await send({ method: 'POST', path: '/files/1/content' });
    await send({ method: 'POST', path: '/files/upload_sessions' });
    await send({ method: 'PUT', path: '/files/upload_sessions/1' });
    await send({ method: 'GET', path: '/files/1/content' });
    await send({ method: 'GET', path: '/search' });
    assert.deepEqual(kinds, ['upload 7', 'upload ', 'upload ', 'call ', 'call ', 'search ']);
  });

  test('leaves its place whether it succeeds or fails', async () => {
    let count = 0;
    const send = paced(localPacer(1, hastyClock()), hastyClock(), async () => {
      if (count++ % 2 === 0) throw new Error('no');
      return ok;
    });
    for (let index = 0; index < 4; index++) {
      await send({ method: 'GET', path: '/' }).catch(() => undefined);
    }
    assert.equal(count, 4);
  });
});
