import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    words: 'what is shared no more: a path, an id or an address; on the command line globs too',
    example: '/Reports/2026.pdf',
    isRequired: true,
  },
} as const satisfies Columns;

export type UnshareRow = RowOf<typeof columns>;

export const unshare: Verb<typeof columns> = {
  name: 'unshare',
  did: 'unshared',
  summary: 'take links away',
  description:
    'Take the links of files and folders away. A link that is made later has another address, so it\n' +
    'asks first. Collaborators keep their access.',
  columns,
  each: 'path',
  examples: [
    'boxhaul unshare /Reports/2026.pdf',
    'boxhaul unshare "/Reports/*" --dry-run',
    'boxhaul unshare "/Reports/*" --yes',
  ],
  makes: ['url'],
  destroys: {
    how: () => 'can-be-undone',
    words: (count) =>
      count === 1
        ? 'the link is taken away, and its address is gone for ever'
        : `${formatNumberOf(count, 'link')} are taken away, and their addresses are gone for ever`,
  },
  load: async () => (await import('../../commands/share.ts')).unshare,
};
