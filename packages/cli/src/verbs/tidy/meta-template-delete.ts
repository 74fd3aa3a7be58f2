import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  key: { kind: 'text', words: 'its key', example: 'contract', isRequired: true },
} as const satisfies Columns;

export type MetaTemplateDeleteRow = RowOf<typeof columns>;

export const metaTemplateDelete: Verb<typeof columns> = {
  name: 'meta template delete',
  did: 'deleted',
  summary: 'delete a template with all its values',
  description: 'Delete a template, and its values on all files and folders. It asks first.',
  columns,
  each: 'key',
  examples: [
    'boxhaul meta template delete contract',
    'boxhaul meta template delete contract --dry-run',
  ],
  destroys: {
    how: () => 'for-ever',
    words: templates,
    forEverWords: templates,
  },
  load: async () => (await import('../../commands/meta-template.ts')).remove,
};

function templates(count: number): string {
  return `${count === 1 ? 'a template is' : `${count} templates are`} deleted with all values of it`;
}
