/** What a command line points at on Box: a folder to send to, or something to fetch or list. */
import {
  type BoxClient,
  type BoxItem,
  namesOf,
  parseReference,
  resolveReference,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { quoted } from '../output/quoted.ts';
import { printable } from '../output/width.ts';
import { listingsOf } from './listings.ts';
import { folderMadeOrThere, noFolder } from './made-folder.ts';
import { isNot, itemOnPath, lookInto, NotThere } from './on-path.ts';

/** Something on Box, the client that sees it, and what to call it. */
export interface BoxPlace {
  readonly item: BoxItem;
  /** Sees also what a shared link shows, where one was given. */
  readonly client: BoxClient;
  readonly words: string;
}

/**
 * Finds what a reference points at.
 *
 * @throws {InputError} it is no reference, or nothing that this account may see is there.
 * @throws {NotThere} of a path
 * @throws CliError something else is there than is expected
 */
export async function openPlace(
  client: BoxClient,
  text: string,
  options: {
    readonly signal: AbortSignal;
    readonly expect?: BoxItem['type'] | undefined;
    readonly fields?: readonly string[];
  },
): Promise<BoxPlace> {
  const reference = parseReference(text);
  if (reference.kind === 'path') return await placeOnPath(client, text, reference.path, options);
  const item = await resolveReference(client, text, options);
  const link = reference.kind === 'shared_link' ? reference.url : sharedLinkOf(reference);
  return {
    item,
    client: link === undefined ? client : client.withSharedLink(link),
    words: item.id === '0' ? '/' : item.name,
  };
}

async function placeOnPath(
  client: BoxClient,
  text: string,
  path: string,
  { expect, ...options }: Parameters<typeof openPlace>[2],
): Promise<BoxPlace> {
  const { signal, fields = [] } = options;
  const listings = listingsOf(client, { signal, fields });
  const { item } = await itemOnPath(text, namesOf(path), { client, listings, ...options });
  if (expect !== undefined && item.type !== expect) throw isNot(expect, text, item);
  return { item, client, words: path };
}

function sharedLinkOf(reference: ReturnType<typeof parseReference>): string | undefined {
  return 'sharedLink' in reference ? reference.sharedLink : undefined;
}

/** The folder that an upload goes to. */
export interface Target {
  readonly client: BoxClient;
  /** Empty in a dry run that would make it. */
  readonly folderId: string;
  readonly words: string;
  /** Then: how many calls that would take, the listing of it among them. */
  readonly wouldTake?: number;
}

interface TargetOptions {
  /** Make every missing folder of a path, not just the last. */
  readonly parents?: boolean;
  /** Make nothing. */
  readonly dryRun?: boolean;
}

/**
 * Finds the folder to send to. As with rsync, the last folder of a path is made if it is not there; a
 * missing one above it is more likely a slip of the hand, so those are made with `parents` only. That one was made,
 * or would be, is said.
 *
 * @throws {InputError} there is no such folder, and none is to be made.
 * @throws CliError when a folder above is missing, or a file has the name.
 */
export async function openTarget(
  { output, signal }: Pick<CommandContext, 'output' | 'signal'>,
  client: BoxClient,
  text: string,
  { parents = false, dryRun = false }: TargetOptions,
): Promise<Target> {
  const reference = parseReference(text);
  let found: unknown;
  try {
    const place = await openPlace(client, text, { expect: 'folder', signal });
    return { client: place.client, folderId: place.item.id, words: place.words };
  } catch (error) {
    if (!(error instanceof CliError) || reference.kind !== 'path') throw error;
    found = error;
  }
  const { path } = reference;
  const names = path.split('/').filter((name) => name !== '');
  // Whoever may make folders in one of them need not be allowed to in those above.
  const there = found instanceof NotThere ? found : undefined;
  const reached = namesOf(there?.reached ?? '/').length;
  const missing = parents ? names.slice(reached) : names.slice(-1);
  const above = `/${names.slice(0, names.length - missing.length).join('/')}`;
  const isReached = there !== undefined && missing.length === names.length - reached;
  let folderId = isReached ? there.folderId : await folderAbove(client, above, path, signal);
  const way = 'give another folder to --to';
  if (dryRun) {
    if (!there || there.isBlocked) await assertFree(client, names, { signal, way });
    output.say(`${printable(path)} is not there yet: it would be made`);
    output.event('folder', { state: 'missing', path });
    return { client, folderId: '', words: path, wouldTake: missing.length + 1 };
  }
  for (const name of missing) {
    folderId = await folderMadeOrThere(client, { name, parentId: folderId }, { signal, way });
  }
  output.say(`made the folder ${printable(path)}`);
  return { client, folderId, words: path };
}

async function folderAbove(
  client: BoxClient,
  above: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  if (above === '/') return '0';
  try {
    return (await openPlace(client, above, { expect: 'folder', signal })).item.id;
  } catch (error) {
    if (!(error instanceof NotThere)) throw error;
    const last = path.slice(path.lastIndexOf('/') + 1);
    throw new CliError(`there is no folder ${path} on this Box, and none above it to make it in`, {
      details: [error.message],
      ways: [
        ...(error.meant === undefined
          ? []
          : [`did you mean --to ${quoted(`${error.meant}/${last}`)}?`]),
        `--to ${quoted(path)} --parents    makes all of it`,
        lookInto(error.reached),
      ],
      cause: error,
    });
  }
}

/** Whether all that a path leads through can be made: what a dry run does not find out by making it. */
async function assertFree(
  client: BoxClient,
  names: readonly string[],
  { signal, way }: { readonly signal: AbortSignal; readonly way: string },
): Promise<void> {
  for (const [index, name] of names.entries()) {
    const path = `/${names.slice(0, index + 1).join('/')}`;
    const found = await openPlace(client, path, { signal }).catch((error: unknown) => {
      if (error instanceof NotThere) return undefined;
      throw error;
    });
    if (!found) return;
    if (found.item.type !== 'folder') throw noFolder(name, found.item.type, way);
  }
}
