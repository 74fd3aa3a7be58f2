import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  path: {
    kind: 'place',
    only: 'file',
    words: 'the file: a path, an id or an address; on the command line globs too',
    example: '/Contracts/lease.pdf',
    isRequired: true,
  },
  text: { kind: 'text', words: 'the comment', example: 'Signed.', isRequired: true },
} as const satisfies Columns;

export type CommentRow = RowOf<typeof columns>;

export const comment: Verb<typeof columns> = {
  name: 'comment',
  did: 'commented',
  summary: 'write a comment on a file',
  description: 'Write a comment on a file in Box. @[user id:name] names a person, who is told.',
  columns,
  each: 'path',
  second: 'text',
  examples: [
    'boxhaul comment /Contracts/lease.pdf "Signed by all."',
    'boxhaul comment --from-file comments.csv',
  ],
  load: async () => (await import('../../commands/comment.ts')).comment,
};
