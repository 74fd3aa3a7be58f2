/** groups add, groups remove. */
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const who = {
  group: { kind: 'text', words: 'the group: its name or id', example: 'Sales', isRequired: true },
  user: {
    kind: 'text',
    words: 'the user: the login or the id',
    example: 'ann@example.com',
    isRequired: true,
  },
} as const satisfies Columns;

const adding = {
  ...who,
  role: {
    kind: 'choice',
    choices: ['member', 'admin'],
    words: 'what the user is in it (member)',
    placeholder: 'role',
  },
} as const satisfies Columns;

export type GroupAddRow = RowOf<typeof adding>;
export type GroupRemoveRow = RowOf<typeof who>;

export const groupAdd: Verb<typeof adding> = {
  name: 'groups add',
  did: 'added',
  summary: 'put users into groups',
  description: 'Put users into groups. Who is in one already gets the role that is named.',
  columns: adding,
  each: 'group',
  second: 'user',
  examples: [
    'boxhaul groups add Sales ann@example.com',
    'boxhaul groups add Sales 12345 --role admin',
    'boxhaul groups add --from-file members.csv',
  ],
  load: async () => (await import('../../commands/groups-changing.ts')).add,
};

export const groupRemove: Verb<typeof who> = {
  name: 'groups remove',
  did: 'removed',
  summary: 'take users out of groups',
  description: 'Take users out of groups: they lose what the group was invited to.',
  columns: who,
  each: 'group',
  second: 'user',
  examples: [
    'boxhaul groups remove Sales ann@example.com',
    'boxhaul groups remove --from-file leavers.csv',
  ],
  load: async () => (await import('../../commands/groups-changing.ts')).takeOut,
};
