/**
 * A new file in the place of an old one, which goes to the trash. Two files cannot have one name, so the
 * new one is sent under a waiting name (see `unfinishedName`) and the steps are ordered so that at every
 * moment the contents of one of the two are whole and known by name:
 *
 *   1. send the new file under its waiting name   the old one stands
 *   2. put the old one into the trash, if it still is what was compared (If-Match)
 *   3. give the new one the real name
 *
 * A run that dies in 1 leaves nothing, or the waiting file of 1 beside the old one: the next run takes it
 * if it has the right contents, and trashes it otherwise. One that dies between 2 and 3 leaves the waiting
 * file alone: the next run, finding no file of the real name, renames it. So the steps are not abandoned
 * between 2 and 3 when a run is merely told to stop.
 */
import { type BoxClient, type BoxFile, isBoxError } from '@boxhaul/client';
import { TransferFailure } from '../reason.ts';
import { unfinishedName } from '../tree/names.ts';
import type { Contents } from './contents.ts';
import { SENT_FIELDS, type Sending } from './destination.ts';
import { send } from './sending.ts';

/** A name in Box that is being replaced. */
export interface Replacement {
  readonly name: string;
  readonly folderId: string;
  /** What has the name now, as it was when it was compared. */
  readonly old: { id: string; etag?: string | null; sha1?: string };
  /** Waiting files for this name that earlier runs left. */
  readonly unfinished: readonly BoxFile[];
}

/**
 * @throws {TransferFailure} `changed-on-box`: the old file is not what it was, and stands untouched; or somebody
 *   took the new one away before it had its name
 * @throws what sending throws; `item_name_in_use`: the name was taken as soon as it was free
 */
export async function replaceFile(
  replacement: Replacement,
  contents: Contents,
  sending: Sending,
): Promise<BoxFile> {
  const sha1 = await contents.sha1();
  const waiting =
    replacement.unfinished.find((file) => isWhole(file, sha1, contents)) ??
    (await sendWaiting(replacement, sha1, contents, sending));
  await makeRoom(sending.client, replacement, waiting);
  return nameWaiting(sending.client, waiting, replacement.name);
}

/**
 * Gives a waiting file that an earlier run completed its real name.
 * @returns undefined if there is none with these contents
 */
export async function finishWaiting(
  client: BoxClient,
  name: string,
  unfinished: readonly BoxFile[],
  contents: Contents,
): Promise<BoxFile | undefined> {
  if (unfinished.length === 0) return undefined;
  const sha1 = await contents.sha1();
  const waiting = unfinished.find((file) => isWhole(file, sha1, contents));
  return waiting && nameWaiting(client, waiting, name);
}

/** Trashes a file that has served, unless it became something else meanwhile. Never throws. */
export async function trashIfUnchanged(client: BoxClient, file: BoxFile): Promise<void> {
  // It is found and cleaned by the next run if this fails, and the error before is the one to tell.
  await client.files.delete(file.id, ifStill(file)).catch(() => undefined);
}

function isWhole(file: BoxFile, sha1: string, contents: Contents): boolean {
  return file.sha1 === sha1 && file.size === contents.sizeBytes;
}

async function sendWaiting(
  { name, folderId }: Replacement,
  sha1: string,
  contents: Contents,
  sending: Sending,
): Promise<BoxFile> {
  const waitingName = unfinishedName(name, sha1);
  try {
    return await send(contents, { name: waitingName, folderId }, sending);
  } catch (error) {
    // Another run is at the same file with the same contents, or was, since the listing.
    const conflict = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
    if (!conflict) throw error;
    const { client, signal } = sending;
    const found = await client.files.get(conflict.id, { fields: SENT_FIELDS, signal });
    if (isWhole(found, sha1, contents)) return found;
    throw error;
  }
}

/** Trashes the old file; if that cannot be, the waiting one has served. */
async function makeRoom(
  client: BoxClient,
  replacement: Replacement,
  waiting: BoxFile,
): Promise<void> {
  try {
    await trashOld(client, replacement);
  } catch (error) {
    // The answer may have been lost and not the call. While nobody knows, the waiting file may be all there is.
    const old = await lookAgain(client, replacement.old.id).catch(() => 'unknown' as const);
    if (old === undefined) return;
    if (old !== 'unknown') await trashIfUnchanged(client, waiting);
    throw error;
  }
}

async function trashOld(client: BoxClient, { old }: Replacement): Promise<void> {
  try {
    await client.files.delete(old.id, ifStill(old));
  } catch (error) {
    if (isBoxError(error) && error.status === 404) return;
    if (!isBoxError(error) || error.status !== 412) throw error;
    await trashIfOnlyDetailsChanged(client, old, error);
  }
}

/** A description or a lock changes the etag too; only other contents are a reason to leave the file. */
async function trashIfOnlyDetailsChanged(
  client: BoxClient,
  old: Replacement['old'],
  cause: unknown,
): Promise<void> {
  const now = await lookAgain(client, old.id);
  if (!now) return;
  if (now.sha1 !== old.sha1) {
    throw new TransferFailure(
      'changed-on-box',
      'the file in Box was changed while this one was sent, and was left as it is',
      { cause },
    );
  }
  await client.files.delete(now.id, ifStill(now));
}

async function nameWaiting(client: BoxClient, waiting: BoxFile, name: string): Promise<BoxFile> {
  try {
    return await client.files.update(
      waiting.id,
      { name },
      { fields: SENT_FIELDS, ...ifStill(waiting) },
    );
  } catch (error) {
    if (isBoxError(error, 'item_name_in_use')) {
      await trashIfUnchanged(client, waiting);
      throw error;
    }
    const now = await lookAgain(client, waiting.id).catch(() => waiting);
    // Another run at the same file was first, or the answer was lost.
    if (now?.name === name && now.sha1 === waiting.sha1) return now;
    throw now ? stillWaiting(now, error) : takenAway(error);
  }
}

function stillWaiting({ name }: BoxFile, cause: unknown): TransferFailure {
  const words =
    `the new file is complete but still named "${name}", and the old one is in the trash; ` +
    'the same upload again finishes it';
  return new TransferFailure('box-error', words, { cause });
}

function takenAway(cause: unknown): TransferFailure {
  const words = 'somebody took the new file away before it had its name';
  return new TransferFailure('changed-on-box', words, { cause, recovery: 'restart' });
}

/** A file as it is now; undefined if it is in the trash, or nowhere. */
async function lookAgain(client: BoxClient, id: string): Promise<BoxFile | undefined> {
  try {
    const file = await client.files.get(id, { fields: [...SENT_FIELDS, 'item_status'] });
    return file.item_status === undefined || file.item_status === 'active' ? file : undefined;
  } catch (error) {
    if (isBoxError(error) && error.status === 404) return undefined;
    throw error;
  }
}

function ifStill(file: { etag?: string | null }): { ifMatch?: string } {
  return typeof file.etag === 'string' ? { ifMatch: file.etag } : {};
}
