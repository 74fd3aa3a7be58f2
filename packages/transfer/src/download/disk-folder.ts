/**
 * A folder on this machine that receives files, known by its inode once it was seen to be a real folder
 * below the target. Names come from Box and the folder may hold anything, so every step checks that it
 * is still that folder and no link that someone put in its place.
 */
import { closeSync, fsync, lstatSync, openSync, type Stats } from 'node:fs';
import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TransferFailure } from '../reason.ts';
import { isTemporaryName, removeAbandoned } from '../temporary-files.ts';
import { shared } from './shared-work.ts';

export interface DiskFolder {
  readonly path: string;
  /** What was there when the folder was opened. */
  readonly names: ReadonlySet<string>;
  readonly state: 'created' | 'exists';
  /** Whether earlier runs left parts of files in it that are to be gone on with, or others write some now. */
  readonly hasParts: boolean;
  /** @throws {TransferFailure} `in-the-way` if the path leads elsewhere than when it was opened */
  assertSame(): void;
  /**
   * Makes the names in it survive a loss of power. Calls that come together share one write, and those that follow one
   * wait a moment for others.
   */
  sync(): Promise<void>;
}

/** Whether the temporary file at a path is to be gone on with; opening a folder removes the others that nobody writes. */
type IsKept = (path: string) => boolean;

const nothing: IsKept = () => false;

/**
 * The folder that a run fetches into; links in its path are the user's own and are followed. A dry run
 * makes nothing, and takes a folder that is not there as empty.
 * @throws Node's own error when it cannot be made
 */
export async function openTargetFolder(
  path: string,
  dryRun: boolean,
  isKept: IsKept = nothing,
): Promise<DiskFolder> {
  if (dryRun) return lookIntoFolder(await realpath(path).catch(unlessAbsent(path)));
  const isMade = await makeFolders(path);
  return openFolder(await realpath(path), isMade ? 'created' : 'exists', isKept);
}

/** As Node's recursive `mkdir`, which never ends below a folder that takes none, such as /proc. */
async function makeFolders(path: string): Promise<boolean> {
  try {
    return await makeFolder(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolders(parent);
    return makeFolder(path);
  }
}

/**
 * A folder inside another, made if it is not there, but in a dry run.
 * @throws {TransferFailure} `in-the-way`: something else has the name, be it a link to a folder; `name-collision`: it
 *   is the folder that was opened under another name
 */
export async function openSubfolder(
  parent: DiskFolder,
  name: string,
  dryRun: boolean,
  isKept: IsKept = nothing,
): Promise<DiskFolder> {
  const path = join(parent.path, name);
  if (dryRun) return lookIntoFolder(path);
  parent.assertSame();
  const created = await makeFolder(path);
  const folder = await openFolder(path, created ? 'created' : 'exists', isKept);
  assertAlone(parent, name, await lstat(path));
  return folder;
}

/** The folders that were opened in each folder: their names, by what they are on the disk. */
const opened = new WeakMap<DiskFolder, Map<string, string>>();

/** A disk that knows no case would put two folders of Box into one, where their files would replace each other. */
function assertAlone(parent: DiskFolder, name: string, { dev, ino }: Stats): void {
  const names = opened.get(parent) ?? new Map<string, string>();
  opened.set(parent, names);
  const other = names.get(`${dev} ${ino}`);
  if (other !== undefined && other !== name) {
    const words = `this machine's disk takes "${other}", which is there too, for the same folder`;
    throw new TransferFailure('name-collision', words);
  }
  names.set(`${dev} ${ino}`, name);
}

async function lookIntoFolder(path: string): Promise<DiskFolder> {
  const stats = await lstat(path).catch(unlessAbsent(undefined));
  if (stats && !stats.isDirectory()) throw inTheWay(path, stats);
  return folderAt(path, stats ? 'exists' : 'created', stats, stats ? await readdir(path) : []);
}

function unlessAbsent<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

async function openFolder(
  path: string,
  state: DiskFolder['state'],
  isKept: IsKept,
): Promise<DiskFolder> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) throw inTheWay(path, stats);
  const names = state === 'created' ? [] : await readdir(path);
  await removeAbandoned(path, names, isKept);
  return folderAt(path, state, stats, names);
}

/** Files of a folder that is being filled come in such numbers that its names are written for many at once. */
const GATHER_MS = 50;

function folderAt(
  path: string,
  state: DiskFolder['state'],
  opened: Stats | undefined,
  names: readonly string[],
): DiskFolder {
  return {
    path,
    state,
    names: new Set(names),
    hasParts: names.some(isTemporaryName),
    sync: shared(() => syncFolder(path), GATHER_MS),
    assertSame() {
      const now = lstatSync(path);
      if (!now.isDirectory() || now.ino !== opened?.ino || now.dev !== opened.dev) {
        throw inTheWay(path, now);
      }
    },
  };
}

function inTheWay(path: string, stats: Stats): TransferFailure {
  const what = stats.isSymbolicLink()
    ? 'a symbolic link'
    : stats.isDirectory()
      ? 'another folder'
      : 'a file';
  return new TransferFailure('in-the-way', `${what} stands where the folder ${path} should be`);
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its file systems keep names in a journal of their own.
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    await syncFile(fd);
  } finally {
    closeSync(fd);
  }
}

const syncFile = promisify(fsync);
