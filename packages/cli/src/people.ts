/** Users and groups as people name them. */
import { type BoxClient, type BoxGroupMembership, isBoxError } from '@boxhaul/client';
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
  throw new CliError(`the enterprise has no user with the login "${printable(word)}"`, { ways });
}

/**
 * The id of a group that is named by it, or by its name. An id is taken as it is; a name costs a call.
 *
 * @throws CliError there is no group of this name, or several are, or none that may be seen
 */
export async function groupIdOf(
  client: BoxClient,
  word: string,
  signal: AbortSignal,
): Promise<string> {
  if (/^\d+$/.test(word)) return word;
  const found = await groupsNamed(client, word, signal);
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  const what = only === undefined ? 'there is no group' : 'there are several groups';
  throw new CliError(`${what} "${printable(word)}" that this account sees`, {
    details: found.map((id) => `id ${id}`),
    ways: ['boxhaul groups list    shows them', 'give the id of one'],
  });
}

/** The error of a call for a user whose id was typed: Box's "not found" in words that name it. */
export function noSuchUser(error: unknown, id: string): unknown {
  if (!isBoxError(error) || error.status !== 404) return error;
  const ways = ['boxhaul users list    shows who there is'];
  return new CliError(`there is no user with the id ${id}`, { ways, cause: error });
}

/** The same of a group. */
export function noSuchGroup(error: unknown, id: string): unknown {
  if (!isBoxError(error) || error.status !== 404) return error;
  const ways = ['boxhaul groups list    shows them'];
  return new CliError(`there is no group with the id ${id}`, { ways, cause: error });
}

/** Who is in a group. @throws CliError there is no such group */
export async function* membersOf(
  client: BoxClient,
  groupId: string,
  signal: AbortSignal,
): AsyncGenerator<BoxGroupMembership, void, undefined> {
  try {
    yield* client.groupMemberships.list({ groupId }, { signal });
  } catch (error) {
    throw noSuchGroup(error, groupId);
  }
}

/** The ids of all groups of this name; case does not count. */
export async function groupsNamed(
  client: BoxClient,
  name: string,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  for await (const group of client.groups.list({ filterTerm: name, signal })) {
    if (group.name.toLowerCase() === name.toLowerCase()) found.push(group.id);
  }
  return found;
}
