/** A filter's rules about more than paths, asked of files on this machine. */
import type { Filter } from '../filter.ts';
import { type DiskEntry, lookAt, pathIn } from '../tree.ts';
import type { FileFacts } from './file-facts.ts';

/** So many files are looked at at once. */
const LOOKS_AT_ONCE = 64;

/**
 * The folders of these, and the files that take part. What is no ordinary file has no facts, and takes no part; a file
 * that cannot be looked at stays, so that it is told why.
 */
export async function chosenOnDisk(
  entries: readonly DiskEntry[],
  folderPath: string,
  filter: Filter,
): Promise<readonly DiskEntry[]> {
  const { facts } = filter;
  if (!facts) return entries;
  const isChosen = async ({ kind, name, path: diskPath }: DiskEntry) => {
    if (kind === 'folder') return true;
    const path = pathIn(folderPath, name);
    if (kind !== 'file' || !filter.takesFile(path)) return false;
    const known = await factsOnDisk(diskPath);
    return known === undefined || facts.take(path, known);
  };
  const chosen: DiskEntry[] = [];
  for (let start = 0; start < entries.length; start += LOOKS_AT_ONCE) {
    const batch = entries.slice(start, start + LOOKS_AT_ONCE);
    const verdicts = await Promise.all(batch.map(isChosen));
    chosen.push(...batch.filter((_, index) => verdicts[index]));
  }
  return chosen;
}

async function factsOnDisk(path: string): Promise<FileFacts | undefined> {
  const seen = await lookAt(path).catch(() => undefined);
  if (!seen) return undefined;
  const { sizeBytes, mtimeMs: modifiedMs, birthtimeMs } = seen;
  // Where a disk keeps no time of birth it says 1970, or the time of the last change.
  return { sizeBytes, modifiedMs, ...(birthtimeMs > 0 && { createdMs: birthtimeMs }) };
}
