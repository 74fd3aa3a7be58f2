/**
 * Whether what was listed is still where it was found. Sources are looked up once, links and all; from there on no part
 * of a path is a link. Should a folder become one before its turn comes, what it leads to is nobody's to send.
 */
import { readlinkSync, realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { TransferFailure } from '../reason.ts';

/**
 * To be called once a folder was read.
 * @throws {TransferFailure} `in-the-way`: a part of the path is a link by now
 */
export async function assertFolderInPlace(path: string): Promise<void> {
  if ((await realpath(path)) === path) return;
  throw new TransferFailure('in-the-way', 'a symbolic link stands where a folder was');
}

/**
 * @param fd the file, opened by its path
 * @throws {TransferFailure} `changed-while-read`: it is another than the one that was listed
 */
export function assertFileInPlace(path: string, fd: number): void {
  if (placeOf(path, fd) === path) return;
  const words = 'it changed while it was read: it is not where it was found any more';
  throw new TransferFailure('changed-while-read', words, { recovery: 'restart' });
}

/** Linux knows where an open file is; elsewhere its path is looked up once more. */
function placeOf(path: string, fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return realpathSync.native(path);
  }
}
