import type { BoxClient, BoxCollaboration, BoxItem } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { eachPlace } from '../looking/each-place.ts';
import { columnsOf } from '../output/columns.ts';
import { openProblems, type Problems } from '../output/problems.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';

export interface WhoCommandOptions {
  /** Not those who come with the folders above. */
  readonly own?: boolean;
}

/** `boxhaul who <places…>`: the owner, and who else may do what, by the item itself or by a folder above. */
export async function runWho(
  context: CommandContext,
  words: readonly string[],
  options: WhoCommandOptions,
): Promise<ExitCode> {
  const { output, signal } = context;
  const connection = await openConnection(context);
  try {
    const problems = openProblems(context);
    const places = openPlaces(connection.client, { signal });
    await eachPlace(words, places, problems, async (place) => {
      const people = await peopleOf(place, options.own === true, { problems, signal });
      for (const person of people) output.event('collaborator', { ...person });
      if (words.length > 1 || place.isMatch) {
        output.print(output.style.bold(`${printable(place.words)}:`));
      }
      for (const line of linesOf(people)) output.print(line);
    });
    return problems.exitCode;
  } finally {
    await connection.close();
  }
}

/** Someone who may do something with an item. */
interface Person {
  /** Of the item that was asked about. */
  readonly itemId: string;
  readonly path: string | undefined;
  readonly kind: 'user' | 'group' | 'address';
  readonly id: string | undefined;
  readonly name: string;
  readonly login: string | undefined;
  readonly role: string;
  /** `pending`: invited, and has not answered. */
  readonly status: string | undefined;
  readonly expiresAt: string | undefined;
  /** The folder above that it comes with. */
  readonly from: string | undefined;
  /** Of the collaboration; an owner has none. */
  readonly collaborationId: string | undefined;
}

type Whole = Exclude<BoxItem, { type: 'web_link' }>;

async function peopleOf(
  place: FoundPlace,
  isOwnOnly: boolean,
  { problems, signal }: { readonly problems: Problems; readonly signal: AbortSignal },
): Promise<Person[]> {
  const { client, path, words } = place;
  const item = await withOwner(place, signal);
  const common = { itemId: item.id, path };
  const { owned_by: owner } = item;
  const people: Person[] = owner?.id ? [{ ...common, ...ownerOf(owner) }] : [];
  for (const at of isOwnOnly ? [item] : [item, ...foldersAbove(item)]) {
    try {
      for await (const one of client.collaborations.list(at, { signal })) {
        people.push({ ...common, ...collaboratorOf(one), from: at === item ? undefined : at.name });
      }
    } catch (error) {
      if (at === item) throw error;
      problems.report(error, `${words}: who comes with ${at.name}, above it`);
    }
  }
  // Whoever is in it here and above is told once, with what counts here.
  return people.filter(
    ({ collaborationId: id }, index) =>
      id === undefined || people.findIndex((other) => other.collaborationId === id) === index,
  );
}

async function withOwner(
  { client, item, words }: { client: BoxClient; item: BoxItem; words: string },
  signal: AbortSignal,
): Promise<Whole> {
  const fields = ['owned_by', 'path_collection'];
  if (item.type === 'folder') return await client.folders.get(item.id, { fields, signal });
  if (item.type === 'file') return await client.files.get(item.id, { fields, signal });
  throw new CliError(`${printable(words)} is a web link: it has no collaborators of its own`, {
    ways: ['ask about the folder that it lies in'],
  });
}

/** From the nearest up. Nobody can be invited to the root. */
function foldersAbove(item: Whole): { type: 'folder'; id: string; name: string }[] {
  return (item.path_collection?.entries ?? [])
    .filter(({ id }) => id !== '0')
    .map(({ id, name }) => ({ type: 'folder' as const, id, name }))
    .reverse();
}

function ownerOf({
  id,
  name,
  login,
}: NonNullable<Whole['owned_by']>): Omit<Person, 'itemId' | 'path'> {
  return {
    kind: 'user',
    id,
    name,
    login,
    role: 'owner',
    status: undefined,
    expiresAt: undefined,
    from: undefined,
    collaborationId: undefined,
  };
}

function collaboratorOf(one: BoxCollaboration): Omit<Person, 'itemId' | 'path' | 'from'> {
  const { accessible_by: who, invite_email: address, role = '-', status, expires_at } = one;
  return {
    kind: who?.type ?? 'address',
    id: who?.id,
    name: who?.name ?? address ?? '-',
    login: who?.type === 'user' ? who.login : undefined,
    role,
    status,
    expiresAt: expires_at ?? undefined,
    collaborationId: one.id,
  };
}

function linesOf(people: readonly Person[]): string[] {
  return columnsOf(
    people.map(({ kind, id, name, login, role, status, expiresAt, from }) => [
      role,
      printable(kind === 'group' ? `${name} (group)` : name),
      printable(login ?? ''),
      id ?? '',
      [
        ...(status === undefined || status === 'accepted' ? [] : [status]),
        ...(expiresAt === undefined ? [] : [`until ${expiresAt.slice(0, 10)}`]),
        ...(from === undefined ? [] : [`from ${printable(from)}`]),
      ].join(', '),
    ]),
  );
}
