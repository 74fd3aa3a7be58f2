import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'what is removed: a path, an id or an address; on the command line globs too',
    example: '/Inbox/old.pdf',
    isRequired: true,
  },
  recursive: { kind: 'flag', words: 'a folder too, with all that is in it', short: '-r' },
  permanently: { kind: 'flag', words: 'past the trash: nobody can bring it back' },
} as const satisfies Columns;

export type RmRow = RowOf<typeof columns>;

export const rm: Verb<typeof columns> = {
  name: 'rm',
  did: 'removed',
  summary: 'put files and folders into the trash, or delete them for ever',
  description:
    'Put files, folders and web links into the trash of Box, from which `boxhaul trash restore` brings\n' +
    'them back. It asks first.',
  columns,
  each: 'path',
  whole: 'recursive',
  examples: [
    'boxhaul rm /Inbox/old.pdf',
    'boxhaul rm --recursive /Projects/2019 --dry-run',
    'boxhaul rm "/Inbox/*.tmp" --yes',
  ],
  destroys: {
    how: ({ permanently }) => (permanently ? 'for-ever' : 'can-be-undone'),
    words: (count) =>
      `${formatNumberOf(count, 'item')} ${count === 1 ? 'goes' : 'go'} to the trash`,
    forEverWords: (count) =>
      `${formatNumberOf(count, 'item')} ${count === 1 ? 'is' : 'are'} deleted for ever`,
  },
  load: async () => (await import('../../commands/rm.ts')).rm,
};
