import { formatNumberOf } from '../../output/format.ts';
import type { Columns, RowOf, Verb } from '../../rows/verb.ts';

const columns = {
  user: {
    kind: 'text',
    words: 'who: the login, or the id',
    example: 'ann@example.com',
    isRequired: true,
  },
  transferTo: {
    kind: 'text',
    words: 'give what they own to this user first: a login or an id',
    placeholder: 'user',
  },
  force: { kind: 'flag', words: 'delete with all that they own' },
  noMail: { kind: 'flag', words: 'send no mail about it' },
} as const satisfies Columns;

export type UserDeleteRow = RowOf<typeof columns>;

export const userDelete: Verb<typeof columns> = {
  name: 'users delete',
  did: 'deleted',
  summary: 'delete users for ever',
  description:
    'Delete users of the enterprise for ever. Who owns something is deleted only with --transfer-to,\n' +
    'which makes it a folder of the receiver, or with --force. It asks first.',
  columns,
  each: 'user',
  examples: [
    'boxhaul users delete ann@example.com --transfer-to bob@example.com',
    'boxhaul users delete 12345 --dry-run',
  ],
  check: ({ transferTo, force }) =>
    transferTo !== undefined && force
      ? { column: 'force', allowed: 'this, or transfer-to, and not both' }
      : undefined,
  destroys: { how: () => 'for-ever', words: deleted, forEverWords: deleted },
  load: async () => (await import('../../commands/users-changing.ts')).remove,
};

function deleted(count: number): string {
  return `${formatNumberOf(count, 'user')} ${count === 1 ? 'is' : 'are'} deleted for ever`;
}
