import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransferEvent } from '@boxhaul/transfer';
import { progressLines } from './progress.ts';
import { styleOf } from './style.ts';
import { createTally, type Tally } from './tally.ts';
import { widthOf } from './width.ts';

const calls = { calls: 412, uploads: 61, downloads: 0, tokens: 1, retried: 3, refused: 0 };

function halfWay(): Tally {
  const tally = createTally();
  const events: [TransferEvent, number][] = [
    [{ type: 'started', direction: 'upload', dryRun: false, job: '7k2m' }, 0],
    [{ type: 'planned', files: 4, bytes: 20_000_000, final: true }, 0],
    [{ type: 'file-started', path: 'video/launch 🎉.mov', bytes: 10_000_000 }, 0],
    [{ type: 'file-started', path: 'a.txt', bytes: 0 }, 0],
    [
      {
        type: 'file',
        result: {
          kind: 'file',
          path: 'b',
          state: 'transferred',
          action: 'version',
          bytes: 5e6,
          ms: 9,
        },
      },
      1000,
    ],
    [{ type: 'progress', path: 'video/launch 🎉.mov', bytesDone: 4_400_000, bytes: 1e7 }, 2000],
  ];
  for (const [event, atMs] of events) tally.add(event, atMs);
  return tally;
}

function lines(
  tally: Tally,
  columns: number,
  more: Partial<Parameters<typeof progressLines>[0]> = {},
): string[] {
  const style = styleOf(false);
  const frame = { tally, calls, nowMs: 2000, columns, rows: 23, style, phase: 'running' } as const;
  return progressLines({ ...frame, ...more });
}

const limits = {
  call: { spent: 412, of: 1000 },
  upload: { spent: 61, of: 240 },
  search: { spent: 0, of: 60 },
};

test('says how far it is, how fast, how long, what moves and what it cost', () => {
  assert.deepEqual(lines(halfWay(), 100, { limits }), [
    `  ${'━'.repeat(16)}╸${'━'.repeat(19)}  47%   9.4 of 20 MB   4.7 MB/s   2 s left`,
    '  1 of 4 files  ·  1 new version  ·  0 failed',
    '  calls 412  ·  61 of 240/min uploads, 412 of 1,000/min  ·  3 repeated',
    '  video/launch 🎉.mov  44%  ·  a.txt checking',
    '  Ctrl-C: finish what is in flight and stop (boxhaul resume 7k2m continues)',
  ]);
});

test('no line is ever wider than the terminal, whatever is in it', () => {
  const tally = halfWay();
  for (let file = 0; file < 20; file++) {
    tally.add({ type: 'file-started', path: `日本語/${'é'.repeat(file * 9)}`, bytes: file }, 2000);
  }
  for (let columns = 10; columns <= 160; columns++) {
    for (const line of lines(tally, columns)) {
      assert.ok(widthOf(line) < columns, `${columns}: ${line}`);
    }
  }
});

test('is not done before the last file is, and says nothing of time while the plan grows', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 2, bytes: 10, final: true }, 0);
  tally.add({ type: 'progress', path: 'a', bytesDone: 10, bytes: 10 }, 0);
  assert.match(lines(tally, 80)[0] ?? '', / 99% .*checking the last ones/);
  assert.match(lines(tally, 80)[3] ?? '', /a checking/);
  tally.add({ type: 'planned', files: 3, bytes: 90, final: false }, 0);
  assert.match(lines(tally, 80)[0] ?? '', /10 of 90 bytes found so far/);
  assert.doesNotMatch(lines(tally, 80)[0] ?? '', /%|left/);
});

test('once Ctrl-C was pressed it says what goes on, how to continue and what the next one does', () => {
  const hint = (columns: number, phase: 'ending' | 'stopping') =>
    lines(halfWay(), columns, { phase }).at(-1);
  assert.equal(
    hint(80, 'ending'),
    '  finishing what is in flight · boxhaul resume 7k2m continues · again: stop now',
  );
  assert.equal(hint(60, 'ending'), '  finishing what is in flight · Ctrl-C again: stop now');
  assert.equal(hint(80, 'stopping'), '  stopping now');
});

test('where there are few lines, those stay that say most', () => {
  const first = (rows: number, phase: 'running' | 'ending') =>
    lines(halfWay(), 80, { rows, phase }).map((line) => line.trim().split(' ')[0]);
  assert.deepEqual(first(3, 'running').slice(1), ['1', 'calls']);
  assert.deepEqual(first(2, 'ending').slice(1), ['finishing']);
  assert.equal(first(1, 'ending').length, 1);
  assert.equal(first(0, 'running').length, 1);
});

test('of files in flight the slowest come first, with the time that they have taken', () => {
  const tally = createTally();
  tally.add({ type: 'file-started', path: 'old', bytes: 10 }, 0);
  for (let file = 0; file < 9; file++) {
    tally.add({ type: 'file-started', path: `new${file}`, bytes: 1000 }, 59_000);
  }
  const flight = lines(tally, 60, { nowMs: 61_000 }).find((line) => line.includes('old'));
  assert.equal(flight, '  old   0% 1 min  ·  new0   0%  ·  new1   0%  ·  +7 more');
});
