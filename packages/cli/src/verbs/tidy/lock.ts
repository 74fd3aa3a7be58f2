import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'the file or folder: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  expires: { kind: 'time', words: 'when the lock of a file ends: 12h, 2030-12-31' },
  preventDownload: { kind: 'flag', words: 'keep others from downloading a file, too' },
} as const satisfies Columns;

export type LockRow = RowOf<typeof columns>;

export const lock: Verb<typeof columns> = {
  name: 'lock',
  did: 'locked',
  summary: 'keep others from changing files and folders',
  description:
    'Lock files, which nobody else can change, rename, move or delete then; or folders, which nobody\n' +
    'can move or delete.',
  columns,
  each: 'path',
  examples: [
    'boxhaul lock /Contracts/lease.pdf --expires 12h',
    'boxhaul lock "/Contracts/*.pdf" --prevent-download',
    'boxhaul lock --from-file locks.csv',
  ],
  load: async () => (await import('../../commands/lock.ts')).lock,
};
