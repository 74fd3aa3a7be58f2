import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const levels = ['admins_only', 'admins_and_members', 'all_managed_users'] as const;

const columns = {
  name: { kind: 'text', words: 'what the group is called', example: 'Sales', isRequired: true },
  description: { kind: 'text', words: 'what it is for' },
  invitedBy: {
    kind: 'choice',
    choices: levels,
    words: 'who may invite the group to folders',
    placeholder: 'who',
  },
  seenBy: { kind: 'choice', choices: levels, words: 'who may see its members', placeholder: 'who' },
  provenance: { kind: 'text', words: 'where the group comes from, if not from Box' },
  externalId: { kind: 'text', words: 'its id there', placeholder: 'id' },
} as const satisfies Columns;

export type GroupCreateRow = RowOf<typeof columns>;

export const groupCreate: Verb<typeof columns> = {
  name: 'groups create',
  did: 'created',
  summary: 'make groups',
  description: 'Make groups of users. One that is there already is left as it is.',
  columns,
  each: 'name',
  examples: [
    'boxhaul groups create Sales Support --local',
    'boxhaul groups create Auditors --seen-by admins_only',
    'boxhaul groups create --from-file groups.csv',
  ],
  load: async () => (await import('../../commands/groups-changing.ts')).create,
};
