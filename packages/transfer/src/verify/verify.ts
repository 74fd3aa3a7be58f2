/** Both sides compared by SHA-1, without a byte of them being moved. */

import { sha1OfSource } from '../hash.ts';
import { type JobContext, runJob } from '../job.ts';
import { diskOrigin } from '../origins/disk-origin.ts';
import { failureResult, settled } from '../result.ts';
import { assertUsable } from '../selection/usable.ts';
import type { TransferReport, TransferResult, VerifyOptions } from '../transfer.ts';
import { type Compared, comparingWalk } from './comparing.ts';
import { judge } from './judging.ts';

/**
 * Compares what ought to be in a Box folder with what is there: every file by its size and SHA-1, every name both ways.
 * Nothing is downloaded and nothing is changed; in Box it costs the listings of the folders. Files of this machine are
 * read unless their SHA-1 is remembered.
 *
 * Each file has a result: `skipped` with the reason `same`, or `failed` with `missing`, `different`, `extra`,
 * `named-otherwise`, `in-the-way`, or why it could not be compared.
 *
 * @throws {BoxApiError} the Box folder cannot be listed
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in; `finished` was told before
 * @example
 * ```ts
 * import { verify } from '@boxhaul/transfer';
 *
 * const report = await verify({ client, sources: ['report.txt'], folderId });
 * for (const { path, reason } of report.failures) console.log(path, reason?.words); // report.txt …
 * console.log(report.failedBy); // { different: 1 }
 * ```
 */
export async function verify(options: VerifyOptions): Promise<TransferReport> {
  assertUsable(options, 'upload');
  const { sources, folderId, seal } = options;
  const origin = 'identity' in sources ? sources : diskOrigin(sources);
  return await runJob<Compared>(
    {
      direction: 'verify',
      ends: [...origin.identity, folderId],
      begin: (context) => comparingWalk({ sources, origin, folderId, seal }, context),
      execute: (item, context) => compare(item, context),
    },
    options,
  );
}

async function compare(item: Compared, context: JobContext): Promise<TransferResult> {
  const { origin, entry, path, occupant, sizeBytes: bytes } = item;
  const { signal, memory } = context;
  const startedMs = performance.now();
  const details = () => ({ bytes, id: occupant.id, ms: Math.round(performance.now() - startedMs) });
  try {
    const source = await origin.open(entry, signal, memory?.state.hashes);
    try {
      const { name } = entry;
      const { sizeBytes } = source;
      let judgement = judge({ name, sizeBytes }, occupant);
      let sha1: string | undefined;
      if (judgement.is === 'unknown') {
        sha1 = await sha1OfSource(source, signal, memory?.state.hashes);
        judgement = judge({ name, sizeBytes, sha1 }, occupant);
      }
      if (judgement.is === 'unknown') throw new Error(`nobody can tell what ${path} is`);
      const state = judgement.is === 'same' ? 'skipped' : 'failed';
      return settled(state, path, judgement.reason, { ...details(), ...(sha1 && { sha1 }) });
    } finally {
      await source.close();
    }
  } catch (error) {
    return failureResult(error, path, signal, details());
  }
}
