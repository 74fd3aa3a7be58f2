import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  item: {
    kind: 'text',
    words: 'what is deleted: its id, its address, or its name; on the command line globs too',
    example: 'old.pdf',
    isRequired: true,
  },
} as const satisfies Columns;

export type TrashPurgeRow = RowOf<typeof columns>;

export const trashPurge: Verb<typeof columns> = {
  name: 'trash purge',
  did: 'purged',
  summary: 'delete things in the trash for ever',
  description: 'Delete files, folders and web links for ever that are in the trash. It asks first.',
  columns,
  each: 'item',
  examples: [
    'boxhaul trash purge old.pdf',
    'boxhaul trash purge "*" --dry-run',
    'boxhaul trash purge --from-file gone.csv --yes',
  ],
  destroys: {
    how: () => 'for-ever',
    words: forEver,
    forEverWords: forEver,
  },
  load: async () => (await import('../../commands/trash.ts')).purge,
};

function forEver(count: number): string {
  return `${formatNumberOf(count, 'item')} ${count === 1 ? 'is' : 'are'} deleted for ever`;
}
