import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { unlessSilent } from './silence.ts';

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
});
