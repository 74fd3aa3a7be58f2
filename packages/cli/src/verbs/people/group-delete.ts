import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  group: { kind: 'text', words: 'the group: its name or id', example: 'Sales', isRequired: true },
} as const satisfies Columns;

export type GroupDeleteRow = RowOf<typeof columns>;

export const groupDelete: Verb<typeof columns> = {
  name: 'groups delete',
  did: 'deleted',
  summary: 'delete groups',
  description:
    'Delete groups: their members stay, and lose what the group was invited to. It asks first.',
  columns,
  each: 'group',
  examples: ['boxhaul groups delete Sales', 'boxhaul groups delete Sales Support --dry-run'],
  destroys: { how: () => 'for-ever', words: deleted, forEverWords: deleted },
  load: async () => (await import('../../commands/groups-changing.ts')).remove,
};

function deleted(count: number): string {
  return `${formatNumberOf(count, 'group')} ${count === 1 ? 'is' : 'are'} deleted for ever`;
}
