import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Where contents lie on disk: `blobs/ab/abcd…` once they are whole, `incoming/…` before.
 * A folder's entry is synced after each rename into it, so that the name lasts as the bytes do.
 */
export interface BlobFiles {
  /** Makes an empty temporary file. */
  createTemporary(): Promise<{ path: string; file: FileHandle }>;
  pathOf(sha1: string): string;
  /** The one file that the parts of an assembly go into. */
  assemblyPath(assembly: string): string;
  /** Opens that file for writing anywhere in it, whether it is there or not. */
  openAssembly(assembly: string): Promise<FileHandle>;
  has(sha1: string): boolean;
  /** Puts a file, already synced, in the place of its contents. */
  moveIn(path: string, sha1: string): Promise<void>;
  /** Whether bytes must be on the disk before they count. */
  readonly isDurable: boolean;
  removeAll(): void;
  close(): void;
}

/** Temporary files older than this belong to no living process. */
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/**
 * @param directory where to keep the files for good; without it they are in a temporary folder that
 *   is made with the first of them and removed on `close` or when the process exits
 */
export function openBlobFiles(directory: string | undefined): BlobFiles {
  const place = directory === undefined ? temporaryPlace() : lastingPlace(directory);
  const shards = new Set<string>();
  const pathOf = (sha1: string) => join(place.path(), 'blobs', sha1.slice(0, 2), sha1);
  const makeShard = (sha1: string): string => {
    const shard = join(place.path(), 'blobs', sha1.slice(0, 2));
    if (shards.has(shard)) return shard;
    mkdirSync(shard, { recursive: true });
    if (place.isDurable) syncFolder(join(place.path(), 'blobs'));
    shards.add(shard);
    return shard;
  };
  const assemblyPath = (assembly: string) => join(place.path(), 'incoming', `${assembly}.parts`);
  return {
    isDurable: place.isDurable,
    pathOf,
    assemblyPath,
    openAssembly: async (assembly) => {
      const path = assemblyPath(assembly);
      const there = await openIfThere(path, 'r+');
      if (there) return there;
      // Not 'w', which would empty the file if another part has just made it.
      const made = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
      if (place.isDurable) syncFolder(dirname(path));
      return made;
    },
    has: (sha1) => place.isMade() && existsSync(pathOf(sha1)),
    createTemporary: async () => {
      const path = join(place.path(), 'incoming', `${randomBytes(12).toString('hex')}.part`);
      return { path, file: await open(path, 'wx') };
    },
    moveIn: async (path, sha1) => {
      const shard = makeShard(sha1);
      await rename(path, join(shard, sha1));
      if (!place.isDurable || !canSyncFolders) return;
      const folder = await open(shard);
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
    removeAll: () => {
      if (!place.isMade()) return;
      for (const name of ['blobs', 'incoming']) emptyFolder(join(place.path(), name));
      shards.clear();
    },
    close: place.close,
  };
}

interface Place {
  path(): string;
  isMade(): boolean;
  readonly isDurable: boolean;
  close(): void;
}

function lastingPlace(directory: string): Place {
  mkdirSync(join(directory, 'blobs'), { recursive: true });
  mkdirSync(join(directory, 'incoming'), { recursive: true });
  syncFolder(directory);
  removeAbandoned(join(directory, 'incoming'));
  return { path: () => directory, isMade: () => true, isDurable: true, close: () => undefined };
}

function temporaryPlace(): Place {
  let made: string | undefined;
  const remove = () => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    made = undefined;
  };
  return {
    path: () => {
      if (made === undefined) {
        made = mkdtempSync(join(tmpdir(), 'boxhaul-emulator-'));
        mkdirSync(join(made, 'blobs'));
        mkdirSync(join(made, 'incoming'));
        process.once('exit', remove);
      }
      return made;
    },
    isMade: () => made !== undefined,
    isDurable: false,
    close: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

function emptyFolder(path: string): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
}

/** Uploads that a crash cut off leave files here; session files are looked after by their sessions. */
function removeAbandoned(incoming: string): void {
  for (const name of readdirSync(incoming)) {
    if (!name.endsWith('.part')) continue;
    const path = join(incoming, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (modified < Date.now() - abandonedAfterMs) rmSync(path, { force: true });
  }
}

/** Windows neither can nor needs to. */
const canSyncFolders = process.platform !== 'win32';

function syncFolder(path: string): void {
  if (!canSyncFolders) return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Opens a file; `undefined` when there is none. */
export async function openIfThere(path: string, flags: 'r' | 'r+') {
  try {
    return await open(path, flags);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Whether an error says that a file is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Removes a file that may be gone already. */
export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true });
}
