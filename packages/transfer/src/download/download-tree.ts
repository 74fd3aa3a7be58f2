/**
 * A Box folder onto this machine. The walk goes folder by folder, each listed once; a folder's files move
 * while the next folders are listed. Names come from Box: one that could lead out of the target folder is
 * refused, and so is everything below a folder that cannot be had.
 */
import { resolve } from 'node:path';
import type { BoxFile, BoxItem } from '@boxhaul/client';
import { InputError } from '@boxhaul/client';
import { type JobContext, type Planned, runJob } from '../job.ts';
import { Mirror } from '../mirror/mirror.ts';
import { sidesOfDownload } from '../mirror/sides.ts';
import { once } from '../once.ts';
import { type Reason, reason, reasonOf } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { Opening } from '../sealing/opening.ts';
import { type ChoosingInBox, choosingInBox } from '../selection/choosing-in-box.ts';
import { everything } from '../selection/filter.ts';
import { withIgnoreFileOf } from '../selection/source-folder.ts';
import { assertUsable } from '../selection/usable.ts';
import { Streams } from '../streams.ts';
import { isTemporaryName } from '../temporary-files.ts';
import type { DownloadOptions, TransferReport } from '../transfer.ts';
import { unfinishedTagOf, unsafeOnDisk } from '../tree/names.ts';
import { type Findings, pathIn, readBoxFolder, type Walk, walk } from '../tree/tree.ts';
import { type Work, Zipping } from '../zip/zipping.ts';
import { type DiskFolder, openSubfolder, openTargetFolder } from './disk-folder.ts';
import type { DownloadItem } from './download.ts';
import { FETCHED_FIELDS, fileInBox } from './file-in-box.ts';

/**
 * Downloads a Box folder's contents, or one file, into a directory. Folders are made as they are needed,
 * empty ones too (unless the filter is selective). Files are complete and verified before they have their
 * name; what an earlier, killed run left behind in these folders is removed.
 *
 * @throws {InputError} neither or both of `folderId` and `fileId` were given
 * @throws {BoxApiError} the Box folder cannot be listed
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in; `finished` was told before
 * @example
 * ```ts
 * import { download } from '@boxhaul/transfer';
 *
 * const first = await download({ client, folderId, directory: 'incoming' });
 * const second = await download({ client, folderId, directory: 'incoming' });
 * console.log(first.transferred, second.transferred, second.skipped); // 1 0 1
 * ```
 */
export async function download(options: DownloadOptions): Promise<TransferReport> {
  assertUsable(options, 'download');
  const { directory, fileId, filter: asked = everything } = options;
  // One file that is named is meant, whatever is usually ignored.
  const filter = fileId === undefined ? await withIgnoreFileOf(directory, asked) : asked;
  const streams = new Streams(STREAMS);
  const { zip = 'auto' } = options;
  let opening: Opening | undefined;
  using mirror = new Mirror<DownloadItem>(options, () => sidesOfDownload(options, () => opening));
  return await runJob<Work>(
    {
      direction: 'download',
      ends: [options.fileId ?? options.folderId ?? '', resolve(options.directory)],
      begin: async (context) => {
        assertOneSource(options);
        const open = once(() => targetFolder(directory, context));
        // A target that cannot be had ends the job before anything is asked of Box.
        await open();
        opening = options.open && (await beginOpening(options, context));
        const heard = { ...context, ...(opening && { listener: opening }) };
        const found = await mirror.walk(heard, (at) => beginWalk(options, open, opening, at));
        return new Zipping(zip, found, context, streams);
      },
      execute: (work) => work(),
      conclude: (standing, context) => mirror.conclude(standing, context),
    },
    { ...options, filter },
  );
}

/** So many connections beside the first of each large file. */
const STREAMS = 15;

/** A Box folder to visit, and where its contents go. */
interface Visit {
  readonly id: string;
  readonly path: string;
  readonly choosing: ChoosingInBox;
  readonly opening?: Opening;
  /** Finds the folder on this machine, or makes it. */
  open(): Promise<DiskFolder>;
}

type Found = Planned<DownloadItem>;

function assertOneSource({ folderId, fileId }: DownloadOptions): void {
  if ((folderId === undefined) !== (fileId === undefined)) return;
  throw new InputError('download takes a folderId or a fileId');
}

async function beginWalk(
  { folderId, fileId }: DownloadOptions,
  open: () => Promise<DiskFolder>,
  opening: Opening | undefined,
  context: JobContext,
): Promise<Walk<Found>> {
  const choosing = await choosingInBox(context.filter, context);
  const id = fileId ?? folderId ?? '';
  const root: Visit = { id, path: '', choosing, open, ...(opening && { opening }) };
  const visit = fileId === undefined ? visitFolder : visitFile;
  return walk<Visit, Found>(root, (at, findings) => visit(at, findings, context), context);
}

/** Loaded only where something is opened: most runs open nothing. */
async function beginOpening(
  { open: how = {}, folderId }: DownloadOptions,
  context: JobContext,
): Promise<Opening> {
  const { Opening } = await import('../sealing/opening.ts');
  const opening = await Opening.open(how, context);
  if (folderId !== undefined) await opening.findNames(folderId, context);
  return opening;
}

async function targetFolder(directory: string, context: JobContext): Promise<DiskFolder> {
  try {
    return await openTargetFolder(directory, context.dryRun, isKeptIn(context));
  } catch (error) {
    throw new InputError(`${directory} cannot receive files: ${reasonOf(error).words}`, {
      cause: error,
    });
  }
}

function isKeptIn({ memory }: JobContext): (path: string) => boolean {
  return (path) => memory?.state.openDownloads.holds(path) ?? false;
}

async function visitFile(
  visit: Visit,
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<void> {
  const { client, signal } = context;
  const { choosing, opening } = visit;
  const more = opening ? ['parent', ...opening.fields] : [];
  const fields = [...FETCHED_FIELDS, ...choosing.fields, ...more];
  context.expect(1);
  const file = await client.files.get(visit.id, { fields, signal });
  opening?.saw(file);
  await opening?.findNameOf(file, context);
  await foundItem(file, visit, new Set(), findings, context);
}

async function visitFolder(
  visit: Visit,
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<void> {
  try {
    // An empty folder is made too; a chosen few files bring their folders along.
    if (!context.filter.selective) await visit.open();
    const names = new Set<string>();
    for await (const item of readBoxFolder(context, visit.id, visit.choosing.fields)) {
      await foundItem(item, visit, names, findings, context);
    }
  } catch (error) {
    // Without the job's own folder there is no job.
    if (visit.path === '') throw error;
    const result = failureResult(error, visit.path, context.ending, { kind: 'folder' });
    await findings.found({ result });
  }
}

async function foundItem(
  item: BoxItem,
  visit: Visit,
  names: Set<string>,
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<void> {
  const { name, sealed } = visit.opening?.look(item) ?? { name: item.name };
  const path = pathIn(visit.path, name);
  const isFolder = item.type === 'folder';
  if (!(isFolder ? context.filter.entersFolder(path) : context.filter.takesFile(path))) return;
  if (!isFolder && !visit.choosing.takes(item, path)) return;
  const unusable = unusableName(item, name, names, visit.opening);
  names.add(name);
  if (unusable) {
    if (!isFolder) context.plan(1, 0);
    const { state, why } = unusable;
    const kind = isFolder ? 'folder' : 'file';
    await findings.found({ result: settled(state, path, why, { kind, id: item.id }) });
  } else if (isFolder) {
    findings.enter(childVisit(visit, item.id, name, path, context));
  } else if (item.type === 'file') {
    await foundFile(item, { name, path, ...(sealed && { sealed }) }, visit, findings, context);
  }
}

/**
 * What can be said of an item by its name and kind alone, if that settles it.
 * @param name what it would be called here
 */
function unusableName(
  item: BoxItem,
  name: string,
  names: ReadonlySet<string>,
  opening: Opening | undefined,
): { state: 'skipped' | 'failed'; why: Reason } | undefined {
  if (opening?.isNameKey(item)) {
    const words = 'the key of encrypted names, which are opened by it';
    return { state: 'skipped', why: reason('name-key', words) };
  }
  if (item.type === 'web_link') {
    return { state: 'skipped', why: reason('web-link', 'a link to a web page has no contents') };
  }
  const unsafe = unsafeOnDisk(name, process.platform);
  if (unsafe !== undefined) {
    const words = `${JSON.stringify(name)} cannot be a name on this machine: ${unsafe}`;
    return { state: 'failed', why: reason('name-refused', words) };
  }
  if (names.has(name)) {
    const words = 'another item in the same folder in Box has the same name';
    return { state: 'failed', why: reason('name-collision', words) };
  }
  const isUnfinished = unfinishedTagOf(item.name) !== undefined || isTemporaryName(name);
  if (item.type === 'file' && isUnfinished) {
    return { state: 'skipped', why: reason('unfinished', 'a transfer that is not finished') };
  }
  return undefined;
}

function childVisit(
  parent: Visit,
  id: string,
  name: string,
  path: string,
  context: JobContext,
): Visit {
  const open = once(async () => {
    const folder = await openSubfolder(
      await parent.open(),
      name,
      context.dryRun,
      isKeptIn(context),
    );
    context.emit({ type: 'folder', path, id, state: folder.state });
    return folder;
  });
  return { ...parent, id, path, open };
}

async function foundFile(
  file: BoxFile,
  called: Pick<DownloadItem, 'name' | 'path' | 'sealed'>,
  { open }: Visit,
  findings: Findings<Visit, Found>,
  context: JobContext,
): Promise<void> {
  const holds = called.sealed?.by.find(file.sha1);
  context.plan(1, holds?.sizeBytes ?? file.size ?? 0);
  const folder = await open();
  try {
    const item = { ...called, file: { ...fileInBox(file), ...(holds && { holds }) }, folder };
    await findings.found({ item });
  } catch (error) {
    const result = failureResult(error, called.path, context.ending, { id: file.id });
    await findings.found({ result });
  }
}
