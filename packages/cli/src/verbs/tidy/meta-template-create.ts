import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  name: {
    kind: 'text',
    words: 'what it is called',
    example: 'Contract',
    isRequired: true,
  },
  key: {
    kind: 'text',
    words: 'its key in programs and commands (by default Box makes one of the name)',
    example: 'contract',
    placeholder: 'key',
  },
  field: {
    kind: 'fields',
    words: 'a field: string, number, date, enum:a|b or multiSelect:a|b',
    example: 'state=enum:draft|signed',
    short: '-f',
    placeholder: 'key=type',
  },
  hidden: { kind: 'flag', words: 'keep it out of the web app' },
  copied: { kind: 'flag', words: 'copies of an item get its values, too' },
} as const satisfies Columns;

export type MetaTemplateCreateRow = RowOf<typeof columns>;

export const metaTemplateCreate: Verb<typeof columns> = {
  name: 'meta template create',
  did: 'created',
  summary: 'make a template',
  description: "Make a template of metadata for the enterprise. It needs an admin's rights.",
  columns,
  each: 'name',
  examples: [
    'boxhaul meta template create Contract --key contract -f "state=enum:draft|signed" -f amount=number',
    'boxhaul meta template create --from-file templates.csv',
  ],
  makes: ['key'],
  load: async () => (await import('../../commands/meta-template.ts')).create,
};
