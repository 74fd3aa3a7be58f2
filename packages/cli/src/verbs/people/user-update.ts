import type { Columns, RowOf, Verb } from '../../rows/verb.ts';
import { isSpace, SPACE, userColumns } from './user-columns.ts';

const columns = {
  user: {
    kind: 'text',
    words: 'who: the login, or the id',
    example: 'ann@example.com',
    isRequired: true,
  },
  name: { kind: 'text', words: 'another name', placeholder: 'name' },
  login: {
    kind: 'text',
    words: 'another address to sign in with, which the user has confirmed',
    placeholder: 'address',
  },
  ...userColumns,
} as const satisfies Columns;

export type UserUpdateRow = RowOf<typeof columns>;

export const userUpdate: Verb<typeof columns> = {
  name: 'users update',
  did: 'changed',
  summary: 'change users',
  description: 'Change what is settled about users of the enterprise.',
  columns,
  each: 'user',
  examples: [
    'boxhaul users update ann@example.com --space 100GB --job-title Editor',
    'boxhaul users update 12345 --status inactive',
    'boxhaul users update --from-file changes.csv --dry-run',
  ],
  check: ({ user: _, space, ...changes }) => {
    if (changes.name?.trim() === '') return { column: 'name', allowed: 'another name' };
    if (!isSpace(space)) return { column: 'space', allowed: SPACE };
    const isNone = space === undefined && Object.values(changes).every((one) => one === undefined);
    return isNone ? { column: 'name', allowed: 'this or another column to change' } : undefined;
  },
  load: async () => (await import('../../commands/users-changing.ts')).update,
};
