/** What one folder of the target has that the source has not. Pure. */
import type { Filter } from '../selection/filter.ts';
import { IGNORE_FILE } from '../selection/ignore-rules.ts';
import { isTemporaryName } from '../temporary-files.ts';
import { unfinishedTagOf } from '../tree/names.ts';
import { pathIn } from '../tree/tree.ts';

/** Something in a folder of the target, as far as deciding needs it. */
export interface InTarget {
  /** As the source would call it. */
  name: string;
  /** What the target calls it, where that is another name. */
  nameThere?: string;
  kind: 'file' | 'folder' | 'other';
}

/** Sorted by what becomes of them. */
export interface Sorted<Item> {
  /** The source has something of this name, taking part or not. */
  matched: Item[];
  /** The source has nothing of this name. */
  extra: Item[];
  /** Nothing that a run of this job could have put there, or that the filter leaves out: it stays. */
  leftOut: Item[];
}

/**
 * Sorts what is in a folder of the target.
 * @param isInSource whether the source's folder has something of this name, whatever the filter says of it
 */
export function sortTarget<Item extends InTarget>(
  items: readonly Item[],
  isInSource: (item: Item) => boolean,
  filter: Filter,
  folderPath: string,
): Sorted<Item> {
  const sorted: Sorted<Item> = { matched: [], extra: [], leftOut: [] };
  for (const item of items) {
    if (isInSource(item)) sorted.matched.push(item);
    else if (isLeftOut(item, filter, pathIn(folderPath, item.name))) sorted.leftOut.push(item);
    else sorted.extra.push(item);
  }
  return sorted;
}

/** Links have no counterpart on the other side, and a transfer's own temporary files are not for us to judge. */
function isLeftOut(
  { name, nameThere = name, kind }: InTarget,
  filter: Filter,
  path: string,
): boolean {
  if (kind === 'other') return true;
  if (kind === 'folder') return !filter.entersFolder(path);
  // What says what is to be left out at the top of the target is its owner's.
  if (path === IGNORE_FILE) return true;
  const isOurs = unfinishedTagOf(nameThere) !== undefined || isTemporaryName(nameThere);
  return isOurs || !filter.takesFile(path);
}
