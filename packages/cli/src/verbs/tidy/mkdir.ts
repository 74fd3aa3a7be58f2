import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'text',
    words: 'the folder to make: its path, or its name where --in is given',
    example: '/Projects/2027',
    isRequired: true,
  },
  in: {
    kind: 'place',
    words: 'the folder that it is made in',
    placeholder: 'folder',
  },
  parents: { kind: 'flag', words: 'make all missing folders of the path', short: '-p' },
} as const satisfies Columns;

export type MkdirRow = RowOf<typeof columns>;

export const mkdir: Verb<typeof columns> = {
  name: 'mkdir',
  did: 'made',
  summary: 'make folders in Box',
  description: 'Make folders in Box. One that is there already is left as it is.',
  columns,
  each: 'path',
  examples: [
    'boxhaul mkdir /Projects',
    'boxhaul mkdir --parents /Projects/2027/plans /Projects/2027/drafts',
    'boxhaul mkdir plans drafts --in https://acme.box.com/folder/123',
  ],
  makes: ['path'],
  check: ({ path, in: parent }) =>
    path.startsWith('/') || parent !== undefined
      ? undefined
      : { column: 'path', allowed: 'a path from the root (/Projects/2027), or a name with --in' },
  load: async () => (await import('../../commands/mkdir.ts')).mkdir,
};
