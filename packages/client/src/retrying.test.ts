import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BoxApiError, BoxConnectionError } from './errors.ts';
import type { BoxRequest, BoxResponse, Send } from './request.ts';
import { retrying } from './retrying.ts';
import { hastyClock } from './testing/hasty-clock.ts';
import type { Wait } from './wait.ts';

type Step = BoxResponse | BoxApiError | BoxConnectionError;

const done: BoxResponse = { status: 201, headers: {}, data: { id: '1' } };
const post: BoxRequest = { method: 'POST', path: '/folders', json: {} };
const cut = new BoxConnectionError('cut', {
  code: 'connection_reset',
  method: 'POST',
  path: '/folders',
});
const notReached = new BoxConnectionError('no', {
  code: 'connect_failed',
  method: 'POST',
  path: '/folders',
});

function refused(status: number, recovery: 'retry' | 'skip', retryAfterMs?: number): BoxApiError {
  return new BoxApiError('refused', {
    code: `http_${status}`,
    recovery,
    status,
    method: 'POST',
    path: '/folders',
    host: 'api',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Sends by going through the steps; tells how many were taken and how long was slept. */
function scripted(...steps: Step[]) {
  const clock = hastyClock();
  let taken = 0;
  let retries = 0;
  const waits: Wait[] = [];
  const next: Send = async () => {
    const step = steps[taken++];
    if (!step) throw new Error('there are no more steps');
    if (step instanceof Error) throw step;
    return step;
  };
  const send = retrying(next, {
    policy: { maxRetries: 3, firstPauseMs: 500, longestPauseMs: 30_000, longestWaitMs: 60_000 },
    clock,
    random: () => 0.5,
    onRetry: () => retries++,
    onWait: (wait) => waits.push(wait),
  });
  return { send, clock, waits, taken: () => taken, retries: () => retries };
}

suite('a request that fails', () => {
  test('is sent again after a 5xx, and after Retry-After where there is one', async () => {
    const script = scripted(refused(503, 'retry', 4000), refused(500, 'retry'), done);
    assert.equal(await script.send({ method: 'GET', path: '/' }), done);
    assert.deepEqual(script.clock.sleeps, [4000, 500]);
    assert.equal(script.retries(), 2);
  });

  test('says until when it waits, and why', async () => {
    const at = { status: 202, headers: { 'retry-after': '30' }, data: undefined };
    const script = scripted(refused(429, 'retry', 8000), at, refused(500, 'retry'), done);
    const startedMs = script.clock.now();
    await script.send({ ...post, waitOn202: true, repeat: 'safe' });
    assert.deepEqual(
      script.waits.map(({ untilMs, why }) => [untilMs - startedMs, why]),
      [
        [8000, 'asked'],
        [38_000, 'at-work'],
        [38_250, 'failed'],
      ],
    );
  });

  test('is not sent again when Box refuses it for good', async () => {
    const script = scripted(refused(404, 'skip'));
    await assert.rejects(script.send({ method: 'GET', path: '/' }), { status: 404 });
    assert.equal(script.taken(), 1);
  });

  test('ends with its last error when the retries are used up', async () => {
    const script = scripted(cut, cut, cut, cut);
    await assert.rejects(script.send({ method: 'GET', path: '/' }), cut);
    assert.equal(script.taken(), 4);
  });

  test('is not repeated blindly where doing it twice would do harm', async () => {
    const script = scripted(cut);
    await assert.rejects(script.send(post), cut);
    assert.equal(script.taken(), 1);
  });

  test('is repeated even then if it certainly did not arrive', async () => {
    const script = scripted(notReached, refused(429, 'retry', 1000), done);
    assert.equal(await script.send(post), done);
  });
});

suite('a request whose answer was lost', () => {
  test('is not sent again when the look-up finds it done', async () => {
    const script = scripted(cut);
    const answer = await script.send({ ...post, lookup: async () => ({ data: 'found' }) });
    assert.equal(answer.data, 'found');
    assert.equal(script.taken(), 1);
  });

  test('is sent again when the look-up finds nothing', async () => {
    const failures: unknown[] = [];
    const script = scripted(cut, done);
    const lookup = async (failure: unknown) => {
      failures.push(failure);
      return undefined;
    };
    assert.equal(await script.send({ ...post, lookup }), done);
    assert.deepEqual(failures, [cut]);
  });

  test('is looked up again when its repetition is refused: Box may have finished late', async () => {
    const conflict = refused(409, 'skip');
    const script = scripted(cut, conflict);
    const lookup = async (failure: unknown) =>
      failure === conflict ? { data: 'found late' } : undefined;
    assert.equal((await script.send({ ...post, lookup })).data, 'found late');
  });

  test('fails with the refusal when the second look-up finds nothing either', async () => {
    const conflict = refused(409, 'skip');
    const script = scripted(cut, conflict);
    await assert.rejects(script.send({ ...post, lookup: async () => undefined }), conflict);
  });

  test('is not looked up when Box refuses the first attempt', async () => {
    const script = scripted(refused(409, 'skip'));
    const lookup = async () => assert.fail('there is nothing to look up');
    await assert.rejects(script.send({ ...post, lookup }), { status: 409 });
  });
});

suite('a 202', () => {
  const notYet: BoxResponse = { status: 202, headers: { 'retry-after': '2' }, data: undefined };

  test('is waited out where it means "not yet"', async () => {
    const script = scripted(notYet, notYet, done);
    assert.equal(await script.send({ method: 'GET', path: '/', waitOn202: true }), done);
    assert.deepEqual(script.clock.sleeps, [2000, 2000]);
  });

  test('is an answer like any other where it does not', async () => {
    const script = scripted(notYet);
    assert.equal(await script.send({ method: 'GET', path: '/' }), notYet);
  });

  test('is an error that can be retried when patience ends', async () => {
    const script = scripted(...Array.from({ length: 40 }, () => notYet));
    const request: BoxRequest = { method: 'GET', path: '/', waitOn202: true };
    await assert.rejects(script.send(request), { code: 'not_ready', recovery: 'retry' });
    assert.equal(script.taken(), 31);
  });
});

test('an abort ends the pause between two attempts', async () => {
  const script = scripted(refused(429, 'retry', 10_000), done);
  const controller = new AbortController();
  const sent = script.send({ ...post, signal: controller.signal });
  controller.abort(new Error('enough'));
  await assert.rejects(sent, /enough/);
  assert.equal(script.taken(), 1);
});
