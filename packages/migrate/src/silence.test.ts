import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { answered, unlessSilent } from './silence.ts';

async function* oneThenNothing(end: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  yield Buffer.from('a');
  await once(end, 'abort');
}

suite('a server that falls silent', () => {
  test('is given up', async () => {
    let end: AbortSignal | undefined;
    const open = (signal: AbortSignal) => {
      end = signal;
      return oneThenNothing(signal);
    };
    const reading = unlessSilent(open, new AbortController().signal, 5);
    assert.equal(String((await reading.next()).value), 'a');
    await assert.rejects(reading.next(), { message: 'nothing came any more' });
    assert.ok(end?.aborted);
  });

  test('is let go of when nothing more is wanted', async () => {
    const stop = new AbortController();
    const reading = unlessSilent(oneThenNothing, stop.signal);
    await reading.next();
    const next = reading.next();
    stop.abort(new Error('enough'));
    await assert.rejects(next, { message: 'enough' });
  });

  test('gives no answer, and is asked again; or not, if that would take too long', async () => {
    const ends: AbortSignal[] = [];
    const ask = (end: AbortSignal) => {
      ends.push(end);
      return new Promise<never>(() => undefined);
    };
    const live = new AbortController().signal;
    const message = 'the server gave no answer in 0.005 s';
    await assert.rejects(answered(ask, live, { withinMs: 5 }), { name: 'Error', message });
    const last = answered(ask, live, { withinMs: 5, isLast: true });
    await assert.rejects(last, { code: 'connection', message });
    assert.deepEqual(
      ends.map(({ aborted }) => aborted),
      [true, true],
    );
  });

  test('is not waited for when nothing more is wanted', async () => {
    const stop = new AbortController();
    const asking = answered(() => new Promise<never>(() => undefined), stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(asking, { message: 'enough' });
  });
});
