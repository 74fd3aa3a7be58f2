/** Users and groups as people name them. */
import type { BoxClient } from '@boxhaul/client';
import { CliError } from './cli-error.ts';
import { printable } from './output/width.ts';

/**
 * The id of a user who is named by it, or by the login. An id is taken as it is; a login costs a call.
 *
 * @throws CliError there is no user of this login, or none that may be seen
 */
export async function userIdOf(
  client: BoxClient,
  word: string,
  options: { readonly signal: AbortSignal; readonly ways: readonly string[] },
): Promise<string> {
  const { signal, ways } = options;
  if (/^\d+$/.test(word)) return word;
  const wanted = word.toLowerCase();
  for await (const user of client.users.list({ filterTerm: word, fields: ['login'], signal })) {
    if (user.login?.toLowerCase() === wanted) return user.id;
  }
  throw new CliError(`the enterprise has no user with the login ${printable(word)}`, { ways });
}
