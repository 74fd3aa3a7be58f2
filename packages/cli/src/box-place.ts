/** What a command line points at on Box: a folder to send to, or something to fetch or list. */
import {
  type BoxClient,
  type BoxItem,
  InputError,
  isBoxError,
  parseReference,
  resolveReference,
} from '@boxhaul/client';
import { CliError } from './cli-error.ts';

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
  const item = await resolveReference(client, text, options);
  const link = reference.kind === 'shared_link' ? reference.url : sharedLinkOf(reference);
  return {
    item,
    client: link === undefined ? client : client.withSharedLink(link),
    words: reference.kind === 'path' ? reference.path : item.id === '0' ? '/' : item.name,
  };
}

function sharedLinkOf(reference: ReturnType<typeof parseReference>): string | undefined {
  return 'sharedLink' in reference ? reference.sharedLink : undefined;
}

export interface TargetOptions {
  /** Make every missing folder of a path, not just the last. */
  readonly parents: boolean;
  /** Make nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** The folder that an upload goes to. */
export interface Target {
  readonly client: BoxClient;
  /** Absent in a dry run when it would be made. */
  readonly folderId: string | undefined;
  readonly words: string;
  /** It was made just now. */
  readonly isNew: boolean;
}

/**
 * Finds the folder to send to. As with rsync, the last folder of a path is made if it is not there; a
 * missing one above it is more likely a slip of the hand, so those are made with `parents` only.
 *
 * @throws {InputError} there is no such folder, and none is to be made.
 * @throws CliError when a folder above is missing, or a file has the name.
 */
export async function openTarget(
  client: BoxClient,
  text: string,
  options: TargetOptions,
): Promise<Target> {
  const { signal } = options;
  const reference = parseReference(text);
  try {
    const place = await openPlace(client, text, { expect: 'folder', signal });
    return { client: place.client, folderId: place.item.id, words: place.words, isNew: false };
  } catch (error) {
    if (!(error instanceof InputError) || reference.kind !== 'path') throw error;
    return await makeTarget(client, reference.path, options);
  }
}

async function makeTarget(
  client: BoxClient,
  path: string,
  { parents, dryRun, signal }: TargetOptions,
): Promise<Target> {
  const names = path.split('/').filter((name) => name !== '');
  const missing = parents ? names : names.slice(-1);
  const above = `/${names.slice(0, names.length - missing.length).join('/')}`;
  let folderId = await folderAbove(client, above, path, signal);
  if (dryRun) return { client, folderId: undefined, words: path, isNew: true };
  for (const name of missing) {
    folderId = await madeOrThere(client, { name, parentId: folderId }, signal);
  }
  return { client, folderId, words: path, isNew: true };
}

async function folderAbove(
  client: BoxClient,
  above: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  if (above === '/') return '0';
  try {
    return (await resolveReference(client, above, { expect: 'folder', signal })).id;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new CliError(`there is no folder ${path} on this Box, and none above it to make it in`, {
      details: [error.message],
      ways: [`--to ${path} --parents    makes both`, 'boxhaul ls /    shows what is there'],
      cause: error,
    });
  }
}

/** Makes a folder, or finds the one that has the name already: one call either way. */
async function madeOrThere(
  client: BoxClient,
  folder: { readonly name: string; readonly parentId: string },
  signal: AbortSignal,
): Promise<string> {
  try {
    return (await client.folders.create(folder, { signal, fields: ['id'] })).id;
  } catch (error) {
    const conflict = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
    if (conflict?.type === 'folder') return conflict.id;
    if (conflict === undefined) throw error;
    throw new CliError(`${folder.name} is there, and it is a ${conflict.type}, not a folder`, {
      ways: ['give another folder to --to'],
      cause: error,
    });
  }
}
