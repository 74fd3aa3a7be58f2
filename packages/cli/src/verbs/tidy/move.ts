import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'what is moved: a path, an id or an address; on the command line globs too',
    example: '/Inbox/report.pdf',
    isRequired: true,
  },
  to: {
    kind: 'place',
    words: 'the folder it goes to, or a path that ends in its new name',
    example: '/Archive/2026/',
    isRequired: true,
    placeholder: 'folder',
  },
  name: { kind: 'name', words: 'its new name' },
} as const satisfies Columns;

export type MoveRow = RowOf<typeof columns>;

export const move: Verb<typeof columns> = {
  name: 'move',
  did: 'moved',
  summary: 'move or rename files and folders in Box',
  description:
    'Move files, folders and web links within Box. The last word says where to, as with mv: a folder\n' +
    'that is there, or a new name in one.',
  columns,
  each: 'path',
  last: 'to',
  examples: [
    'boxhaul move /Inbox/report.pdf /Archive/',
    'boxhaul move /Inbox/report.pdf "/Archive/report 2026.pdf"',
    'boxhaul move "/Inbox/*.pdf" /Archive/ --dry-run',
    'boxhaul move --from-file moves.csv --report moved.csv',
  ],
  load: async () => (await import('../../commands/move.ts')).move,
};
