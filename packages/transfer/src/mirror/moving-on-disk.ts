/** A file on this machine that is wanted elsewhere in the target: renamed, never over another. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DownloadItem } from '../download/download.ts';
import { giveName } from '../download/naming.ts';
import type { JobContext } from '../job.ts';
import { fingerprintOf } from '../state/hashes.ts';
import type { Moved } from './moving-in-box.ts';
import type { Move } from './survey.ts';

const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Renames it, if it is still what was compared; else the file is fetched in the ordinary way. */
export async function moveOnDisk(
  { from }: Move,
  item: DownloadItem,
  { memory }: JobContext,
): Promise<Moved<DownloadItem>> {
  const { folder, name, path, file } = item;
  const isWanted = file.sha1 === from.sha1 && !folder.names.has(name);
  const fd = isWanted ? openUnchanged(from.diskPath ?? '', from.fingerprint) : undefined;
  if (fd === undefined) return { item, isGone: false };
  try {
    const target = { folder, path: join(folder.path, name) };
    const named = await giveName(fd, from.diskPath ?? '', target, file.modifiedAt);
    await folder.sync();
    if (named) memory?.state.hashes.write(target.path, named, file.sha1);
  } catch {
    // Where it stands now is looked at before anything is put away; the download says what is wrong.
    return { item, isGone: false };
  }
  const { id, sha1, sizeBytes: bytes } = file;
  const state = 'transferred';
  return { result: { kind: 'file', path, state, action: 'moved', id, sha1, bytes, ms: 0 } };
}

/** The file at this path, open, if it is still the one that was seen. */
function openUnchanged(path: string, fingerprint: string | undefined): number | undefined {
  let fd: number;
  try {
    fd = openSync(path, OPEN_FLAGS);
  } catch {
    return undefined;
  }
  if (fingerprintOf(fstatSync(fd, { bigint: true })) === fingerprint) return fd;
  closeSync(fd);
  return undefined;
}
