import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  item: {
    kind: 'text',
    words: 'what is brought back: its id, its address, or its name; on the command line globs too',
    example: 'old.pdf',
    isRequired: true,
  },
  to: {
    kind: 'place',
    words: 'where it goes if the folder that it was in is gone',
    placeholder: 'folder',
  },
  name: { kind: 'name', words: 'a new name, if its own is taken' },
} as const satisfies Columns;

export type TrashRestoreRow = RowOf<typeof columns>;

export const trashRestore: Verb<typeof columns> = {
  name: 'trash restore',
  did: 'restored',
  summary: 'bring things back from the trash',
  description: 'Bring files, folders and web links back from the trash, to where they were.',
  columns,
  each: 'item',
  examples: [
    'boxhaul trash restore old.pdf',
    'boxhaul trash restore 123456 --to /Archive --name "old 2.pdf"',
    'boxhaul trash restore "*.pdf" --dry-run',
  ],
  load: async () => (await import('../../commands/trash.ts')).restore,
};
