/**
 * Trees into a Box folder. The walk goes folder by folder: what is in the origin, what the
 * Box folder held, and so for each name what is to be done; the files of a folder move while the next
 * folders are read and made. Sources that meet in one folder are merged there, and names that Box cannot
 * tell apart are refused but for one of them, so that nothing of this run overwrites anything of it.
 */
import { type BoxTarget, jobFolder, subfolder } from './box-folder.ts';
import type { Carry } from './carry.ts';
import { carryTo, expectCarry } from './carrying.ts';
import { once } from './contents.ts';
import { diskOrigin } from './disk-origin.ts';
import { failureResult, type JobContext, type Planned, runJob, settled } from './job.ts';
import { type Members, membersOf, withoutCollisions } from './members.ts';
import { Mirror } from './mirror/mirror.ts';
import { sidesOfUpload } from './mirror/sides.ts';
import type { Origin, OriginEntry } from './origin.ts';
import { PartMemory } from './part-memory.ts';
import { PART_MEMORY_BYTES, SESSION_FROM_BYTES } from './plan.ts';
import { type Reason, reasonOf } from './reason.ts';
import { chosenInOrigin } from './selection/choosing-in-origin.ts';
import { assertUsable } from './selection/usable.ts';
import type { TransferReport, TransferResult, UploadMode, UploadOptions } from './transfer.ts';
import { type Findings, pathIn, walk } from './tree.ts';
import { nameInBox, type UploadItem } from './upload.ts';
import { uploadWithDetails } from './uploading.ts';

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
  const { sources, carry } = options;
  const origin = 'identity' in sources ? sources : diskOrigin(sources);
  const memory = new PartMemory(PART_MEMORY_BYTES);
  using mirror = new Mirror<UploadItem>(options, () => sidesOfUpload(options));
  return await runJob<UploadItem>(
    {
      direction: 'upload',
      mode: options.mode,
      ends: [...origin.identity, options.folderId],
      begin: (context) => mirror.walk(context, async (at) => beginWalk(origin, options, at)),
      // What a session holds can be gone on with by the user who opened it, and only by that one.
      execute: (item, context) => {
        const work = (as: JobContext) => uploadWithDetails(item, { as, memory, carry }, context);
        return item.sizeBytes < SESSION_FROM_BYTES ? context.share(item.path, work) : work(context);
      },
      conclude: (standing, context) => mirror.conclude(standing, context),
    },
    options,
  );
}

/** A folder to visit: what is in the origin, in one folder or several, and where it goes. */
interface Visit {
  readonly target: BoxTarget;
  /** Reads what is in it; what cannot be read is told instead. */
  read(): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }>;
  /** Why nothing in it can be sent. */
  readonly blocked?: { why: Reason; error: unknown };
}

type Found = Planned<UploadItem>;

function beginWalk(origin: Origin, options: UploadOptions, context: JobContext) {
  const { folderId, mode, carry } = options;
  const root: Visit = {
    target: jobFolder(context, folderId),
    read: () => origin.top(context),
  };
  const job = { ...context, origin, mode, ...(carry && { carry }) };
  return walk<Visit, Found>(root, (visit, findings) => visitFolder(visit, findings, job), context);
}

/** What every visit of a run needs to know. */
interface UploadContext extends JobContext {
  readonly origin: Origin;
  readonly mode: UploadMode;
  readonly carry?: Carry;
}

async function visitFolder(
  visit: Visit,
  findings: Findings<Visit, Found>,
  context: UploadContext,
): Promise<void> {
  const { target } = visit;
  const { entries, failed } = await visit.read();
  const { origin, filter } = context;
  const chosen = await chosenInOrigin(origin, entries, target.path, filter);
  const members = membersOf(chosen, target.path, filter);
  await foundSettled([...failed, ...members.results], findings, context);
  enterBarred(members, target, findings, context);

  const blocked = visit.blocked ?? (await openTarget(target, members, findings, context));
  const usable = blocked ? members : await withoutCollisions(members, target.path, nameIn(target));
  if (usable !== members) {
    await foundSettled(usable.results, findings, context);
    enterBarred(usable, target, findings, context);
  }
  for (const [name, merged] of usable.folders) {
    findings.enter(childVisit(target, name, merged, blocked, context));
  }
  await findFiles(usable.files, target, blocked, findings, context);
}

function nameIn(target: BoxTarget): (name: string) => Promise<string | undefined> {
  return async (name) => (await target.listing()).find(name)?.name;
}

/** Goes through folders that cannot be sent, so that everything in them is reported as well. */
function enterBarred(
  { barred }: Members,
  target: BoxTarget,
  findings: Findings<Visit, Found>,
  context: UploadContext,
): void {
  for (const { entry, why } of barred) {
    const blocked = { why, error: undefined };
    findings.enter(childVisit(target, entry.name, [entry], blocked, context));
  }
}

/** Hands on what needs no work; files among it count towards the totals all the same. */
async function foundSettled(
  results: readonly TransferResult[],
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<void> {
  const files = results.filter((result) => result.kind === 'file');
  if (files.length > 0) context.plan(files.length, 0);
  for (const result of results) await findings.found({ result });
}

/**
 * Makes the target folder, unless nothing needs it.
 * @returns why nothing below can be sent, if the folder cannot be had
 */
async function openTarget(
  target: BoxTarget,
  { files }: Members,
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<Visit['blocked']> {
  const isJobFolder = target.path === '';
  if (context.filter.selective && files.length === 0 && !isJobFolder) return undefined;
  try {
    await target.open();
    if (files.length > 0 || isJobFolder) await target.listing();
    return undefined;
  } catch (error) {
    // Without the job's own folder there is no job.
    if (isJobFolder) throw error;
    const result = failureResult(error, target.path, context.ending, { kind: 'folder' });
    await findings.found({ result });
    return { why: result.reason ?? reasonOf(error), error };
  }
}

function childVisit(
  parent: BoxTarget,
  name: string,
  merged: readonly OriginEntry[],
  blocked: Visit['blocked'],
  context: UploadContext,
): Visit {
  const target = withDetails(subfolder(context, parent, name), merged, context);
  return {
    target,
    read: () => readFolders(merged, target.path, context),
    ...(blocked && { blocked }),
  };
}

/** A folder that has what comes along with it before anyone puts files into it. */
function withDetails(
  target: BoxTarget,
  merged: readonly OriginEntry[],
  context: UploadContext,
): BoxTarget {
  const { carry } = context;
  if (!carry) return target;
  const open = once(async () => {
    const opened = await target.open();
    const { id, isNew } = opened;
    const inBox = { type: 'folder', id, path: target.path, isNew } as const;
    if (!context.dryRun) await carryTo(inBox, merged, { carry, as: context }, context);
    else if (isNew) expectCarry(carry, merged, context);
    return opened;
  });
  return { ...target, open };
}

async function readFolders(
  folders: readonly OriginEntry[],
  path: string,
  context: UploadContext,
): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }> {
  const entries: OriginEntry[] = [];
  const failed: TransferResult[] = [];
  for (const folder of folders) {
    try {
      for (const entry of await context.origin.list(folder, context)) entries.push(entry);
    } catch (error) {
      failed.push(failureResult(error, path, context.signal, { kind: 'folder' }));
    }
  }
  return { entries, failed };
}

/** How many files' sizes are asked for at once. */
const LOOKS_AT_ONCE = 64;

async function findFiles(
  files: readonly OriginEntry[],
  target: BoxTarget,
  blocked: Visit['blocked'],
  findings: Findings<Visit, Found>,
  context: UploadContext,
): Promise<void> {
  for (let start = 0; start < files.length; start += LOOKS_AT_ONCE) {
    const batch = files.slice(start, start + LOOKS_AT_ONCE);
    const sizes = await Promise.all(batch.map((file) => sizeOf(file, context.origin)));
    context.plan(
      batch.length,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    for (const [index, file] of batch.entries()) {
      const path = pathIn(target.path, file.name);
      const bytes = sizes[index] ?? 0;
      if (blocked) {
        const { why, error } = blocked;
        await findings.found({ result: settled('failed', path, why, { bytes, error }) });
      } else {
        await findings.found({ item: await itemOf(file, path, bytes, target, context) });
      }
    }
  }
}

/** What cannot be looked at counts as nothing, and fails when it is opened. */
async function sizeOf(file: OriginEntry, origin: Origin): Promise<number> {
  const facts = file.facts ?? (await origin.facts(file));
  return facts?.sizeBytes ?? 0;
}

async function itemOf(
  entry: OriginEntry,
  path: string,
  sizeBytes: number,
  target: BoxTarget,
  { origin, mode }: UploadContext,
): Promise<UploadItem> {
  const [{ id: folderId }, listing] = await Promise.all([target.open(), target.listing()]);
  const { name } = entry;
  const inBox = nameInBox(listing.find(name), listing.unfinished(name));
  return { path, name, origin, entry, sizeBytes, folderId, mode, inBox };
}
