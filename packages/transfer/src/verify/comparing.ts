/**
 * Both sides gone through together, folder by folder: what the source has, and what Box holds beside it. What has a name
 * on one side only, or is of another kind on the other, is told at once; files that both have are handed on.
 */
import type { BoxItem } from '@boxhaul/client';
import { NAME_KEY_FILE } from '@boxhaul/seal';
import type { JobContext, Planned } from '../job.ts';
import { filterThere, rootsOf } from '../mirror/ignoring-there.ts';
import { type Origin, type OriginEntry, sizeOf } from '../origins/origin.ts';
import { meansContents } from '../origins/sources.ts';
import { type Reason, reason } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { SealOptions } from '../sealing/options.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { choosingInBox } from '../selection/choosing-in-box.ts';
import { chosenInOrigin } from '../selection/choosing-in-origin.ts';
import type { TransferResult } from '../transfer.ts';
import { foldName } from '../tree/names.ts';
import {
  type DiskEntry,
  type Findings,
  pathIn,
  readBoxFolder,
  type Walk,
  walk,
} from '../tree/tree.ts';
import { type Listing, listingOf } from '../upload/box-folder.ts';
import { type Members, membersOf, withoutCollisions } from '../upload/members.ts';
import { readFolders } from '../upload/reading-folders.ts';
import { inTheWay, namedOtherwise, type Occupant } from './judging.ts';
import { type ExtraFolder, foundBeside, type LookingInBox, visitExtra } from './only-in-box.ts';

/** A file that both sides have. */
export interface Compared {
  readonly path: string;
  readonly origin: Origin;
  readonly entry: OriginEntry;
  readonly sizeBytes: number;
  readonly occupant: Occupant;
}

/** What is compared. */
export interface Sides {
  readonly sources: readonly string[] | Origin;
  readonly origin: Origin;
  readonly folderId: string;
  readonly seal?: SealOptions | undefined;
}

type Found = Findings<Visit, Planned<Compared>>;

/** A folder that ought to be in Box. */
interface Pair {
  readonly path: string;
  /** In Box; or why there is none. */
  readonly there: { readonly id: string } | { readonly missing: Reason };
  /** Whether what Box has beside what the source has is extra: not where only some names of a folder were sent. */
  readonly isWhole: boolean;
  /** Folders of this machine whose rules say what is left out. */
  readonly ruled: readonly DiskEntry[];
  read(): Promise<{ entries: readonly OriginEntry[]; failed: TransferResult[] }>;
}

type Visit = Pair | ExtraFolder;

/** What every visit needs to know. */
interface Comparing extends LookingInBox {
  readonly origin: Origin;
  /** Whether `.boxhaulignore` files speak: those of this machine do. */
  readonly isOnDisk: boolean;
  /** What is in Box is sealed: what it is called there, and what it holds. */
  readonly sealing?: Sealing | undefined;
}

/** Begins to look for what there is on both sides. */
export async function comparingWalk(
  { sources, origin, folderId, seal }: Sides,
  context: JobContext,
): Promise<Walk<Planned<Compared>>> {
  const isOnDisk = !('identity' in sources);
  const root: Pair = {
    path: '',
    there: { id: folderId },
    isWhole: !isOnDisk || sources.some(meansContents),
    ruled: isOnDisk ? await ruledRoots(sources) : [],
    read: () => origin.top(context),
  };
  const choosing = await choosingInBox(context.filter, context);
  const sealing = seal && (await openSealing(seal, folderId, context));
  const heard = sealing && { sealing, listener: sealing };
  const comparing = { ...context, origin, choosing, isOnDisk, ...heard };
  const visit = (at: Visit, findings: Found) =>
    'extraId' in at ? visitExtra(at, findings, comparing) : visitPair(at, findings, comparing);
  return walk<Visit, Planned<Compared>>(root, visit, context);
}

/** Loaded only where something is sealed. As in a dry run nothing is made in Box for it. */
async function openSealing(
  options: SealOptions,
  folderId: string,
  context: JobContext,
): Promise<Sealing> {
  const { Sealing } = await import('../sealing/sealing.ts');
  return await Sealing.open(options, folderId, { ...context, dryRun: true });
}

/** One that is not there is told by whoever reads it. */
async function ruledRoots(sources: readonly string[]): Promise<DiskEntry[]> {
  const roots = await rootsOf(sources).catch(() => []);
  return roots.map((root) => ({ name: '', kind: 'folder', ...root }));
}

async function visitPair(pair: Pair, findings: Found, context: Comparing): Promise<void> {
  const { path, there } = pair;
  const { entries, failed } = await pair.read();
  const chosen = await chosenInOrigin(context.origin, entries, path, context.filter);
  const { sealing } = context;
  const refusal = sealing?.whyRefused.bind(sealing);
  const members = membersOf(chosen, path, context.filter, refusal);
  await tell([...failed, ...members.results], findings, context);
  for (const { entry, why } of members.barred) {
    findings.enter(childOf(pair, entry.name, [entry], { missing: why }, context));
  }
  if ('missing' in there) {
    for (const [name, merged] of members.folders) {
      findings.enter(childOf(pair, name, merged, there, context));
    }
    for (const file of members.files)
      await tellMissing(file, path, there.missing, findings, context);
    return;
  }
  // What could not be read may well have what Box has.
  const isWhole = pair.isWhole && failed.length === 0;
  const listing = await listed({ ...pair, isWhole }, there.id, entries, findings, context);
  if (!listing) return;
  const nameInBox = async (name: string) =>
    sealing ? sealing.nameIn(listing, name) : listing.find(name)?.name;
  const usable = await withoutCollisions(members, path, nameInBox, sealing?.folded);
  if (usable !== members) await tell(usable.results, findings, context);
  await compareFolders(pair, usable, listing, findings, context);
  await compareFiles(pair, usable, listing, findings, context);
}

/** What Box has under the names of the source; what else it has is told. */
async function listed(
  { path, ruled, isWhole }: Pair,
  folderId: string,
  entries: readonly OriginEntry[],
  findings: Found,
  context: Comparing,
): Promise<Listing | undefined> {
  const { isOnDisk, choosing, sealing } = context;
  const names = new Set(entries.flatMap((entry) => namesThere(entry, sealing)).map(foldName));
  if (sealing && path === '') names.add(foldName(NAME_KEY_FILE));
  const filter = isOnDisk
    ? await filterThere(context.filter, ruled, entries as readonly DiskEntry[], path)
    : context.filter;
  async function* known(): AsyncGenerator<BoxItem, void, void> {
    for await (const item of readBoxFolder(context, folderId, choosing.fields)) {
      if (names.has(foldName(item.name))) yield item;
      else if (isWhole) await foundBeside(item, path, filter, findings, context);
    }
  }
  try {
    return await listingOf(known(), { isCopiedFrom: false });
  } catch (error) {
    // Without the folder itself there is nothing to compare with.
    if (path === '') throw error;
    const result = failureResult(error, path, context.ending, { kind: 'folder' });
    await findings.found({ result });
    return undefined;
  }
}

/** All that something may be called in Box. */
function namesThere({ name, kind }: OriginEntry, sealing: Sealing | undefined): readonly string[] {
  if (!sealing) return [name];
  return [name, ...(kind === 'folder' ? [sealing.folderName(name)] : sealing.namesOf(name))];
}

async function compareFolders(
  pair: Pair,
  { folders }: Members,
  listing: Listing,
  findings: Found,
  context: Comparing,
): Promise<void> {
  for (const [name, merged] of folders) {
    const path = pathIn(pair.path, name);
    const nameInBox = context.sealing?.folderName(name) ?? name;
    const occupant = listing.find(nameInBox);
    const why = whatIsWrong(nameInBox, occupant);
    // Where files were chosen, a folder counts for what is in it.
    if (why && (occupant || !context.filter.selective)) {
      const { id } = occupant ?? {};
      const details = { kind: 'folder', ...(id !== undefined && { id }) } as const;
      await findings.found({ result: settled('failed', path, why, details) });
    }
    const there =
      occupant?.type === 'folder'
        ? { id: occupant.id }
        : { missing: why ?? reason('missing', NOT_THERE) };
    findings.enter(childOf(pair, name, merged, there, context));
  }
}

const NOT_THERE = 'it is not in Box';

function whatIsWrong(name: string, occupant: Occupant | undefined): Reason | undefined {
  if (!occupant) return reason('missing', NOT_THERE);
  if (occupant.type !== 'folder') return inTheWay(occupant, 'folder');
  return occupant.name === name ? undefined : namedOtherwise(occupant.name);
}

async function compareFiles(
  { path: folderPath }: Pair,
  { files }: Members,
  listing: Listing,
  findings: Found,
  context: Comparing,
): Promise<void> {
  const { origin, sealing } = context;
  for (const entry of files) {
    const { occupant, why } = lookedUp(entry.name, listing, sealing);
    if (!occupant) {
      await tellMissing(entry, folderPath, reason('missing', NOT_THERE), findings, context);
      continue;
    }
    const sizeBytes = await sizeOf(entry, origin);
    context.plan(1, sizeBytes);
    const path = pathIn(folderPath, entry.name);
    if (why) {
      const details = { bytes: sizeBytes, id: occupant.id };
      await findings.found({ result: settled('failed', path, why, details) });
    } else await findings.found({ item: { path, origin, entry, sizeBytes, occupant } });
  }
}

/** What Box has for a file, by what it holds; or why that is not to be known. */
function lookedUp(
  name: string,
  listing: Listing,
  sealing: Sealing | undefined,
): { occupant?: Occupant | undefined; why?: Reason } {
  if (!sealing) return { occupant: listing.find(name) };
  const { occupant, changed } = sealing.inBox(name, listing);
  if (!occupant) return {};
  if (changed) return { occupant, why: changed.reason };
  const { type, id, sizeBytes: size, sha1, isOpaque } = sealing.opened(occupant, name);
  const held = {
    ...{ type, id, name },
    ...(size !== undefined && { size }),
    ...(sha1 !== undefined && { sha1 }),
  };
  if (type !== 'file' || !isOpaque) return { occupant: held };
  const words = 'it is sealed, and nobody here knows what it holds';
  return { occupant: held, why: reason('not-opened', words) };
}

/** A file whose folder is not there is missing as well; one whose name Box refuses is refused. */
async function tellMissing(
  entry: OriginEntry,
  folderPath: string,
  why: Reason,
  findings: Found,
  context: Comparing,
): Promise<void> {
  const bytes = await sizeOf(entry, context.origin);
  context.plan(1, bytes);
  const isRefused = why.code === 'name-refused' || why.code === 'name-collision';
  const told = isRefused ? why : reason('missing', NOT_THERE);
  const path = pathIn(folderPath, entry.name);
  await findings.found({ result: settled('failed', path, told, { bytes }) });
}

function childOf(
  parent: Pair,
  name: string,
  merged: readonly OriginEntry[],
  there: Pair['there'],
  context: Comparing,
): Pair {
  const path = pathIn(parent.path, name);
  const ruled = context.isOnDisk ? (merged as readonly DiskEntry[]) : [];
  return { path, there, isWhole: true, ruled, read: () => readFolders(merged, path, context) };
}

/** Files among what is settled count towards the totals all the same. */
async function tell(
  results: readonly TransferResult[],
  findings: Found,
  context: JobContext,
): Promise<void> {
  const files = results.filter(({ kind }) => kind === 'file');
  if (files.length > 0) context.plan(files.length, 0);
  for (const result of results) await findings.found({ result });
}
