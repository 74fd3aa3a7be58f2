/** One file from Box to this machine: compared, fetched, verified, tried again where that can help. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoxFile, BoxhaulError } from '@boxhaul/client';
import { compareDownload, decide } from './compare.ts';
import type { DiskFolder } from './disk-folder.ts';
import { EMPTY_SHA1, RunningSha1, sha1OfSource } from './hash.ts';
import { failureResult, type JobContext, settled } from './job.ts';
import { progressOf } from './progress.ts';
import { reason, reasonOf, TransferFailure } from './reason.ts';
import { openSink, type Sink } from './sink.ts';
import { openSource } from './source.ts';
import type { TransferResult } from './transfer.ts';
import { lookAt, type SeenOnDisk } from './tree.ts';

/** A file to be downloaded, as Box listed it. */
export interface DownloadItem {
  /** As results name it. */
  readonly path: string;
  readonly name: string;
  readonly file: FileInBox;
  readonly folder: DiskFolder;
}

/** What has to be known of a file in Box to fetch it and to know that it was fetched. */
export interface FileInBox {
  readonly id: string;
  readonly sizeBytes: number;
  readonly sha1: string;
  readonly versionId?: string;
  readonly modifiedAt?: Date;
}

/** What Box has to say about a file for that. */
export const FETCHED_FIELDS = ['name', 'size', 'sha1', 'file_version', 'content_modified_at'];

/** How often all of a file is fetched when what arrives is wrong. */
const TRIES = 3;

/** How often in a row a broken connection is mended without getting much further. */
const MENDS = 5;

/** Getting this much further makes a broken connection the first in a row. */
const FURTHER_BYTES = 8 * 1024 * 1024;

/**
 * Downloads one file. Every outcome is a result but an error that ends the whole run.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function downloadFile(
  item: DownloadItem,
  context: JobContext,
): Promise<TransferResult> {
  const startedMs = performance.now();
  const took = () => ({ ms: Math.round(performance.now() - startedMs) });
  const { id, sha1, sizeBytes: bytes } = item.file;
  try {
    return { ...(await compareAndFetch(item, context)), ...took() };
  } catch (error) {
    if (await cameMeanwhile(error, item, context)) {
      const why = reason('same', 'same contents, which came meanwhile');
      return settled('skipped', item.path, why, { id, sha1, bytes, ...took() });
    }
    return failureResult(error, item.path, context.signal, { id, bytes, ...took() });
  }
}

async function compareAndFetch(item: DownloadItem, context: JobContext): Promise<TransferResult> {
  const { path, file } = item;
  const { id, sha1, sizeBytes: bytes } = file;
  const occupant = await occupantOf(item);
  const { force } = context;
  const verdict = await decide(
    (local) =>
      compareDownload({
        sizeBytes: bytes,
        sha1,
        force,
        ...(occupant && { occupant: { ...occupant, ...(local !== undefined && { sha1: local }) } }),
      }),
    () => localSha1(item, context),
  );
  switch (verdict.do) {
    case 'fail':
      return settled('failed', path, verdict.reason, { id, bytes });
    case 'skip':
      return settled('skipped', path, verdict.reason, { id, sha1, bytes });
    case 'send': {
      const { action } = verdict;
      if (context.dryRun) {
        return settled('skipped', path, reason('dry-run', 'would be fetched'), {
          id,
          bytes,
          action,
        });
      }
      context.emit({ type: 'file-started', path, bytes });
      const fetched = await fetchInto(item, occupant, context);
      return {
        kind: 'file',
        path,
        state: 'transferred',
        action,
        id,
        sha1: fetched.sha1,
        bytes: fetched.sizeBytes,
        ms: 0,
      };
    }
  }
}

/** What has the name on the disk; a name that was not in the folder is not looked for. */
async function occupantOf(item: DownloadItem): Promise<SeenOnDisk | undefined> {
  return item.folder.names.has(item.name) ? lookAt(join(item.folder.path, item.name)) : undefined;
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
    return isNamed && (await localSha1(item, context)) === file.sha1;
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
  const source = await openSource(join(item.folder.path, item.name));
  try {
    return await sha1OfSource(source, signal, memory?.state.hashes);
  } finally {
    await source.close();
  }
}

async function fetchInto(
  item: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
): Promise<FileInBox> {
  const sink = openSink(item.folder, item.name, replaces);
  try {
    const file = await fetchVerified(item, sink, context);
    const named = await sink.finish(file.modifiedAt);
    const path = join(item.folder.path, item.name);
    if (named) context.memory?.state.hashes.write(path, named, file.sha1);
    return file;
  } finally {
    await sink.discard();
  }
}

/** Fetches until what the sink has is what Box has; the file in Box may change in the meantime. */
async function fetchVerified(
  item: DownloadItem,
  sink: Sink,
  context: JobContext,
): Promise<FileInBox> {
  const { client, signal } = context;
  let { file } = item;
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchAndCompare(item.path, file, sink, context);
      return file;
    } catch (error) {
      const canHelp = error instanceof BoxhaulError && error.recovery === 'restart';
      if (!canHelp || attempt === TRIES) throw error;
      const why = reasonOf(error);
      context.emit({ type: 'retry', path: item.path, attempt: attempt + 1, reason: why });
      file = fileInBox(await client.files.get(file.id, { fields: FETCHED_FIELDS, signal }));
      await sink.restart();
    }
  }
}

async function fetchAndCompare(
  path: string,
  file: FileInBox,
  sink: Sink,
  context: JobContext,
): Promise<void> {
  const arrived = await fetchAll(path, file, sink, context);
  if (arrived === file.sha1) return;
  throw new TransferFailure(
    'wrong-contents',
    `what arrived has the SHA-1 ${arrived}, and Box says ${file.sha1}`,
    { recovery: 'restart' },
  );
}

/**
 * Fetches all bytes of one version, going on behind what has arrived when the connection breaks.
 * @returns the SHA-1 of what arrived
 */
async function fetchAll(
  path: string,
  file: FileInBox,
  sink: Sink,
  context: JobContext,
): Promise<string> {
  if (file.sizeBytes === 0) return EMPTY_SHA1;
  const arrived = new RunningSha1();
  const onProgress = progressOf(context, path, file.sizeBytes);
  let doneBytes = 0;
  let brokeAtBytes = 0;
  let mends = 0;
  const take = async (chunk: Uint8Array) => {
    arrived.add(chunk);
    doneBytes += chunk.byteLength;
    await sink.write(chunk);
    onProgress(doneBytes);
  };
  for (;;) {
    try {
      await fetchFrom(doneBytes, file, take, context);
      return arrived.hex();
    } catch (error) {
      mends = doneBytes - brokeAtBytes >= FURTHER_BYTES ? 1 : mends + 1;
      brokeAtBytes = doneBytes;
      if (!canBeMended(error) || mends > MENDS || context.signal.aborted) throw error;
      if (doneBytes === file.sizeBytes) return arrived.hex();
      context.emit({ type: 'retry', path, attempt: mends + 1, reason: reasonOf(error) });
      await pause(pauseMs(mends), undefined, { signal: context.signal });
    }
  }
}

async function fetchFrom(
  start: number,
  file: FileInBox,
  take: (chunk: Uint8Array) => Promise<void>,
  { client, signal }: JobContext,
): Promise<void> {
  const download = await client.files.download(file.id, {
    signal,
    // Going on, it must be the version that was begun, or its end would not fit its beginning.
    ...(start > 0 && { range: { start }, versionId: file.versionId }),
  });
  // Another size is another version: its SHA-1 will say so, unless it never ends.
  if (download.totalBytes !== file.sizeBytes) {
    download.cancel();
    throw new TransferFailure('changed-on-box', 'the file in Box changed while it was fetched', {
      recovery: 'restart',
    });
  }
  for await (const chunk of download.body) await take(chunk);
}

function canBeMended(error: unknown): boolean {
  return error instanceof BoxhaulError && error.recovery === 'retry';
}

/** The client has its own patience with Box; this is only so as not to spin. */
function pauseMs(mends: number): number {
  return 50 * 2 ** mends * Math.random();
}

/** @throws {TransferFailure} Box did not say what has to be known */
export function fileInBox(file: BoxFile): FileInBox {
  const { id, size, sha1 } = file;
  if (size === undefined || !/^[0-9a-f]{40}$/.test(sha1)) {
    throw new TransferFailure('box-error', 'Box did not say its size and SHA-1');
  }
  const modifiedAt = new Date(file.content_modified_at ?? Number.NaN);
  return {
    id,
    sizeBytes: size,
    sha1,
    ...(file.file_version && { versionId: file.file_version.id }),
    ...(!Number.isNaN(modifiedAt.getTime()) && { modifiedAt }),
  };
}
