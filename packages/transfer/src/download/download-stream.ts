/** One connection on which bytes of a file come, and how often it is opened again. */
import { setTimeout as pause } from 'node:timers/promises';
import { BoxhaulError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { reasonOf, TransferFailure } from '../reason.ts';
import type { FileInBox } from './file-in-box.ts';
import type { Range } from './ranges.ts';

type BoxDownload = Awaited<ReturnType<JobContext['client']['files']['download']>>;

/**
 * Asks for a range of a file.
 * @param options `isPinned`: of the whole file, too, the very version that was named, and not the current one
 * @throws {TransferFailure} `changed-on-box`
 */
export async function openStream(
  file: FileInBox,
  [start, end]: Range,
  { client }: Pick<JobContext, 'client'>,
  signal: AbortSignal,
  { isPinned = false } = {},
): Promise<BoxDownload> {
  const isToEnd = end === file.sizeBytes;
  const range = isToEnd ? { start } : { start, end: end - 1 };
  const isAll = isToEnd && start === 0;
  const download = await client.files.download(file.id, {
    signal,
    // All parts must be of the version that was begun, or they would not fit.
    ...(!isAll && { range }),
    ...((!isAll || isPinned) && { versionId: file.versionId }),
  });
  // Another size is another version: its SHA-1 will say so, unless it never ends.
  if (download.totalBytes === file.sizeBytes) return download;
  download.cancel();
  throw new TransferFailure(
    'changed-on-box',
    'what was sent in its place has another size: it changed in Box, or something else answered',
    {
      recovery: 'restart',
    },
  );
}

/** How often in a row a broken connection is mended without getting much further. */
const MENDS = 5;

/** Getting this much further makes a broken connection the first in a row. */
const FURTHER_BYTES = 8 * 1024 * 1024;

/** Broken connections of one file. */
export class Mending {
  readonly #path: string;
  readonly #context: Pick<JobContext, 'emit'>;
  #brokeAtBytes = 0;
  #mends = 0;

  constructor(path: string, context: Pick<JobContext, 'emit'>) {
    this.#path = path;
    this.#context = context;
  }

  /**
   * Settles when it is time to go on.
   * @param doneBytes how much of the file has arrived
   * @throws the error, if going on cannot help, or has not for too long
   */
  async mend(error: unknown, doneBytes: number, signal: AbortSignal): Promise<void> {
    this.#mends = doneBytes - this.#brokeAtBytes >= FURTHER_BYTES ? 1 : this.#mends + 1;
    this.#brokeAtBytes = doneBytes;
    const canHelp = error instanceof BoxhaulError && error.recovery === 'retry';
    if (!canHelp || this.#mends > MENDS || signal.aborted) throw error;
    const attempt = this.#mends + 1;
    this.#context.emit({ type: 'retry', path: this.#path, attempt, reason: reasonOf(error) });
    // The client has its own patience with Box; this is only so as not to spin.
    await pause(50 * 2 ** this.#mends * Math.random(), undefined, { signal });
  }
}
