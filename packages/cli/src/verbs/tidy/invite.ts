import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'the folder or file: a path, an id or an address; on the command line globs too',
    example: '/Projects/2027',
    isRequired: true,
  },
  login: {
    kind: 'text',
    words: 'who: the address that they sign in with, or the id of a user',
    example: 'ann@example.com',
  },
  group: { kind: 'text', words: 'a group instead, by its name or id', placeholder: 'group' },
  role: {
    kind: 'choice',
    choices: [
      'editor',
      'viewer',
      'previewer',
      'uploader',
      'previewer uploader',
      'viewer uploader',
      'co-owner',
    ],
    words: 'what they may do; of a file editor or viewer',
    example: 'editor',
    isRequired: true,
    placeholder: 'role',
  },
  expires: { kind: 'time', words: 'when it ends by itself, where the enterprise allows that' },
  canViewPath: { kind: 'flag', words: 'show them the path of the folder up to the root' },
  noMail: { kind: 'flag', words: 'send no mail about it' },
} as const satisfies Columns;

export type InviteRow = RowOf<typeof columns>;

export const invite: Verb<typeof columns> = {
  name: 'invite',
  did: 'invited',
  summary: 'let people and groups into folders and files',
  description:
    'Invite people and groups to folders and files. Whoever is there already gets the role that is\n' +
    'named. People without an account get a mail from Box.',
  columns,
  each: 'path',
  second: 'login',
  examples: [
    'boxhaul invite /Projects/2027 ann@example.com --role editor',
    'boxhaul invite /Projects/2027 --group "Sales" --role viewer',
    'boxhaul invite --from-file people.csv',
  ],
  check: ({ login, group }) => {
    if ((login === undefined) === (group === undefined)) {
      return { column: 'login', allowed: 'a person in login, or a group in group, and not both' };
    }
    const isWho = login === undefined || login.includes('@') || /^\d+$/.test(login);
    return isWho ? undefined : { column: 'login', allowed: 'an address with an @, or an id' };
  },
  load: async () => (await import('../../commands/invite.ts')).invite,
};
