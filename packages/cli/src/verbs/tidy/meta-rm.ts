import type { Columns, RowOf, Verb } from '../../rows/verb.ts';
import { SCOPE, TEMPLATE } from './meta-columns.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'the file or folder: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  templateKey: { ...TEMPLATE, isRequired: true },
  scope: SCOPE,
  field: { kind: 'text', words: 'only this value, by the key of its field', placeholder: 'key' },
} as const satisfies Columns;

export type MetaRmRow = RowOf<typeof columns>;

export const metaRm: Verb<typeof columns> = {
  name: 'meta rm',
  did: 'removed',
  summary: 'take metadata off files and folders',
  description:
    'Take metadata off files and folders: all values of a template, or one. It asks first: values\n' +
    'cannot be brought back.',
  columns,
  each: 'path',
  examples: [
    'boxhaul meta rm /Contracts/lease.pdf --template-key contract',
    'boxhaul meta rm "/Contracts/*.pdf" --template-key contract --field state --yes',
  ],
  destroys: {
    how: () => 'can-be-undone',
    words: (count) => `metadata of ${count === 1 ? 'one item' : `${count} items`} is removed`,
  },
  load: async () => (await import('../../commands/meta.ts')).remove,
};
