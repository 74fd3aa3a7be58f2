import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: { kind: 'text', words: 'the file that goes', isRequired: true },
  id: { kind: 'text', words: 'its id', isRequired: true },
  keptPath: { kind: 'text', words: 'the file that stays', isRequired: true },
  keptId: { kind: 'text', words: 'its id', isRequired: true },
  sha1: { kind: 'text', words: 'of both', isRequired: true },
} as const satisfies Columns;

export type DedupeRow = RowOf<typeof columns>;

/** Its rows are found by the command itself, so that it is no verb for words or files. */
export const dedupe: Verb<typeof columns> = {
  name: 'dedupe',
  did: 'removed',
  summary: 'put files into the trash that are there more than once',
  description:
    'Find files with the same contents (by SHA-1) in folders of Box, keep one of each, and put the\n' +
    'others into the trash. It asks first. Empty files stay.',
  columns,
  each: 'path',
  examples: [],
  makes: ['kept'],
  destroys: {
    how: () => 'can-be-undone',
    words: (count) =>
      `${formatNumberOf(count, 'file')} ${count === 1 ? 'goes' : 'go'} to the trash, and one of each stays`,
  },
  load: async () => (await import('../../commands/removing-duplicates.ts')).removing,
};
