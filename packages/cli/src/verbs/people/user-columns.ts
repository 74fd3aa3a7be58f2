/** What admins settle about a user, when one is made and later. */
import { parseSize } from '@boxhaul/transfer/quantities';
import type { Columns } from '../../rows/verb.ts';

export const userColumns = {
  role: {
    kind: 'choice',
    choices: ['user', 'coadmin'],
    words: 'user, or coadmin',
    placeholder: 'role',
  },
  status: {
    kind: 'choice',
    choices: ['active', 'inactive', 'cannot_delete_edit', 'cannot_delete_edit_upload'],
    words: 'what the account may do',
    placeholder: 'status',
  },
  space: {
    kind: 'text',
    words: 'how much the user may keep: 50GB, unlimited',
    placeholder: 'size',
  },
  externalId: {
    kind: 'text',
    words: "the user's id in the app's own world",
    placeholder: 'id',
  },
  jobTitle: { kind: 'text', words: 'what the user does', placeholder: 'title' },
  phone: { kind: 'text', words: 'a number', placeholder: 'number' },
  address: { kind: 'text', words: 'where the user works', placeholder: 'address' },
  language: { kind: 'text', words: 'en, de, …', placeholder: 'code' },
  timezone: { kind: 'text', words: 'Europe/Zurich, …', placeholder: 'zone' },
} as const satisfies Columns;

export const SPACE = 'a size, as in 50GB, or unlimited';

/** In bytes; -1: no limit, as Box has it. */
export function spaceBytes(space: string): number | undefined {
  return space.trim().toLowerCase() === 'unlimited' ? -1 : parseSize(space);
}

export function isSpace(space: string | undefined): boolean {
  return space === undefined || spaceBytes(space) !== undefined;
}
