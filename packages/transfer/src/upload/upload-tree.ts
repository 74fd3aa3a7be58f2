/** Trees into a Box folder: `walk-to-box` goes through them, `uploading` does what is to be done with each name. */

import { type JobContext, runJob } from '../job.ts';
import { Mirror } from '../mirror/mirror.ts';
import { sidesOfUpload } from '../mirror/sides.ts';
import { diskOrigin } from '../origins/disk-origin.ts';
import { PART_MEMORY_BYTES, SEALED_SESSION_FROM_BYTES, SESSION_FROM_BYTES } from '../plan.ts';
import type { SealOptions } from '../sealing/options.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { assertUsable } from '../selection/usable.ts';
import type { TransferReport, UploadOptions } from '../transfer.ts';
import { type JobTarget, jobFolder } from './box-folder.ts';
import { PartMemory } from './part-memory.ts';
import type { UploadItem } from './upload-item.ts';
import { uploadWithDetails } from './uploading.ts';
import { type Places, walkToBox } from './walk-to-box.ts';

/**
 * Uploads files and folders into a Box folder. Box folders are made as they are needed, empty ones too
 * (unless the filter is selective); those that are there are listed once each.
 *
 * @throws {BoxApiError} the Box folder cannot be listed
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in; `finished` was told before
 * @example
 * ```ts
 * import { upload } from '@boxhaul/transfer';
 *
 * const report = await upload({
 *   client,
 *   sources: ['.'],
 *   folderId,
 *   mode: 'update', // report.txt is newer here: it becomes a version
 *   onEvent: (event) => {
 *     if (event.type === 'file') console.log(event.result.state, event.result.path);
 *   },
 * });
 * if (report.failed > 0) throw new Error(`${report.failed} files were not sent`);
 * ```
 */
export async function upload(options: UploadOptions): Promise<TransferReport> {
  assertUsable(options, 'upload');
  const { sources, folderId, mode, carry, seal } = options;
  const wouldTake = options.dryRun ? options.wouldTake : undefined;
  const origin = 'identity' in sources ? sources : diskOrigin(sources);
  const memory = new PartMemory(PART_MEMORY_BYTES);
  if (!options.dryRun) options.remember?.state.stagedFiles.removeForgotten();
  const { deleteExtra = false } = options;
  const mirrored = { ...options, deleteExtra: deleteExtra && wouldTake === undefined };
  let sealing: Sealing | undefined;
  using mirror = new Mirror<UploadItem>(mirrored, () => sidesOfUpload(options, () => sealing));
  return await runJob<UploadItem>(
    {
      direction: 'upload',
      mode,
      ends: [...origin.identity, folderId],
      async begin(context) {
        sealing = seal && (await beginSealing(seal, { folderId, wouldTake }, context));
        const heard = { ...context, ...(sealing && { listener: sealing }) };
        return await mirror.walk(heard, async (job) => {
          const target = jobFolder(job, { folderId, wouldTake });
          const branch = { label: '', filter: job.filter, target, sealing };
          const gather = ([{ item }]: Places) => item;
          return walkToBox([branch], { ...job, origin, mode, carry, gather });
        });
      },
      // What a session holds can be gone on with by the user who opened it, and only by that one.
      execute: (item, context) => {
        const work = (as: JobContext) => uploadWithDetails(item, { as, memory, carry }, context);
        const sessionFrom = item.sealing ? SEALED_SESSION_FROM_BYTES : SESSION_FROM_BYTES;
        const isSmall = item.sizeBytes < sessionFrom;
        return isSmall ? context.share(item.path, work) : work(context);
      },
      conclude: (standing, context) => mirror.conclude(standing, context),
    },
    options,
  );
}

/** Loaded only where something is sealed: most runs seal nothing. */
async function beginSealing(
  options: SealOptions,
  { folderId, wouldTake }: JobTarget,
  context: JobContext,
): Promise<Sealing> {
  const { Sealing } = await import('../sealing/sealing.ts');
  if (wouldTake !== undefined) return await Sealing.begin(options, context);
  return await Sealing.open(options, folderId, context);
}
