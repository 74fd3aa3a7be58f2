import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'the file or folder: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
} as const satisfies Columns;

export type UnlockRow = RowOf<typeof columns>;

export const unlock: Verb<typeof columns> = {
  name: 'unlock',
  did: 'unlocked',
  summary: 'take locks off files and folders',
  description: 'Take the locks off files and folders.',
  columns,
  each: 'path',
  examples: ['boxhaul unlock /Contracts/lease.pdf', 'boxhaul unlock "/Contracts/*.pdf"'],
  load: async () => (await import('../../commands/lock.ts')).unlock,
};
