import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReasonCode, TransferReport, TransferResult } from '@boxhaul/transfer';
import { styleOf } from './style.ts';
import { summaryLines } from './summary.ts';
import type { PlannedTransfers } from './tally.ts';

const report: TransferReport = {
  direction: 'upload',
  ended: 'complete',
  dryRun: false,
  transferred: 4906,
  skipped: 4298,
  failed: 0,
  left: 0,
  transferredBy: { new: 4894, version: 12 },
  skippedBy: { same: 4297, symlink: 1 },
  failedBy: {},
  failures: [],
  foldersCreated: 3,
  bytes: 20_100_000_000,
  seconds: 112.3,
  predictedCalls: 5118,
  calls: { calls: 5121, uploads: 4907, downloads: 0, tokens: 1, retried: 3, refused: 0 },
};

function summary(
  changes: Partial<TransferReport>,
  planned: PlannedTransfers = {},
  isFinal = true,
): string {
  return summaryLines({ ...report, ...changes }, { planned, isFinal }, styleOf(false)).join('\n');
}

test('a table of what was done, what was not and why, and what it cost', () => {
  assert.equal(
    summary({}),
    [
      'done in 1 min 52 s   20.1 GB at 179 MB/s',
      '  transferred  4,906   4,894 new, 12 new versions',
      '  skipped      4,298   4,297 unchanged (same SHA-1), 1 symbolic link',
      '  failed           0',
      '  new folders      3',
      '  API calls    5,121   5,118 predicted, 4,907 uploads, 3 repeated',
    ].join('\n'),
  );
});

test('each failure is named with its reason, and what to do is said once for each reason', () => {
  const failure = (path: string) =>
    ({
      kind: 'file',
      path,
      state: 'failed',
      reason: { code: 'changed-while-read', words: 'the file changed while it was read' },
      bytes: 1,
      ms: 1,
    }) as const;
  const text = summary({ failed: 3, failures: [failure('q3.xlsx'), failure('q4\u001b[2J.xlsx')] });
  assert.ok(text.includes('  failed  q3.xlsx   the file changed while it was read\n'));
  assert.ok(text.includes('q4␛[2J.xlsx'), 'a name cannot move the cursor');
  assert.ok(text.includes('… and 1 more'));
  assert.equal(text.split('→ when nothing writes to it: run the same command again').length, 2);
});

test('of many failures the first are named, and where the others are', () => {
  const failures = Array.from({ length: 1000 }, (_, file) => failed(`f${file}`, 'box-error'));
  const lines = summary({ failed: 5000, failures, job: '7k2m' }).split('\n');
  assert.equal(lines.filter((line) => line.startsWith('  failed  f')).length, 20);
  assert.deepEqual(lines.slice(-2), [
    '  … and 4,980 more (boxhaul jobs 7k2m names each)',
    '          → boxhaul retry 7k2m',
  ]);
});

test('a run that did not come to its end says what is left and how to go on', () => {
  const cut = { ended: 'interrupted', direction: 'download', left: 4298 } as const;
  const text = summary(cut);
  assert.match(text, /^interrupted after 1 min 52 s/);
  assert.match(text, /\n {2}left +4,298\n/);
  assert.match(text, /→ run the same command again: it fetches only what is left$/);
  assert.match(summary({ ...cut, job: '7k2m' }), /→ boxhaul resume 7k2m: it fetches only/);
  assert.match(summary(cut, {}, false), /left +4,298 {3}or more: not all was found yet/);
  assert.match(summary({ ...cut, ended: 'stopped', job: '7k2m' }), /^stopped .*→ boxhaul resume/s);
});

test('what to do about a failure names the job, if it is still the same file afterwards', () => {
  const table = [
    ['box-error', '7k2m', 'boxhaul retry 7k2m'],
    ['disk-full', '7k2m', 'free some space, then boxhaul retry 7k2m'],
    ['name-refused', '7k2m', 'rename it, then run the same command again'],
    ['box-error', undefined, 'run the same command again'],
  ] as const;
  for (const [code, job, advice] of table) {
    const failures = [failed('f', code)];
    const text = summary({ failed: 1, failures, ...(job && { job }) });
    assert.equal(text.split('\n').at(-1), `          → ${advice}`);
  }
});

function failed(path: string, code: ReasonCode): TransferResult {
  const reason = { code, words: 'Box said no' };
  return { kind: 'file', path, state: 'failed', reason, bytes: 1, ms: 1 };
}

test('a run that found everything in place says so', () => {
  const nothing = { transferred: 0, transferredBy: {}, bytes: 0, foldersCreated: 0 };
  assert.match(summary(nothing), /^done in 1 min 52 s {3}nothing had to be sent\n/);
});

test('a dry run says what would be done, how much it is, and how long Box makes it take', () => {
  const planned = {
    new: { files: 1, bytes: 1_200_000_000 },
    version: { files: 1310, bytes: 640_000_000 },
  };
  const changes = { dryRun: true, transferred: 0, skippedBy: { same: 9161, 'dry-run': 1311 } };
  assert.equal(
    summary(changes, planned),
    [
      'dry run: nothing was changed',
      '  new              1   1.2 GB',
      '  new version  1,310   640 MB',
      '  not moved    9,161   unchanged (same SHA-1)',
      '  5,118 API calls',
      '  at least 5 min for 1,311 uploads: Box takes 240 a minute',
    ].join('\n'),
  );
});
