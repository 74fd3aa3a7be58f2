/** What the source's `.boxhaulignore` files say of names that only the target has. */
import { realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { meansContents } from '../origins/sources.ts';
import type { Filter } from '../selection/filter.ts';
import { IGNORE_FILE, type IgnoreRules } from '../selection/ignore-rules.ts';
import { readIgnoreFile } from '../selection/source-folder.ts';
import type { DiskEntry } from '../tree/tree.ts';

/** A folder of the source, as far as such rules go. */
export type RuledFolder = Pick<DiskEntry, 'path' | 'ignoring'>;

/** The folders whose contents a person named. */
export async function rootsOf(sources: readonly string[]): Promise<RuledFolder[]> {
  const paths = sources.filter(meansContents).map((source) => realpath(resolve(source)));
  return (await Promise.all(paths)).map((path) => ({ path }));
}

/**
 * The filter with what is ignored in these folders left out as well: what the rules of one of them leave out is not
 * extra in the folder of the target that they go to.
 * @param entries what is in the folders
 * @param targetPath the path of that folder, as results name it
 * @throws {InputError} a `.boxhaulignore` cannot be read or understood
 */
export async function filterThere(
  filter: Filter,
  folders: readonly RuledFolder[],
  entries: readonly DiskEntry[],
  targetPath: string,
): Promise<Filter> {
  if (!filter.ignoreFiles) return filter;
  const there = new Set(entries.filter(({ kind }) => kind === 'file').map(({ path }) => path));
  let narrowed = filter;
  for (const { path, ignoring } of folders) {
    const isThere = there.has(join(path, IGNORE_FILE));
    const rules = isThere ? await readIgnoreFile(path, ignoring) : ignoring;
    if (rules) narrowed = narrowedBy(narrowed, rules, path, targetPath);
  }
  return narrowed;
}

function narrowedBy(
  filter: Filter,
  rules: IgnoreRules,
  folder: string,
  targetPath: string,
): Filter {
  const base = relative(rules.root, folder).split(sep);
  const here = (path: string) => {
    const below = path.slice(targetPath === '' ? 0 : targetPath.length + 1);
    return [...base, below].filter((part) => part !== '').join('/');
  };
  return {
    ...filter,
    takesFile: (path) => filter.takesFile(path) && rules.takes(here(path)),
    entersFolder: (path) => filter.entersFolder(path) && rules.entersFolder(here(path)),
  };
}
