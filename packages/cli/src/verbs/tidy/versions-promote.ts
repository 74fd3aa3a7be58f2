import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    only: 'file',
    words: 'the file: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  version: {
    kind: 'text',
    words: 'which one: its number or id as `versions list` has them, or previous',
    example: 'previous',
    isRequired: true,
  },
} as const satisfies Columns;

export type VersionsPromoteRow = RowOf<typeof columns>;

export const versionsPromote: Verb<typeof columns> = {
  name: 'versions promote',
  did: 'promoted',
  summary: 'make an old version the current one again',
  description:
    'Make the contents of an old version current again, as a new version: nothing of the history is\n' +
    'lost. Its name comes back, too.',
  columns,
  each: 'path',
  second: 'version',
  examples: [
    'boxhaul versions promote /Contracts/lease.pdf previous',
    'boxhaul versions promote /Contracts/lease.pdf 3',
    'boxhaul versions promote --from-file wrong.csv --version previous',
  ],
  load: async () => (await import('../../commands/versions.ts')).promote,
};
