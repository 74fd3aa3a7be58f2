/** A file's contents from Box onto this machine's disk, until what is there is what Box has. */
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { BoxhaulError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { RANGES_FROM_BYTES } from '../plan.ts';
import { reasonOf, TransferFailure } from '../reason.ts';
import type { Held } from '../state/seals.ts';
import type { Streams } from '../streams.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DownloadItem } from './download.ts';
import { landInOneStream } from './fetching-in-one-stream.ts';
import { landInRanges } from './fetching-in-ranges.ts';
import { landSealed } from './fetching-sealed.ts';
import { FETCHED_FIELDS, type FileInBox, fileInBox } from './file-in-box.ts';

/** Where the bytes of one file arrive. */
export interface Landing {
  /**
   * Fetches what is missing of this version, mending broken connections.
   * @returns the SHA-1 of all that is there
   */
  fetch(file: FileInBox): Promise<string>;
  /** Forgets what arrived, for the bytes of this version. */
  restart(file: FileInBox): Promise<void>;
  /** Gives the file its time and its real name; see a sink's `finish`. */
  finish(modifiedAt?: Date): Promise<BigIntStats | undefined>;
  /** What is under the name, where that is not what was fetched but what was sealed in it; known when it has it. */
  held?(): Held | undefined;
  /** Puts away what is there, as the error allows. Never throws. */
  giveUp(error: unknown): Promise<void>;
}

/** How often all of a file is fetched when what arrives is wrong. */
const TRIES = 3;

/**
 * Fetches a file under its name.
 * @param replaces what was seen under that name and is to be replaced
 * @returns what was fetched: the file in Box may have changed since it was listed
 */
export async function fetchFile(
  item: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
  streams: Streams,
): Promise<FileInBox> {
  return fetchOnto(await landingFor(item, replaces, context, streams), item, context);
}

function landingFor(
  item: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
  streams: Streams,
): Landing | Promise<Landing> {
  if (item.sealed) return landSealed(item, item.sealed, replaces, context, streams);
  return item.file.sizeBytes < RANGES_FROM_BYTES
    ? landInOneStream(item, replaces, context)
    : landInRanges(item, replaces, context, streams);
}

/** Fetches a file onto its landing, and gives it its name there; see {@link fetchFile}. */
export async function fetchOnto(
  landing: Landing,
  item: DownloadItem,
  context: JobContext,
): Promise<FileInBox> {
  try {
    const file = await fetchVerified(item, landing, context);
    const named = await landing.finish(file.modifiedAt);
    await context.aside(() => item.folder.sync());
    const path = join(item.folder.path, item.name);
    const holds = landing.held?.();
    if (named) context.memory?.state.hashes.write(path, named, (holds ?? file).sha1);
    return { ...file, ...(holds && { holds }) };
  } catch (error) {
    await landing.giveUp(error);
    throw error;
  }
}

/** Fetches until what is here is what Box has; the file in Box may change in the meantime. */
async function fetchVerified(
  item: DownloadItem,
  landing: Landing,
  context: JobContext,
): Promise<FileInBox> {
  const { client, signal } = context;
  let { file } = item;
  for (let attempt = 1; ; attempt++) {
    try {
      const arrived = await landing.fetch(file);
      if (arrived !== file.sha1) throw wrongContents(arrived, file);
      return file;
    } catch (error) {
      const canHelp = error instanceof BoxhaulError && error.recovery === 'restart';
      if (!canHelp || attempt === TRIES) throw error;
      const why = reasonOf(error);
      context.emit({ type: 'retry', path: item.path, attempt: attempt + 1, reason: why });
      file = fileInBox(await client.files.get(file.id, { fields: FETCHED_FIELDS, signal }));
      await landing.restart(file);
    }
  }
}

/** What arrived is not what Box has. */
export function wrongContents(arrived: string, { sha1 }: FileInBox): TransferFailure {
  const words = `what arrived has the SHA-1 ${arrived}, and Box says ${sha1}`;
  return new TransferFailure('wrong-contents', words, { recovery: 'restart' });
}
