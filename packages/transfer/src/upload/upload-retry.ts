/** What stands in Box after an upload went wrong, and whether to try again from there. */
import { type BoxClient, type BoxConflict, BoxhaulError, isBoxError } from '@boxhaul/client';
import { TransferFailure } from '../reason.ts';
import type { NameInBox } from './name-in-box.ts';

interface FailedUpload {
  /** All that it may be called in Box. */
  readonly names: readonly string[];
  readonly inBox: NameInBox;
}

/**
 * @returns what to start from; undefined if the error stands
 * @throws {TransferFailure} the error, put better by what was found
 */
export async function whatNow(
  error: unknown,
  upload: FailedUpload,
  client: BoxClient,
): Promise<NameInBox | undefined> {
  const { inBox } = upload;
  if (isBoxError(error, 'item_name_in_use')) return nameTaken(error.conflict, upload, error);
  if (isBoxError(error, 'session_conflict'))
    return closeOldSession(error.contextInfo, inBox, client);
  if (isSessionLost(error)) return inBox;
  const { occupant } = inBox;
  if (isBoxError(error) && occupant?.type === 'file' && [404, 412].includes(error.status)) {
    return occupantChanged(occupant, inBox, client, error);
  }
  if (error instanceof TransferFailure && error.code === 'changed-on-box') {
    // Its waiting file is gone as well.
    const now = { ...inBox, unfinished: [] };
    return occupant ? occupantChanged(occupant, now, client, error) : now;
  }
  if (!(error instanceof BoxhaulError) || error.recovery !== 'restart') return undefined;
  if (isWrongContents(error))
    return occupant ? refreshed(occupant.id, inBox, client) : undoNew(error, inBox, client);
  return inBox;
}

/** Somebody took the name since the listing: compare with what is there now. */
function nameTaken(
  conflict: BoxConflict | undefined,
  { names, inBox }: FailedUpload,
  cause: unknown,
): NameInBox | undefined {
  if (!conflict) return undefined;
  const { type, id, etag, sha1 } = conflict;
  if (type !== 'file' && type !== 'folder' && type !== 'web_link') return undefined;
  // Whatever it is, it is not what this machine calls by this name.
  const [name = ''] = conflict.name === undefined ? names : [conflict.name];
  if (!names.includes(name)) {
    throw new TransferFailure(
      'name-collision',
      `Box takes "${name}", which is there, for the same name`,
      { cause },
    );
  }
  return {
    ...inBox,
    occupant: { type, id, name, ...(etag !== undefined && { etag }), ...(sha1 && { sha1 }) },
  };
}

/** The file that was to be added to or replaced is gone, or is not what was compared. */
async function occupantChanged(
  before: NonNullable<NameInBox['occupant']>,
  inBox: NameInBox,
  client: BoxClient,
  cause: unknown,
): Promise<NameInBox> {
  const now = await refreshed(before.id, inBox, client);
  // A description or a lock changes the etag too: only other contents are somebody else's work.
  if (!now.occupant || now.occupant.sha1 === before.sha1) return now;
  // Work of the same job, running twice, leaves nothing to do.
  const words = 'the file in Box was changed since this run looked at it, and was left as it is';
  return { ...now, changed: new TransferFailure('changed-on-box', words, { cause }) };
}

async function refreshed(id: string, inBox: NameInBox, client: BoxClient): Promise<NameInBox> {
  const { unfinished } = inBox;
  try {
    const fields = ['etag', 'name', 'size', 'sha1', 'item_status'];
    const file = await client.files.get(id, { fields });
    if (file.item_status !== undefined && file.item_status !== 'active') return { unfinished };
    const { type, name, etag, sha1, size } = file;
    return {
      unfinished,
      occupant: { type, id, name, etag, sha1, ...(size !== undefined && { size }) },
    };
  } catch (error) {
    if (isBoxError(error) && error.status === 404) return { unfinished };
    throw error;
  }
}

/** Box may have made a file of other contents than were sent. What somebody else made of that name is none of ours. */
async function undoNew(
  error: unknown,
  { unfinished }: NameInBox,
  client: BoxClient,
): Promise<NameInBox> {
  if (error instanceof Error && 'fileId' in error && typeof error.fileId === 'string') {
    await deleteIfThere(error.fileId, client);
  }
  return { unfinished };
}

async function deleteIfThere(fileId: string, client: BoxClient): Promise<void> {
  try {
    await client.files.delete(fileId);
  } catch (error) {
    if (!isBoxError(error) || error.status !== 404) throw error;
  }
}

/** The upload session is no more, or holds what nobody here sent: another has none of that. */
function isSessionLost(error: unknown): boolean {
  if (!isBoxError(error) || !error.path.includes('/files/upload_sessions/')) return false;
  return [404, 410].includes(error.status) || error.code === 'range_overlaps_existing_part';
}

/** Box holds, or was given, other bytes than the SHA-1 says. */
export function isWrongContents(error: unknown): boolean {
  return error instanceof BoxhaulError && WRONG_CONTENTS.has(error.code);
}

const WRONG_CONTENTS: ReadonlySet<string> = new Set([
  'sha1_mismatch',
  'bad_digest',
  'wrong-contents',
]);

/** Box keeps one session for a name; what an earlier run left open is of no use without its parts' owner. */
async function closeOldSession(
  contextInfo: Readonly<Record<string, unknown>> | undefined,
  inBox: NameInBox,
  client: BoxClient,
): Promise<NameInBox | undefined> {
  const session = contextInfo?.session;
  const id = typeof session === 'object' && session && 'id' in session ? session.id : session;
  if (typeof id !== 'string') return undefined;
  await client.uploadSessions.abort(await client.uploadSessions.get(id));
  return inBox;
}
