import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { LiveBlock } from './live-block.ts';

/** A terminal of so many columns and rows that keeps what is written to it. */
function terminal(columns: number, rows: number) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const size = { columns, rows };
  return { stream: Object.assign(stream, size), written };
}

test('each frame is one write, which goes back to where the last began', () => {
  const { stream, written } = terminal(80, 24);
  const block = new LiveBlock(stream);
  block.draw(['one', 'two']);
  block.draw(['three']);
  block.close();
  assert.equal(written.length, 4, 'cursor hidden, two frames, cursor shown');
  assert.ok(written[2]?.includes('\u001b[2Athree\u001b[K\n\u001b[J'));
  assert.equal(written[3], '\r\u001b[1A\u001b[J\u001b[?25h');
});

test('lines that a narrower terminal has folded are counted as it shows them', () => {
  const { stream, written } = terminal(80, 24);
  const block = new LiveBlock(stream);
  block.draw(['\u001b[2mx\u001b[22m'.repeat(70), 'short']);
  stream.columns = 40;
  block.draw(['short']);
  block.close();
  assert.ok(written[2]?.includes('\u001b[3Ashort'));
});

test('lines that stay are written where the block stood, and it follows below them', () => {
  const { stream, written } = terminal(80, 24);
  const block = new LiveBlock(stream);
  block.draw(['block']);
  block.writeAbove('stays\n');
  block.draw(['block']);
  block.close();
  assert.equal(written[2], '\r\u001b[1A\u001b[Jstays\n');
  assert.ok(written[3]?.includes('\rblock'), 'the cursor does not go up');
});

test('never more lines than the terminal has, and no listener is left behind', () => {
  const before = process.listenerCount('exit');
  const { stream, written } = terminal(80, 4);
  const block = new LiveBlock(stream);
  block.draw(['1', '2', '3', '4', '5']);
  assert.equal((written[1]?.match(/\n/g) ?? []).length, 3);
  block.close();
  block.close();
  assert.equal(process.listenerCount('exit'), before);
});
