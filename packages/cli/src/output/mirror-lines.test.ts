import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MirrorReport, TransferReport } from '@boxhaul/transfer';
import { mirrorLines, mirrorRows } from './mirror-lines.ts';
import { styleOf } from './style.ts';

const left = { code: 'too-many-extra', words: 'too many' } as const;

const cases: [what: string, mirror: MirrorReport | undefined, rows: unknown[], lines: string[]][] =
  [
    ['nothing was asked for', undefined, [], []],
    ['nothing is extra', { held: 4, extra: 0, trashed: 0 }, [['trashed', 0, []]], []],
    [
      'some went to a trash here',
      { held: 4, extra: 1, trashed: 1, trash: '/in/trash' },
      [['trashed', 1, ['of 4 files in the target', 'in /in/trash']]],
      [],
    ],
    [
      'nothing may go',
      { held: 4, extra: 3, trashed: 0, left },
      [['extra', 3, ['left where they are']]],
      ['  nothing was deleted: too many'],
    ],
    [
      'it was cut short',
      { held: 4, extra: 3, trashed: 2, left },
      [['trashed', 2, ['of 4 files in the target']]],
      ['  only 2 were deleted: too many'],
    ],
    [
      'folders were moved',
      { held: 4, extra: 0, trashed: 0, movedFolders: 1 },
      [
        ['moved folders', 1, ['with all that they hold']],
        ['trashed', 0, []],
      ],
      [],
    ],
  ];

for (const [what, mirror, rows, lines] of cases) {
  test(`the summary of a mirroring: ${what}`, () => {
    const report = { dryRun: false, ...(mirror && { mirror }) } as TransferReport;
    assert.deepEqual(mirrorRows(report), rows);
    assert.deepEqual(mirrorLines(report, styleOf(false)), lines);
  });
}

test('a dry run says what would be', () => {
  const told = { dryRun: true, mirror: { held: 4, extra: 1, trashed: 1 } } as TransferReport;
  assert.deepEqual(mirrorRows(told), [['to the trash', 1, ['of 4 files in the target']]]);
});
