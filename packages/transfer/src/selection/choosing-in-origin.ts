/** A filter's rules about more than paths, asked of files that are to be uploaded. */

import type { Origin, OriginEntry } from '../origins/origin.ts';
import { pathIn } from '../tree/tree.ts';
import type { Filter } from './filter.ts';

/** So many files are looked at at once. */
const LOOKS_AT_ONCE = 64;

/**
 * The folders of these, and the files that take part. What is no ordinary file has no facts, and takes no part; a file
 * that cannot be looked at stays, so that it is told why.
 */
export async function chosenInOrigin(
  origin: Origin,
  entries: readonly OriginEntry[],
  folderPath: string,
  filter: Filter,
): Promise<readonly OriginEntry[]> {
  const { facts } = filter;
  if (!facts) return entries;
  const isChosen = async (entry: OriginEntry) => {
    const { kind, name } = entry;
    if (kind === 'folder') return true;
    const path = pathIn(folderPath, name);
    if (kind !== 'file' || !filter.takesFile(path)) return false;
    const known = entry.facts ?? (await origin.facts(entry));
    return known === undefined || facts.take(path, known);
  };
  const chosen: OriginEntry[] = [];
  for (let start = 0; start < entries.length; start += LOOKS_AT_ONCE) {
    const batch = entries.slice(start, start + LOOKS_AT_ONCE);
    const verdicts = await Promise.all(batch.map(isChosen));
    chosen.push(...batch.filter((_, index) => verdicts[index]));
  }
  return chosen;
}
