/** What a person names to be uploaded, as entries of the folder that receives it. */
import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { failureResult } from '../result.ts';
import type { Filter } from '../selection/filter.ts';
import { readSourceFolder } from '../selection/source-folder.ts';
import type { TransferResult } from '../transfer.ts';
import type { DiskEntry } from '../tree/tree.ts';

/**
 * Reads the sources: `photos` is an entry of that name, `photos/` is what is in it. What ends in `.` or
 * `..` names no folder of its own, so its contents are meant too. A link is followed, under its own name.
 *
 * @returns entries in the order of the sources, and a result for each source that is not to be had
 */
export async function readSources(
  sources: readonly string[],
  { signal, filter }: { readonly signal: AbortSignal; readonly filter: Filter },
): Promise<{ entries: DiskEntry[]; failed: TransferResult[] }> {
  const entries: DiskEntry[] = [];
  const failed: TransferResult[] = [];
  for (const source of sources) {
    try {
      // One by one: a call takes only so many arguments, and a folder may hold more.
      for (const entry of await entriesOf(source, filter)) entries.push(entry);
    } catch (error) {
      failed.push(failureResult(error, source, signal));
    }
  }
  return { entries, failed };
}

async function entriesOf(source: string, filter: Filter): Promise<DiskEntry[]> {
  const path = await realpath(resolve(source));
  if (meansContents(source)) return readSourceFolder({ path }, filter);
  const stats = await stat(path);
  const kind = stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'special-file';
  return [{ name: basename(resolve(source)), path, kind }];
}

/** The same for a source however it was written, but for what the ending says. */
export function absolute(source: string): string {
  return resolve(source) + (meansContents(source) ? '/' : '');
}

/** Whether what is in a source is meant, and not the source under its own name. */
export function meansContents(source: string): boolean {
  return /(^|[/\\])\.{0,2}$/.test(
    process.platform === 'win32' ? source : source.replaceAll('\\', 'x'),
  );
}
