/** Where what is extra goes: Box's trash, or a folder beside the target on this machine. */
import { mkdirSync, renameSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError, isBoxError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { TransferFailure } from '../reason.ts';
import { identityNow } from '../tree/identity.ts';
import type { Seen } from './survey.ts';

export interface Trash {
  /** The folder on this machine, from when there is something in it. */
  readonly path?: string | undefined;
  /** Calls that each `put` takes. */
  readonly calls: number;
  /**
   * Puts a file away, or a folder with all that it holds; what is gone already is no error.
   * @throws {TransferFailure} it is not what was seen, and stays
   */
  put(seen: Seen): Promise<void>;
}

/** Box keeps what is in it for as long as the company says, 30 days by default. */
export function boxTrash({ client, signal }: JobContext): Trash {
  return {
    calls: 1,
    async put({ kind, id = '', etag }) {
      const ifMatch = etag === undefined ? {} : { ifMatch: etag };
      try {
        if (kind === 'file') await client.files.delete(id, { signal, ...ifMatch });
        else await client.folders.delete(id, { recursive: true, signal, ...ifMatch });
      } catch (error) {
        if (isBoxError(error) && error.status === 404) return;
        if (isBoxError(error) && error.status === 412) throw changed('changed-on-box', error);
        throw error;
      }
    },
  };
}

/**
 * A folder beside the target, with one of this run in it: `<target>.boxhaul-trash/2026-01-31T10-20-30Z`.
 * @param target as `realpath` gives it
 */
export function diskTrash(target: string, now: Date): Trash {
  const inside = join(trashOf(target), stampOf(now));
  let root: string | undefined;
  return {
    calls: 0,
    get path() {
      return root;
    },
    async put({ path, diskPath = '', fingerprint }) {
      const found = identityNow(diskPath);
      if (!found) return;
      if (found.fingerprint !== fingerprint) throw changed('changed-on-disk');
      root ??= makeRoot(inside);
      const place = join(root, path);
      mkdirSync(dirname(place), { recursive: true });
      renameSync(diskPath, place);
    },
  };
}

/** @throws {InputError} the trash beside this folder would be on another disk */
export async function assertTrashBeside(target: string): Promise<void> {
  const parent = dirname(target);
  try {
    const [one, other] = await Promise.all([lstat(target), lstat(parent)]);
    if (one.dev === other.dev && parent !== target) return;
  } catch (error) {
    // A target that is not there holds nothing that could go to the trash.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  throw new InputError(
    `${target} is a disk of its own, so that nothing can be put into a trash beside it\n` +
      `→ fetch into a folder on it: ${join(target, 'box')}`,
  );
}

function trashOf(target: string): string {
  return join(dirname(target), `${basename(target)}.boxhaul-trash`);
}

/** Two runs in one second each have their own. What lay in a closed folder is not to be seen by others now. */
function makeRoot(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let count = 1; ; count++) {
    const place = count === 1 ? path : `${path}-${count}`;
    try {
      mkdirSync(place);
      return place;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function stampOf(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

function changed(code: 'changed-on-box' | 'changed-on-disk', cause?: unknown): TransferFailure {
  const words =
    'it was to go to the trash, and was changed since this run looked at it: it was left';
  return new TransferFailure(code, words, { cause, recovery: 'skip' });
}
