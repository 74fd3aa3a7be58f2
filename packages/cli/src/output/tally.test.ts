import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransferEvent, TransferResult } from '@boxhaul/transfer';
import { createTally } from './tally.ts';

function result(fields: Partial<TransferResult> & { path: string }): TransferEvent {
  const file = { kind: 'file', state: 'transferred', action: 'new', bytes: 0, ms: 1 } as const;
  return { type: 'file', result: { ...file, ...fields } };
}

test('counts what ended, and bytes of what is in flight, each once', () => {
  const tally = createTally();
  const events: TransferEvent[] = [
    { type: 'planned', files: 3, bytes: 600, final: true },
    { type: 'file-started', path: 'a', bytes: 100 },
    { type: 'file-started', path: 'b', bytes: 200 },
    { type: 'progress', path: 'a', bytesDone: 60, bytes: 100 },
    { type: 'progress', path: 'b', bytesDone: 150, bytes: 200 },
    // A broken transfer begins again.
    { type: 'progress', path: 'b', bytesDone: 10, bytes: 200 },
    result({ path: 'a', bytes: 100 }),
    result({ path: 'c', bytes: 300, state: 'skipped' }),
  ];
  for (const event of events) tally.add(event, 0);
  assert.equal(tally.bytesDone, 100 + 10 + 300);
  assert.equal(tally.filesDone, 2);
  assert.deepEqual(
    [...tally.inFlight].map((file) => [file.path, file.bytesDone]),
    [['b', 10]],
  );
  assert.deepEqual(tally.transferredBy, { new: 1 });
  assert.deepEqual([tally.transferred, tally.skipped, tally.failed], [1, 1, 0]);
});

test('what has come of an archive counts until its files have ended', () => {
  const tally = createTally();
  const archive = (bytes: number, bytesDone: number): TransferEvent => {
    return { type: 'archive', number: 1, files: 2, bytes, bytesDone };
  };
  const steps: [TransferEvent, number][] = [
    [archive(300, 0), 0],
    [archive(300, 250), 250],
    [archive(300, 300), 300],
    [result({ path: 'a', bytes: 100 }), 400],
    [archive(200, 200), 300],
    [archive(0, 0), 100],
  ];
  for (const [event, bytesDone] of steps) {
    tally.add(event, 0);
    assert.equal(tally.bytesDone, bytesDone);
  }
  assert.equal(tally.inFlight.size, 0);
});

test('a folder that failed is a failure, but no file of the plan', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 1, bytes: 5, final: true }, 0);
  tally.add(result({ path: 'sub', kind: 'folder', state: 'failed' }), 0);
  assert.equal(tally.failed, 1);
  assert.equal(tally.filesDone, 0);
});

test('rate and time left follow the last seconds, not the whole run', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 1, bytes: 100_000_000, final: true }, 0);
  tally.add({ type: 'file-started', path: 'a', bytes: 100_000_000 }, 0);
  assert.equal(tally.rate(100), undefined, 'nothing to go by yet');
  let done = 0;
  for (let second = 1; second <= 30; second++) {
    done += second <= 20 ? 100_000 : 5_000_000;
    tally.add({ type: 'progress', path: 'a', bytesDone: done, bytes: 100_000_000 }, second * 1000);
  }
  assert.equal(tally.rate(30_000), 5_000_000);
  const left = tally.remainingSeconds(30_000);
  assert.ok(left !== undefined && Math.abs(left - (100_100_000 - done) / 5_000_000) < 0.01);
});

test('the rate falls to nothing when nothing moves', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 1, bytes: 100, final: true }, 0);
  tally.add({ type: 'progress', path: 'a', bytesDone: 50, bytes: 100 }, 1000);
  assert.equal(tally.rate(60_000), 0);
  assert.equal(tally.remainingSeconds(60_000), undefined);
});

test('nobody can tell how long it takes while the plan still grows', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 2, bytes: 100, final: false }, 0);
  tally.add({ type: 'progress', path: 'a', bytesDone: 50, bytes: 100 }, 1000);
  tally.add({ type: 'progress', path: 'a', bytesDone: 70, bytes: 100 }, 2000);
  assert.equal(tally.remainingSeconds(2000), undefined);
});
