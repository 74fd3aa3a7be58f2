import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'what is shared: a path, an id or an address; on the command line globs too',
    example: '/Reports/2026.pdf',
    isRequired: true,
  },
  access: {
    kind: 'choice',
    choices: ['open', 'company', 'collaborators'],
    words: "who the link is for (by default the enterprise's choice)",
    example: 'company',
    placeholder: 'who',
  },
  expires: { kind: 'time', words: 'when the link ends: 30d, 2030-12-31', example: '30d' },
  canDownload: {
    kind: 'choice',
    choices: ['yes', 'no'],
    words: 'whether it lets people download',
    placeholder: 'yes|no',
  },
  canEdit: {
    kind: 'choice',
    choices: ['yes', 'no'],
    words: 'whether it lets people edit a file',
    placeholder: 'yes|no',
  },
  vanityName: {
    kind: 'text',
    words: 'a name of your own for its address, of 12 characters or more',
    placeholder: 'name',
  },
  passwordEnv: {
    kind: 'text',
    words: 'the environment variable that has its password; - asks for it',
    placeholder: 'variable',
  },
} as const satisfies Columns;

export type ShareRow = RowOf<typeof columns>;

export const share: Verb<typeof columns> = {
  name: 'share',
  did: 'shared',
  summary: 'make links, or change what they allow',
  description:
    'Make links by which files and folders are shared, and print them. One that is there keeps its\n' +
    'address and becomes as the options say.',
  columns,
  each: 'path',
  examples: [
    'boxhaul share /Reports/2026.pdf',
    'boxhaul share /Reports --access company --expires 30d --can-download no',
    'boxhaul share /Reports/2026.pdf --access open --password-env LINK_PASSWORD',
    'boxhaul share --from-file links.csv --report shared.csv',
  ],
  notes:
    'A password never stands in a command line or a file: it comes from the environment, from a person\n' +
    'who is asked, or as a line of standard input.',
  makes: ['url'],
  prints: 'url',
  check: ({ passwordEnv, access, canEdit, canDownload }) => {
    if (passwordEnv !== undefined && access !== undefined && access !== 'open') {
      return { column: 'access', allowed: 'open, where the link has a password' };
    }
    if (canEdit === 'yes' && canDownload === 'no') {
      return { column: 'canDownload', allowed: 'yes, where the link lets people edit' };
    }
    return undefined;
  },
  load: async () => (await import('../../commands/share.ts')).share,
};
