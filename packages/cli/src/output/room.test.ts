import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { allWritten, room } from './room.ts';

const { signal } = new AbortController();

test('whoever writes waits for the reader to catch up', async () => {
  const taken: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark: 2,
    write: (_chunk, _encoding, done) => taken.push(done),
  });
  stream.write('a');
  await room(stream, signal);
  stream.write('bc');
  let hasRoom = false;
  const waiting = room(stream, signal).then(() => {
    hasRoom = true;
  });
  taken.shift()?.();
  await new Promise(setImmediate);
  assert.equal(hasRoom, false);
  taken.shift()?.();
  await waiting;
});

test('nobody waits any more when the command is stopped', async () => {
  const stream = new Writable({ highWaterMark: 1, write: () => {} });
  stream.write('abc');
  const stop = new AbortController();
  const waiting = room(stream, stop.signal);
  stop.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  await assert.rejects(room(stream, stop.signal), { name: 'AbortError' });
});

test('all is written when the stream has let go of it', async () => {
  const seen: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      setImmediate(() => {
        seen.push(String(chunk));
        done();
      });
    },
  });
  stream.write('a');
  stream.write('b');
  await allWritten(stream);
  assert.deepEqual(seen.slice(0, 2), ['a', 'b']);
  stream.on('error', () => {});
  stream.destroy(new Error('gone'));
  await assert.rejects(allWritten(stream));
});
