/** One tree to many Box folders: read once, sent once, copied to where Box can. */
import { InputError } from '@boxhaul/client';
import { type JobContext, type Planned, runJob } from '../job.ts';
import { diskOrigin } from '../origins/disk-origin.ts';
import type { Origin } from '../origins/origin.ts';
import { PART_MEMORY_BYTES } from '../plan.ts';
import { reasonOf } from '../reason.ts';
import { failureResult } from '../result.ts';
import type { SealOptions } from '../sealing/options.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { everything, onlyBelow } from '../selection/filter.ts';
import { assertUsable } from '../selection/usable.ts';
import type { DistributeOptions, DistributionTarget, TransferReport } from '../transfer.ts';
import { topPath, type Walk } from '../tree/tree.ts';
import { distributionFolder } from '../upload/box-folder.ts';
import { PartMemory } from '../upload/part-memory.ts';
import { type Branch, type Places, walkToBox } from '../upload/walk-to-box.ts';
import { Claims } from './claims.ts';
import { Deliverer } from './delivering.ts';

/**
 * Brings files and folders to several Box folders. Each file is read once and, unless `via` is `upload`, sent once: Box
 * copies it to the other targets, a call each and no bytes. What cannot be had or written to of one target does not
 * hold up the others; each file has a result for each target.
 *
 * @throws {InputError} there are no targets, or two have the same label or folder
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in; `finished` was told before
 * @example
 * ```ts
 * import { distribute } from '@boxhaul/transfer';
 *
 * const { id } = await client.folders.create({ name: 'Archive', parentId: '0' });
 * const targets = [
 *   { label: '/Reports', folderId },
 *   { label: '/Archive', folderId: id },
 * ];
 * const report = await distribute({ client, sources: ['report.txt'], targets, mode: 'update' });
 * if (report.failed > 0) throw new Error(`${report.failed} files did not arrive`);
 * ```
 */
export async function distribute(options: DistributeOptions): Promise<TransferReport> {
  assertUsable(options, 'upload');
  assertApart(options.targets);
  assertThere(options);
  const { sources, mode, via = 'auto', seal, dryRun, remember } = options;
  if (seal && !dryRun) remember?.state.stagedFiles.removeForgotten();
  const origin = 'identity' in sources ? sources : diskOrigin(sources);
  const labels = options.targets.map(({ label }) => label).sort();
  const deliverer = new Deliverer(via, new PartMemory(PART_MEMORY_BYTES));
  return await runJob<Places>(
    {
      direction: 'upload',
      mode,
      ends: ['distribute', ...origin.identity, ...labels],
      begin: (context) => beginWalk(origin, options, context),
      async execute(places, context) {
        await deliverer.deliver(places, context);
        return undefined;
      },
    },
    options,
  );
}

async function beginWalk(
  origin: Origin,
  { targets, mode, filter = everything, seal }: DistributeOptions,
  context: JobContext,
): Promise<Walk<Planned<Places>>> {
  const claims = new Claims();
  const sealing = seal && (await beginSealing(seal, context));
  const job = { ...context, ...(sealing && { listener: sealing }) };
  const branches: Branch[] = [];
  for (const at of targets) {
    if ('folderId' in at) claims.take(at.folderId, at.label);
    const chosen = context.only ? onlyBelow(filter, context.only, topPath(at.label)) : filter;
    if (!chosen) continue;
    const { target, sealed } = await sealedInto(at, sealing, job);
    branches.push({
      label: at.label,
      filter: chosen,
      target: distributionFolder(job, target),
      ...(sealed && { sealing: sealed }),
    });
  }
  const gather = (places: Places) => places;
  return walkToBox<Places>(branches, { ...job, filter, origin, mode, claims, gather });
}

/** Loaded only where something is sealed: most runs seal nothing. */
async function beginSealing(options: SealOptions, context: JobContext): Promise<Sealing> {
  const { Sealing } = await import('../sealing/sealing.ts');
  return await Sealing.begin(options, context);
}

/** A target with what its names are encrypted with; one that cannot be had does not hold up the others. */
async function sealedInto(
  target: DistributionTarget,
  sealing: Sealing | undefined,
  context: JobContext,
): Promise<{ target: DistributionTarget; sealed?: Sealing }> {
  if (!sealing || 'missing' in target) return { target };
  // What names are encrypted with would be made there, too: how they would be written makes no difference to the plan.
  if ('wouldTake' in target) return { target, sealed: sealing };
  try {
    return { target, sealed: await sealing.into(target.folderId, context) };
  } catch (error) {
    const { label } = target;
    const { reason } = failureResult(error, topPath(label), context.signal, { kind: 'folder' });
    return { target: { label, missing: reason ?? reasonOf(error) } };
  }
}

/** @throws {InputError} */
function assertThere({ targets, dryRun }: DistributeOptions): void {
  if (dryRun || !targets.some((target) => 'wouldTake' in target)) return;
  throw new InputError('folders that would be made are targets of a dry run only');
}

/** @throws {InputError} */
function assertApart(targets: readonly DistributionTarget[]): void {
  if (targets.length === 0) throw new InputError('it is not said which folders it goes to');
  const seen = new Set<string>();
  for (const target of targets) {
    const names = [`label ${target.label}`];
    if ('folderId' in target) names.push(`folder ${target.folderId}`);
    if (!/^(?!.*\/\/)[\s\S]*[^/]$/.test(target.label)) {
      throw new InputError(`"${target.label}" is no label: it is empty, ends in / or has // in it`);
    }
    for (const name of names) {
      if (seen.has(name))
        throw new InputError(`two targets have the ${name}: name each folder once`);
      seen.add(name);
    }
  }
}
