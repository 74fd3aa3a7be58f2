/** One file from Box to this machine: compared, fetched, verified, tried again where that can help. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareDownload, decide } from './compare.ts';
import type { DiskFolder } from './disk-folder.ts';
import { fetchFile } from './fetching.ts';
import type { FileInBox } from './file-in-box.ts';
import { sha1OfSource } from './hash.ts';
import { failureResult, type JobContext, settled } from './job.ts';
import { reason, TransferFailure } from './reason.ts';
import { openSource } from './source.ts';
import type { Streams } from './streams.ts';
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

/**
 * Downloads one file. Every outcome is a result but an error that ends the whole run.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function downloadFile(
  item: DownloadItem,
  context: JobContext,
  streams: Streams,
): Promise<TransferResult> {
  const startedMs = performance.now();
  const took = () => ({ ms: Math.round(performance.now() - startedMs) });
  const { id, sha1, sizeBytes: bytes } = item.file;
  try {
    return { ...(await compareAndFetch(item, context, streams)), ...took() };
  } catch (error) {
    if (await cameMeanwhile(error, item, context)) {
      const why = reason('same', 'same contents, which came meanwhile');
      return settled('skipped', item.path, why, { id, sha1, bytes, ...took() });
    }
    return failureResult(error, item.path, context.signal, { id, bytes, ...took() });
  }
}

async function compareAndFetch(
  item: DownloadItem,
  context: JobContext,
  streams: Streams,
): Promise<TransferResult> {
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
      const fetched = await fetchFile(item, occupant, context, streams);
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
