/**
 * Trees into one Box folder or several. The walk goes folder by folder: what is in the origin, what the
 * Box folders held, and so for each name what is to be done; the files of a folder move while the next
 * folders are read and made. However many targets there are, the origin is read once. Sources that meet in one
 * folder are merged there, and names that Box cannot tell apart are refused but for one of them, so that nothing of
 * this run overwrites anything of it.
 */

import type { Claims } from '../distribute/claims.ts';
import type { JobContext, Planned } from '../job.ts';
import { once } from '../once.ts';
import { type Origin, type OriginEntry, sizeOf } from '../origins/origin.ts';
import { type Reason, reasonOf } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { chosenInOrigin } from '../selection/choosing-in-origin.ts';
import type { Filter } from '../selection/filter.ts';
import type { TransferResult, UploadMode } from '../transfer.ts';
import { type Findings, pathIn, topPath, type Walk, walk } from '../tree/tree.ts';
import { type BoxTarget, subfolder } from './box-folder.ts';
import type { Carry } from './carry.ts';
import { carryTo, expectCarry } from './carrying.ts';
import { type Members, membersOf, withoutCollisions } from './members.ts';
import { nameInBox } from './name-in-box.ts';
import { readFolders } from './reading-folders.ts';
import type { UploadItem } from './upload-item.ts';

/** One of the folders that a tree goes to; further down, what corresponds there to the folder that is visited. */
export interface Branch {
  /** The target's; empty where it is the only one. Paths of results have it already. */
  readonly label: string;
  /** Which files go there, by their paths below the target. */
  readonly filter: Filter;
  readonly target: BoxTarget;
  /** How files are sealed, and what they and folders are called there then. */
  readonly sealing?: Sealing | undefined;
  /** Why nothing can be sent there. */
  readonly blocked?: { why: Reason; error: unknown } | undefined;
}

/** A file for one target. */
export interface Place {
  readonly label: string;
  readonly target: BoxTarget;
  readonly item: UploadItem;
}

/** A file for all the targets that it goes to. */
export type Places = readonly [Place, ...Place[]];

/** What every visit of a walk needs to know. */
interface ToBox<Item> extends JobContext {
  /** Which files of the origin take part at all. */
  readonly filter: Filter;
  readonly origin: Origin;
  readonly mode: UploadMode;
  /** Which target a folder belongs to, where there are several. */
  readonly claims?: Claims;
  /** What more is done with folders. */
  readonly carry?: Carry | undefined;
  /** What is worked on for one file. */
  gather(places: Places): Item;
}

/** Begins to look for what is to be sent. */
export function walkToBox<Item>(
  branches: readonly Branch[],
  context: ToBox<Item>,
): Walk<Planned<Item>> {
  const root: Visit = { path: '', branches, read: () => context.origin.top(context) };
  const visit = (at: Visit, findings: Found<Item>) => visitFolder(at, findings, context);
  return walk<Visit, Planned<Item>>(root, visit, context);
}

type Found<Item> = Findings<Visit, Planned<Item>>;

/** A folder to visit: what is in the origin, in one folder or several, and where it goes. */
interface Visit {
  /** Below the targets, `/` between names. */
  readonly path: string;
  readonly branches: readonly Branch[];
  /** Reads what is in it; what cannot be read is told instead. */
  read(): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }>;
}

async function visitFolder<Item>(
  { path, branches, read }: Visit,
  findings: Found<Item>,
  context: ToBox<Item>,
): Promise<void> {
  const { entries, failed } = await read();
  const chosen = await chosenInOrigin(context.origin, entries, path, context.filter);
  // One rule for all: names are encrypted in each target or in none.
  const sealing = branches.find((branch) => branch.sealing)?.sealing;
  const refusal = sealing?.whyRefused.bind(sealing);
  const sort = (filter: Filter) => membersOf(chosen, path, filter, refusal);
  const sorted = new Map<Filter, Members>();
  for (const { filter } of branches) {
    if (!sorted.has(filter)) sorted.set(filter, sort(filter));
  }
  const ready = await Promise.all(
    branches.map(async (branch) => {
      const members = sorted.get(branch.filter) ?? sort(branch.filter);
      await foundSettled([...failed, ...members.results], branch, findings, context);
      return openBranch({ branch, members }, path, findings, context);
    }),
  );
  for (const [name, going] of goingTo(ready, ({ folders }) => folders.keys())) {
    const merged = ready.find(({ members }) => members.folders.has(name))?.members.folders;
    findings.enter(childVisit(path, name, merged?.get(name) ?? [], going, context));
  }
  await findFiles(
    goingTo(ready, ({ files }) => files),
    path,
    findings,
    context,
  );
}

/** A branch, and what of the folder goes there. */
interface Ready {
  readonly branch: Branch;
  readonly members: Members;
}

async function openBranch<Item>(
  { branch, members }: Ready,
  path: string,
  findings: Found<Item>,
  context: ToBox<Item>,
): Promise<Ready> {
  enterBarred(members, branch, path, findings, context);
  const blocked = branch.blocked ?? (await openTarget(branch, members, path, findings, context));
  if (blocked) return { branch: { ...branch, blocked }, members };
  const usable = await withoutCollisions(members, path, nameIn(branch), branch.sealing?.folded);
  if (usable !== members) {
    await foundSettled(usable.results, branch, findings, context);
    enterBarred(usable, branch, path, findings, context);
  }
  return { branch, members: usable };
}

function nameIn({ target, sealing }: Branch): (name: string) => Promise<string | undefined> {
  return async (name) => {
    const listing = await target.listing();
    return sealing ? sealing.nameIn(listing, name) : listing.find(name)?.name;
  };
}

/** What goes somewhere, each once, and all branches that it goes to. */
function goingTo<What>(
  ready: readonly Ready[],
  of: (members: Members) => Iterable<What>,
): Iterable<Going<What>> {
  const [first, ...others] = ready;
  return first && others.length === 0 ? goingToOne(first, of) : goingToSeveral(ready, of);
}

type Going<What> = readonly [What, readonly Branch[]];

/** To the only target nothing has to be gathered first: a folder may hold hundreds of thousands. */
function* goingToOne<What>(
  { branch, members }: Ready,
  of: (members: Members) => Iterable<What>,
): Generator<Going<What>> {
  const branches = [branch];
  for (const what of of(members)) yield [what, branches];
}

function goingToSeveral<What>(
  ready: readonly Ready[],
  of: (members: Members) => Iterable<What>,
): Map<What, Branch[]> {
  const going = new Map<What, Branch[]>();
  for (const { branch, members } of ready) {
    for (const what of of(members)) {
      const branches = going.get(what);
      if (branches) branches.push(branch);
      else going.set(what, [branch]);
    }
  }
  return going;
}

/** Goes through folders that cannot be sent, so that everything in them is reported as well. */
function enterBarred<Item>(
  { barred }: Members,
  branch: Branch,
  path: string,
  findings: Found<Item>,
  context: ToBox<Item>,
): void {
  for (const { entry, why } of barred) {
    const blocked = { ...branch, blocked: { why, error: undefined } };
    findings.enter(childVisit(path, entry.name, [entry], [blocked], context));
  }
}

/** Hands on what needs no work; files among it count towards the totals all the same. */
async function foundSettled<Item>(
  results: readonly TransferResult[],
  branch: Branch,
  findings: Found<Item>,
  context: JobContext,
): Promise<void> {
  const files = results.filter((result) => result.kind === 'file');
  if (files.length > 0) context.plan(files.length, 0);
  for (const result of results) await findings.found({ result: inBranch(branch, result) });
}

/** A result as it is told of one target among several. */
function inBranch({ label }: Branch, result: TransferResult): TransferResult {
  if (label === '') return result;
  return { ...result, path: pathIn(topPath(label), result.path), target: label };
}

/**
 * Makes the target folder, unless nothing needs it.
 * @returns why nothing below can be sent, if the folder cannot be had
 */
async function openTarget<Item>(
  { label, target, filter }: Branch,
  { files }: Members,
  path: string,
  findings: Found<Item>,
  context: ToBox<Item>,
): Promise<Branch['blocked']> {
  const isTop = path === '';
  if (filter.selective && files.length === 0 && !isTop) return undefined;
  try {
    const { id } = await target.open();
    context.claims?.take(id, label);
    if (files.length > 0 || isTop) await target.listing();
    return undefined;
  } catch (error) {
    // Without its only target there is no job.
    if (isTop && label === '') throw error;
    const result = failureResult(error, target.path, context.ending, { kind: 'folder' });
    await findings.found({ result: label === '' ? result : { ...result, target: label } });
    return { why: result.reason ?? reasonOf(error), error };
  }
}

function childVisit<Item>(
  parentPath: string,
  name: string,
  merged: readonly OriginEntry[],
  branches: readonly Branch[],
  context: ToBox<Item>,
): Visit {
  const path = pathIn(parentPath, name);
  return {
    path,
    branches: branches.map((branch) => ({
      ...branch,
      target: withDetails(
        subfolder(context, branch.target, name, branch.sealing?.folderName(name)),
        merged,
        context,
      ),
    })),
    read: () => readFolders(merged, path, context),
  };
}

/** A folder that has what comes along with it before anyone puts files into it. */
function withDetails<Item>(
  target: BoxTarget,
  merged: readonly OriginEntry[],
  context: ToBox<Item>,
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

/** How many files' sizes are asked for at once. */
const LOOKS_AT_ONCE = 64;

async function findFiles<Item>(
  going: Iterable<Going<OriginEntry>>,
  folderPath: string,
  findings: Found<Item>,
  context: ToBox<Item>,
): Promise<void> {
  for (const batch of batchesOf(going)) {
    const sizes = await Promise.all(batch.map(([file]) => sizeOf(file, context.origin)));
    const sizeAt = (index: number) => sizes[index] ?? 0;
    context.plan(
      batch.reduce((sum, [, branches]) => sum + branches.length, 0),
      batch.reduce((sum, [, branches], index) => sum + branches.length * sizeAt(index), 0),
    );
    for (const [index, [file, branches]] of batch.entries()) {
      const bytes = sizeAt(index);
      const path = pathIn(folderPath, file.name);
      for (const branch of branches) {
        if (!branch.blocked) continue;
        const { why, error } = branch.blocked;
        const failed = settled('failed', path, why, { bytes, error });
        await findings.found({ result: inBranch(branch, failed) });
      }
      const open = branches.filter(({ blocked }) => !blocked);
      const [first, ...others] = await Promise.all(
        open.map((branch) => placeOf(file, bytes, branch, context)),
      );
      if (first) await findings.found({ item: context.gather([first, ...others]) });
    }
  }
}

function* batchesOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < LOOKS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function placeOf<Item>(
  entry: OriginEntry,
  sizeBytes: number,
  { label, target, sealing }: Branch,
  { origin, mode }: ToBox<Item>,
): Promise<Place> {
  const [{ id: folderId }, listing] = await Promise.all([target.open(), target.listing()]);
  const { name } = entry;
  const inBox = sealing
    ? sealing.inBox(name, listing)
    : nameInBox(listing.find(name), listing.unfinished(name));
  const path = pathIn(target.path, name);
  const item = { path, name, origin, entry, sizeBytes, folderId, mode, inBox };
  return { label, target, item: { ...item, ...(sealing && { sealing }) } };
}
