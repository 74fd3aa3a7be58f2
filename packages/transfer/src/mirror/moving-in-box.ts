/** A file in Box that is wanted elsewhere: moved there, with its id, its versions and its links. */
import { BoxhaulError, isBoxError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import type { TransferResult } from '../transfer.ts';
import { identityOf } from '../tree/identity.ts';
import { SENT_FIELDS } from '../upload/destination.ts';
import { nameInBox } from '../upload/name-in-box.ts';
import type { UploadItem } from '../upload/upload-item.ts';
import type { FolderMove, Move } from './survey.ts';

/** What became of it: the result, or what is now to be uploaded in the ordinary way. */
export type Moved<Item> = { result: TransferResult } | { item: Item; isGone: boolean };

/**
 * Moves it, if both ends are still what was compared. Box heeds no `If-Match` when it moves: the answer tells
 * whether the contents are right, and if not, the file is uploaded onto it.
 */
export async function moveInBox(
  { from, to }: Move,
  item: UploadItem,
  { client, signal }: JobContext,
): Promise<Moved<UploadItem>> {
  const isFree = !item.inBox.occupant && item.inBox.unfinished.length === 0;
  const here = await identityOf(item.entry.path);
  if (!isFree || here?.fingerprint !== to.fingerprint || from.id === undefined) {
    return { item, isGone: false };
  }
  const changes = { name: item.name, parentId: item.folderId };
  const ifMatch = from.etag === undefined ? {} : { ifMatch: from.etag };
  try {
    const file = await client.files.update(from.id, changes, {
      fields: SENT_FIELDS,
      signal,
      ...ifMatch,
    });
    if (file.sha1 === to.sha1) return { result: movedResult(item, file.id, file.sha1) };
    return { item: { ...item, inBox: nameInBox(file, []) }, isGone: true };
  } catch (error) {
    if (isBoxError(error)) return { item, isGone: false };
    throw error;
  }
}

/** Moves a folder with all that it holds. @returns whether it is there now */
export async function moveFolderInBox(
  { from: { id, etag }, toPath, parentId }: FolderMove,
  { client, signal }: JobContext,
): Promise<boolean> {
  if (id === undefined) return false;
  const changes = { name: toPath.slice(toPath.lastIndexOf('/') + 1), parentId };
  const ifMatch = etag === undefined ? {} : { ifMatch: etag };
  try {
    await client.folders.update(id, changes, { fields: ['id', 'name'], signal, ...ifMatch });
    return true;
  } catch (error) {
    if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
    // Its files may still be moved one by one, or sent; if it was moved all the same, they are moved from there.
    return false;
  }
}

function movedResult({ path, sizeBytes }: UploadItem, id: string, sha1: string): TransferResult {
  return {
    kind: 'file',
    path,
    state: 'transferred',
    action: 'moved',
    id,
    sha1,
    bytes: sizeBytes,
    ms: 0,
  };
}
