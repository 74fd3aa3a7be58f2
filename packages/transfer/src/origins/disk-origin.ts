/** The disk of this machine, as the origin of an upload. */

import type { FileFacts } from '../selection/file-facts.ts';
import { readSourceFolder } from '../selection/source-folder.ts';
import { assertFileInPlace } from '../tree/in-place.ts';
import { lookAt } from '../tree/tree.ts';
import type { Origin } from './origin.ts';
import { openSource } from './source.ts';
import { absolute, readSources } from './sources.ts';

/**
 * @param sources as {@link UploadOptions} takes them
 * @example
 * ```ts
 * import { diskOrigin, upload } from '@boxhaul/transfer';
 *
 * const { open, ...rest } = diskOrigin(['.']);
 * const told: typeof open = (file, signal) => {
 *   console.log(`reads ${file.path}`);
 *   return open(file, signal);
 * };
 * await upload({ client, sources: { ...rest, open: told }, folderId, mode: 'update' });
 * ```
 */
export function diskOrigin(sources: readonly string[]): Origin {
  return {
    identity: sources.map((source) => absolute(source)),
    top: (context) => readSources(sources, context),
    list: (folder, { filter }) => readSourceFolder(folder, filter),
    facts: ({ path }) => factsOnDisk(path),
    open: ({ path }, _signal, known) =>
      openSource(path, { known, assertWanted: (fd) => assertFileInPlace(path, fd) }),
  };
}

async function factsOnDisk(path: string): Promise<FileFacts | undefined> {
  // What cannot be looked at has no facts, and is told of when it is read.
  const seen = await lookAt(path).catch(() => undefined);
  if (!seen) return undefined;
  const { sizeBytes, mtimeMs: modifiedMs, birthtimeMs } = seen;
  // Where a disk keeps no time of birth it says 1970, or the time of the last change.
  return { sizeBytes, modifiedMs, ...(birthtimeMs > 0 && { createdMs: birthtimeMs }) };
}
