import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    only: 'file',
    words: 'the file: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  keep: { kind: 'count', words: 'how many old versions stay, the newest of them', example: '5' },
  olderThan: { kind: 'duration', words: 'only those that were made longer ago than this' },
} as const satisfies Columns;

export type VersionsPruneRow = RowOf<typeof columns>;

export const versionsPrune: Verb<typeof columns> = {
  name: 'versions prune',
  did: 'pruned',
  summary: 'delete old versions',
  description:
    'Delete old versions of files, but for the newest, or those that are not old enough. With both\n' +
    'options a version goes that is beyond both. The current one always stays. It asks first.',
  columns,
  each: 'path',
  examples: [
    'boxhaul versions prune /Contracts/lease.pdf --keep 5',
    'boxhaul versions prune "/Contracts/**/*.pdf" --older-than 90d --dry-run',
    'boxhaul versions prune --from-file files.csv --keep 0 --yes',
  ],
  makes: ['versions', 'bytes'],
  destroys: {
    how: () => 'can-be-undone',
    words: (count) =>
      `${formatNumberOf(count, 'file')} ${count === 1 ? 'loses' : 'lose'} old versions`,
  },
  check: ({ keep, olderThan }) =>
    keep === undefined && olderThan === undefined
      ? { column: 'keep', allowed: 'a whole number, or a time in older-than, or both' }
      : undefined,
  load: async () => (await import('../../commands/versions.ts')).prune,
};
