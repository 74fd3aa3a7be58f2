import type { Columns, RowOf, Verb } from '../../rows/verb.ts';
import { isSpace, SPACE, userColumns } from './user-columns.ts';

const columns = {
  name: {
    kind: 'text',
    words: 'what the user is called',
    example: 'Ann Example',
    isRequired: true,
  },
  login: {
    kind: 'text',
    words: 'the address that a managed user signs in with',
    example: 'ann@example.com',
    placeholder: 'address',
  },
  appUser: { kind: 'flag', words: 'a user of the app instead, who has no login' },
  ...userColumns,
} as const satisfies Columns;

export type UserCreateRow = RowOf<typeof columns>;

export const userCreate: Verb<typeof columns> = {
  name: 'users create',
  did: 'created',
  summary: 'make managed users, or users of the app',
  description:
    'Make users of the enterprise. One whose login or external id is there already is left as it is.\n' +
    'Managed users get a mail from Box.',
  columns,
  each: 'name',
  examples: [
    'boxhaul users create "Ann Example" --login ann@example.com --space 50GB',
    'boxhaul users create "Build robot" --app-user --external-id robot-7 --local',
    'boxhaul users create --from-file people.csv',
  ],
  check: ({ login, appUser, space }) => {
    if ((login === undefined) === (appUser !== true)) {
      return { column: 'login', allowed: 'an address, or --app-user for one without a login' };
    }
    if (login !== undefined && !login.includes('@')) {
      return { column: 'login', allowed: 'an address with an @' };
    }
    return isSpace(space) ? undefined : { column: 'space', allowed: SPACE };
  },
  makes: ['login'],
  load: async () => (await import('../../commands/users-changing.ts')).create,
};
