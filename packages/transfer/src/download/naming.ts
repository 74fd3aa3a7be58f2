/**
 * How a temporary file gets its real name. Before, whatever has that name is untouched; after, the new file is
 * whole and on the disk; that the name is there for good too, the folder's `sync` makes sure.
 */
import {
  type BigIntStats,
  closeSync,
  fchmodSync,
  fstatSync,
  fsync,
  futimesSync,
  linkSync,
  lstatSync,
  renameSync,
  type Stats,
  unlinkSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { TransferFailure } from '../reason.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DiskFolder } from './disk-folder.ts';

const fsyncAsync = promisify(fsync);

/** Where a file goes. */
export interface NamedTarget {
  readonly folder: DiskFolder;
  readonly path: string;
  /** What was seen under that name and is to be replaced; without it nothing is overwritten. */
  readonly replaces?: SeenOnDisk | undefined;
}

/**
 * Gives a written file its time and its name.
 * @param fd the file, open; it is closed, whatever happens
 * @returns the file that now has the name, unless somebody replaced it already
 * @throws {TransferFailure} `name-collision`, `in-the-way`, `changed-on-disk`
 */
export async function giveName(
  fd: number,
  temporaryPath: string,
  { folder, path, replaces }: NamedTarget,
  modifiedAt: Date | undefined,
): Promise<BigIntStats | undefined> {
  const ino = await settle(fd, replaces, modifiedAt);
  folder.assertSame();
  if (replaces) replace(temporaryPath, path, replaces);
  else appear(temporaryPath, path);
  const named = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return named?.ino === ino ? named : undefined;
}

async function settle(
  fd: number,
  replaces: SeenOnDisk | undefined,
  modifiedAt: Date | undefined,
): Promise<bigint> {
  try {
    if (replaces) fchmodSync(fd, replaces.mode & 0o777);
    if (modifiedAt) futimesSync(fd, modifiedAt, modifiedAt);
    await fsyncAsync(fd);
    return fstatSync(fd, { bigint: true }).ino;
  } finally {
    closeSync(fd);
  }
}

function replace(temporaryPath: string, path: string, seen: SeenOnDisk): void {
  const now = lstatSync(path, { throwIfNoEntry: false });
  if (!now) {
    appear(temporaryPath, path);
    return;
  }
  if (!now.isFile()) {
    throw new TransferFailure(
      'in-the-way',
      'something that is no ordinary file stands where this file should be',
    );
  }
  if (!isStill(seen, now)) {
    throw new TransferFailure(
      'changed-on-disk',
      'the file on this machine was changed while its replacement was fetched, and was left as it is',
    );
  }
  renameSync(temporaryPath, path);
}

/** Who writes to a file can give it back its `mtime`, as archivers and copying tools do, but not its `ctime`. */
function isStill(seen: SeenOnDisk, { ino, size, mtimeMs, ctimeMs }: Stats): boolean {
  const isSameFile = ino === seen.ino && size === seen.sizeBytes;
  return isSameFile && mtimeMs === seen.mtimeMs && ctimeMs === seen.ctimeMs;
}

/** A new name: a link, unlike a rename, never overwrites. */
function appear(temporaryPath: string, path: string): void {
  try {
    linkSync(temporaryPath, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw nameTaken();
    if (code === undefined || !NO_HARD_LINKS.has(code)) throw error;
    if (lstatSync(path, { throwIfNoEntry: false })) throw nameTaken();
    renameSync(temporaryPath, path);
    return;
  }
  unlinkSync(temporaryPath);
}

/** What file systems without hard links answer. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

function nameTaken(): TransferFailure {
  return new TransferFailure(
    'name-collision',
    'a file of this name appeared on this machine meanwhile, or the disk takes another file for the same name',
  );
}
