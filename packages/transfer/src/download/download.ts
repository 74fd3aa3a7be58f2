/** One file from Box to this machine: compared, fetched, verified, tried again where that can help. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareDownload, decide } from '../compare.ts';
import { sha1OfSource } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { openSource } from '../origins/source.ts';
import { reason, TransferFailure } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { Sealed } from '../sealing/opening.ts';
import type { Streams } from '../streams.ts';
import type { TransferAction, TransferResult } from '../transfer.ts';
import { lookAt, type SeenOnDisk } from '../tree/tree.ts';
import type { DiskFolder } from './disk-folder.ts';
import { fetchFile, fetchOnto } from './fetching.ts';
import { landFromMemory } from './fetching-from-memory.ts';
import { keptPart } from './fetching-in-ranges.ts';
import { landSealedFromMemory } from './fetching-sealed.ts';
import type { FileInBox } from './file-in-box.ts';
import { removeLeftPart } from './partial-file.ts';

/** A file to be downloaded, as Box listed it. */
export interface DownloadItem {
  /** As results name it. */
  readonly path: string;
  readonly name: string;
  readonly file: FileInBox;
  readonly folder: DiskFolder;
  /** How it is opened, if it is sealed. */
  readonly sealed?: Sealed;
}

/** A file that is to be fetched: compared, and found to be new or different here. */
export interface WantedFile {
  readonly item: DownloadItem;
  readonly action: TransferAction;
  /** What was seen under its name, and gives way to it. */
  readonly replaces: SeenOnDisk | undefined;
}

/**
 * Compares a file in Box with what is here: it is to be fetched, or its end is known. Every outcome is a result but an
 * error that ends the whole run.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function compareFile(
  item: DownloadItem,
  context: JobContext,
): Promise<{ wanted: WantedFile } | { result: TransferResult }> {
  const startedMs = performance.now();
  const work = async () => {
    const compared = await compare(item, context);
    if ('state' in compared) return compared;
    if (!context.dryRun) return { wanted: compared };
    const { id, bytes } = shown(item.file);
    const why = reason('dry-run', 'would be fetched');
    return settled('skipped', item.path, why, { id, bytes, action: compared.action });
  };
  const outcome = await outcomeOf(item, context, startedMs, work);
  return 'wanted' in outcome ? outcome : { result: outcome };
}

/**
 * Fetches a file from its own address.
 * @param startedMs when the work on it began, by `performance.now()`
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export function fetchWanted(
  { item, action, replaces }: WantedFile,
  context: JobContext,
  streams: Streams,
  startedMs = performance.now(),
): Promise<TransferResult> {
  return outcomeOf(item, context, startedMs, async () => {
    context.emit({ type: 'file-started', path: item.path, bytes: shown(item.file).bytes });
    return fetchedResult(item, action, await fetchFile(item, replaces, context, streams));
  });
}

/**
 * Gives a file the contents that arrived for it in some other way. They must be in memory, and be right.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export function landWanted(
  { item, action, replaces }: WantedFile,
  bytes: Uint8Array,
  context: JobContext,
): Promise<TransferResult> {
  return outcomeOf(item, context, performance.now(), async () => {
    context.emit({ type: 'file-started', path: item.path, bytes: shown(item.file).bytes });
    const landing = item.sealed
      ? landSealedFromMemory(item, item.sealed, replaces, bytes, context)
      : landFromMemory(item, replaces, bytes);
    return fetchedResult(item, action, await fetchOnto(landing, item, context));
  });
}

/** What work on a file came to, with the time that it took; its errors are results. */
async function outcomeOf<Other extends object>(
  item: DownloadItem,
  context: JobContext,
  startedMs: number,
  work: () => Promise<TransferResult | Other>,
): Promise<TransferResult | Other> {
  const took = () => ({ ms: Math.round(performance.now() - startedMs) });
  const { id, sha1, bytes } = shown(item.file);
  try {
    const outcome = await work();
    if ('state' in outcome && outcome.state !== 'failed') removeWhatIsLeft(item, context);
    return { ...outcome, ...took() };
  } catch (error) {
    if (await cameMeanwhile(error, item, context)) {
      const why = reason('same', 'same contents, which came meanwhile');
      return settled('skipped', item.path, why, { id, sha1, bytes, ...took() });
    }
    return failureResult(error, item.path, context.signal, { id, bytes, ...took() });
  }
}

/** An earlier run may have left a part of a file that came in some other way, or got its name right before a kill. */
function removeWhatIsLeft({ folder, name }: DownloadItem, context: JobContext): void {
  const kept =
    context.dryRun || !folder.hasParts ? undefined : keptPart(join(folder.path, name), context);
  if (kept) removeLeftPart(kept);
}

async function compare(
  item: DownloadItem,
  context: JobContext,
): Promise<WantedFile | TransferResult> {
  const { path, file } = item;
  const { id, sha1, bytes } = shown(file);
  const isOpaque = item.sealed !== undefined && !file.holds;
  const replaces = await occupantOf(item);
  const { force } = context;
  const verdict = await decide(
    (local) =>
      compareDownload({
        sizeBytes: bytes,
        sha1,
        force,
        isOpaque,
        ...(replaces && { occupant: { ...replaces, ...(local !== undefined && { sha1: local }) } }),
      }),
    () => localSha1(item, context),
  );
  switch (verdict.do) {
    case 'fail':
      return settled('failed', path, verdict.reason, { id, bytes });
    case 'skip':
      return settled('skipped', path, verdict.reason, { id, sha1, bytes });
    case 'send':
      return { item, action: verdict.action, replaces };
  }
}

/** The file in Box may have changed since it was listed: `fetched` is what came. */
function fetchedResult(
  { path }: DownloadItem,
  action: TransferAction,
  file: FileInBox,
): TransferResult {
  return { kind: 'file', path, state: 'transferred', action, ...shown(file), ms: 0 };
}

/** What results say of a file: what it holds, if it is sealed and that is known. */
function shown(file: FileInBox) {
  const { id, holds, sizeBytes } = file;
  const { sha1, sizeBytes: bytes } = holds ?? file;
  return { id, sha1, bytes, ...(holds && { sealedBytes: sizeBytes }) };
}

/** No disk refuses a name for its length that has no more bytes than this. */
const SHORT_NAME_BYTES = 140;

/**
 * What has the name on the disk. A name that was not in the folder is not looked for, unless it is so long that the
 * disk may refuse it, which had better be known before its contents come.
 */
async function occupantOf({ folder, name }: DownloadItem): Promise<SeenOnDisk | undefined> {
  const isLong = name.length > SHORT_NAME_BYTES / 3 && Buffer.byteLength(name) > SHORT_NAME_BYTES;
  return isLong || folder.names.has(name) ? lookAt(join(folder.path, name)) : undefined;
}

/** What came in the way may be the work of the same job, running twice. Never throws. */
async function cameMeanwhile(
  error: unknown,
  item: DownloadItem,
  context: JobContext,
): Promise<boolean> {
  const { folder, name, file } = item;
  const isBeaten = error instanceof TransferFailure && BEATEN.has(error.code);
  if (!isBeaten || context.signal.aborted) return false;
  try {
    // A disk that knows no case would open another file under this name.
    const isNamed = (await readdir(folder.path)).includes(name);
    return isNamed && (await localSha1(item, context)) === shown(file).sha1;
  } catch {
    // Not to be read: then the first error is the one to tell.
    return false;
  }
}

const BEATEN: ReadonlySet<string> = new Set([
  'name-collision',
  'changed-on-disk',
  'changed-while-read',
]);

async function localSha1(item: DownloadItem, { signal, memory }: JobContext): Promise<string> {
  item.folder.assertSame();
  const source = await openSource(join(item.folder.path, item.name), {
    known: memory?.state.hashes,
  });
  try {
    return await sha1OfSource(source, signal, memory?.state.hashes);
  } finally {
    await source.close();
  }
}
