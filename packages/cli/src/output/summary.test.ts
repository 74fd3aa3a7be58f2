import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransferReport } from '@boxhaul/transfer';
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
  failures: [],
  foldersCreated: 3,
  bytes: 20_100_000_000,
  seconds: 112.3,
  calls: { calls: 5121, uploads: 4907, downloads: 0, tokens: 1, retried: 3, refused: 0 },
};

function summary(changes: Partial<TransferReport>, planned: PlannedTransfers = {}): string {
  return summaryLines({ ...report, ...changes }, planned, styleOf(false)).join('\n');
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
      '  API calls    5,121   4,907 uploads, 3 repeated',
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
  assert.equal(text.split('→ run the same command again when nothing writes to it').length, 2);
});

test('an interrupted run says how to go on', () => {
  const text = summary({ ended: 'interrupted', direction: 'download' });
  assert.match(text, /^interrupted after 1 min 52 s/);
  assert.match(text, /→ run the same command again: it fetches only what is left$/);
});

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
      '  at least 5 min for 1,311 uploads: Box takes 240 a minute',
    ].join('\n'),
  );
});
