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
  set: {
    kind: 'fields',
    words: 'a value, by the key of its field; several of a list with commas between',
    example: 'state=signed',
    isRequired: true,
    short: '-s',
  },
} as const satisfies Columns;

export type MetaSetRow = RowOf<typeof columns>;

export const metaSet: Verb<typeof columns> = {
  name: 'meta set',
  did: 'set',
  summary: 'set values of metadata',
  description:
    'Set values of metadata on files and folders; those that are not named stay as they are. The\n' +
    'template says what each value has to be: text, a number, a day, one choice or several.',
  columns,
  each: 'path',
  examples: [
    'boxhaul meta set /Contracts/lease.pdf --template-key contract --set state=signed --set amount=1200',
    'boxhaul meta set "/Contracts/*.pdf" --template-key contract --set state=draft --dry-run',
    'boxhaul meta set /notes.txt --template-key properties --scope global --set owner=ann',
    'boxhaul meta set --from-file states.csv --template-key contract',
  ],
  load: async () => (await import('../../commands/meta.ts')).set,
};
