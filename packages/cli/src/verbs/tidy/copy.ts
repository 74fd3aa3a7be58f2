import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'what is copied: a path, an id or an address; on the command line globs too',
    example: '/Templates/contract.docx',
    isRequired: true,
  },
  to: {
    kind: 'place',
    words: 'the folder it goes to, or a path that ends in the name of the copy',
    example: '/Projects/2027/',
    isRequired: true,
    placeholder: 'folder',
  },
  name: { kind: 'name', words: 'the name of the copy' },
} as const satisfies Columns;

export type CopyRow = RowOf<typeof columns>;

export const copy: Verb<typeof columns> = {
  name: 'copy',
  did: 'copied',
  summary: 'copy files and folders within Box',
  description:
    'Copy files, folders and web links within Box, without sending anything. The last word says where\n' +
    'to, as with cp -r. A copy has the current version, and none of the comments and links.',
  columns,
  each: 'path',
  last: 'to',
  examples: [
    'boxhaul copy /Templates/contract.docx /Projects/2027/',
    'boxhaul copy /Templates/contract.docx "/Projects/2027/lease 14.docx"',
    'boxhaul copy /Templates --to 123456 --name 2027',
    'boxhaul copy --from-file copies.csv',
  ],
  load: async () => (await import('../../commands/copy.ts')).copy,
};
