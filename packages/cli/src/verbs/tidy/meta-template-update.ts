import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  key: { kind: 'text', words: 'its key', example: 'contract', isRequired: true },
  name: { kind: 'text', words: 'what it is to be called', placeholder: 'name' },
  field: {
    kind: 'fields',
    words:
      'a field that it gets: string, number, date, enum:a|b or multiSelect:a|b; of one that is there new choices',
    example: 'amount=number',
    short: '-f',
    placeholder: 'key=type',
  },
  removeField: {
    kind: 'text',
    words: 'fields that it loses with all their values, by their keys with commas between',
    placeholder: 'keys',
  },
} as const satisfies Columns;

export type MetaTemplateUpdateRow = RowOf<typeof columns>;

export const metaTemplateUpdate: Verb<typeof columns> = {
  name: 'meta template update',
  did: 'updated',
  summary: 'change a template',
  description:
    'Give a template another name, fields and choices, or take fields away: then their values are lost\n' +
    'on all items, and it asks first.',
  columns,
  each: 'key',
  examples: [
    'boxhaul meta template update contract --field amount=number',
    'boxhaul meta template update contract --field "state=enum:lost" --name "Contracts"',
    'boxhaul meta template update contract --remove-field amount --yes',
  ],
  destroys: {
    how: ({ removeField }) => (removeField === undefined ? undefined : 'for-ever'),
    words: (count) => `${count === 1 ? 'a template loses' : `${count} templates lose`} fields`,
    forEverWords: (count) =>
      `${count === 1 ? 'a template loses' : `${count} templates lose`} fields with all their values`,
  },
  check: ({ name, field, removeField }) =>
    name === undefined && field === undefined && removeField === undefined
      ? { column: 'field', allowed: 'a field, or another name, or remove-field' }
      : undefined,
  load: async () => (await import('../../commands/meta-template.ts')).update,
};
