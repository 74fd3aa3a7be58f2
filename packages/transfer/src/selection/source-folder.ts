/** Folders that are uploaded, and what their `.boxhaulignore` files say. */
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { InputError } from '@boxhaul/client';
import { identityOf } from '../tree/identity.ts';
import { type DiskEntry, readDiskFolder } from '../tree/tree.ts';
import type { Filter } from './filter.ts';
import { IGNORE_FILE, type IgnoreRules, ignoreRules } from './ignore-rules.ts';

/**
 * What is in a folder. What is to be ignored is there all the same, and marked, so that nobody takes it for gone.
 *
 * @throws what reading it throws
 * @throws {InputError} a `.boxhaulignore` that cannot be read or understood
 */
export async function readSourceFolder(
  { path, ignoring }: Pick<DiskEntry, 'path' | 'ignoring'>,
  { ignoreFiles }: Filter,
): Promise<DiskEntry[]> {
  const entries = await readDiskFolder(path);
  if (!ignoreFiles) return entries;
  const isThere = entries.some(({ name, kind }) => name === IGNORE_FILE && kind === 'file');
  const rules = isThere ? await readIgnoreFile(path, ignoring) : ignoring;
  return rules ? entries.map((entry) => marked(entry, rules)) : entries;
}

function marked(entry: DiskEntry, rules: IgnoreRules): DiskEntry {
  const { name, path, kind } = entry;
  const isFolder = kind === 'folder';
  const below = pathFrom(rules.root, path);
  const isTaken = isFolder ? rules.entersFolder(below) : rules.takes(below);
  if (isTaken && !isFolder) return entry;
  return {
    name,
    path,
    kind,
    ...(!isTaken && { isIgnored: true }),
    ...(isFolder && { ignoring: rules }),
  };
}

function pathFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/**
 * The rules in a folder's `.boxhaulignore`, behind those that hold there already.
 * @throws {InputError} it cannot be read or understood
 */
export async function readIgnoreFile(folder: string, above?: IgnoreRules): Promise<IgnoreRules> {
  const file = join(folder, IGNORE_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const root = above?.root ?? folder;
  try {
    return ignoreRules(text, { root, folder: pathFrom(root, folder), above });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${file}: ${error.message}`, { cause: error });
  }
}

/**
 * For a download the same file in the target folder itself says what is not to be fetched there, and what of it is
 * never extra.
 * @throws {InputError} it cannot be read or understood
 */
export async function withIgnoreFileOf(directory: string, filter: Filter): Promise<Filter> {
  if (!filter.ignoreFiles) return filter;
  const file = join(directory, IGNORE_FILE);
  const seen = await identityOf(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (seen?.kind !== 'file') return filter;
  const rules = await readIgnoreFile(directory);
  return {
    ...filter,
    takesFile: (path) => rules.takes(path) && filter.takesFile(path),
    entersFolder: (path) => rules.entersFolder(path) && filter.entersFolder(path),
  };
}

function unreadable(file: string, cause: unknown): InputError {
  const words = `${file} cannot be read, so it is not known what to leave out`;
  return new InputError(words, { cause });
}
