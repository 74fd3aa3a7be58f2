/** --as-users: who shares the work of a transfer. */
import type { BoxClient } from '@boxhaul/client';
import type { TransferEvent } from '@boxhaul/transfer';
import { formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { userIdOf } from '../people.ts';

/** A user of the enterprise. */
export interface NamedUser {
  readonly id: string;
  /** As typed: an id or a login. */
  readonly name: string;
}

/**
 * The users that were named, each once. Ids are taken as they are; a login costs a call.
 *
 * @throws CliError when there is no user of a login, or none that may be seen.
 */
export async function usersNamed(
  client: BoxClient,
  names: readonly string[],
  signal: AbortSignal,
): Promise<NamedUser[]> {
  const users = new Map<string, NamedUser>();
  for (const name of names) {
    const id = await userIdOf(client, name, { signal, ways: WAYS });
    if (!users.has(id)) users.set(id, { id, name });
  }
  return [...users.values()];
}

const WAYS = ['give ids or whole logins: --as-users 12345,ann@example.com'];

/** Remembers whom Box did not let in where, for a word at the end. */
export class LeftOut {
  readonly #users = new Map<string, { folders: number; first: string; words: string }>();

  add(event: TransferEvent): void {
    if (event.type !== 'left-out') return;
    const known = this.#users.get(event.user);
    if (known) known.folders += 1;
    else {
      const { path: first, reason } = event;
      this.#users.set(event.user, { folders: 1, first, words: reason.words });
    }
  }

  /** A line for each user. */
  lines(): string[] {
    return [...this.#users].map(([user, { folders, first, words }]) => {
      const where = first === '' ? 'the folder itself' : printable(first);
      const times = folders === 1 ? where : `${formatNumberOf(folders, 'folder')}, first ${where}`;
      return `${printable(user)} was left out of ${times}: ${printable(words)}`;
    });
  }
}
