/**
 * The bytes of a large file in several ranges at once. It begins with one connection; while more of them bring
 * more, there are more, each taking the second half of the longest range that is left. What is here already, from
 * a run before this one, is not fetched again.
 */
import { join } from 'node:path';
import type { JobContext } from '../job.ts';
import { WHOLE_UP_TO_BYTES } from '../plan.ts';
import { progressOf } from '../progress.ts';
import { isForNextRun, toBeGoneOnWith } from '../reason.ts';
import type { Streams } from '../streams.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DownloadItem } from './download.ts';
import { Mending, openStream } from './download-stream.ts';
import type { Landing } from './fetching.ts';
import type { FileInBox } from './file-in-box.ts';
import { areMoreWorthwhile } from './more-connections.ts';
import { type KeptPart, PartialFile } from './partial-file.ts';
import { type Share, SharedRanges } from './shared-ranges.ts';

/** A range is not halved below this: a connection costs a call and two round trips. */
const LEAST_BYTES = 8 * 1024 * 1024;

/** How long a number of connections is watched before there are more. */
const WATCH_MS = 300;

export async function landInRanges(
  { path, folder, name, file }: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
  streams: Streams,
): Promise<Landing> {
  const target = { folder, path: join(folder.path, name), replaces };
  const partial = await PartialFile.open(target, file, keptPart(target.path, context));
  return {
    async fetch(version) {
      await fetchInRanges(path, version, partial, context, streams);
      return partial.sha1();
    },
    restart: ({ sha1 }) => partial.restart(sha1),
    finish: (modifiedAt) => partial.finish(modifiedAt),
    giveUp: (error) => (isGoneOnWith(error, context) ? partial.keep() : partial.discard()),
  };
}

/** Fetches what is missing of a version. */
export async function fetchInRanges(
  path: string,
  version: FileInBox,
  partial: PartialFile,
  context: JobContext,
  streams: Streams,
): Promise<void> {
  await new RangeFetch(path, version, partial, context, streams).run();
}

/** Where what is here of the file at a path is remembered, if anything is. */
export function keptPart(path: string, { memory }: JobContext): KeptPart | undefined {
  if (!memory) return undefined;
  const key = JSON.stringify([memory.account, path]);
  return { openDownloads: memory.state.openDownloads, key };
}

/** Whether the next run can go on with what is here. */
export function isGoneOnWith(error: unknown, { signal }: JobContext): boolean {
  return signal.aborted || isForNextRun(error);
}

class RangeFetch {
  readonly #file: FileInBox;
  readonly #partial: PartialFile;
  readonly #context: JobContext;
  readonly #streams: Streams;
  readonly #mending: Mending;
  readonly #onProgress: (bytesDone: number) => void;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #shared: SharedRanges;
  readonly #workers: Promise<void>[] = [];
  #arrivedBytes: number;
  #taken = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor(
    path: string,
    file: FileInBox,
    partial: PartialFile,
    context: JobContext,
    streams: Streams,
  ) {
    this.#file = file;
    this.#partial = partial;
    this.#context = context;
    this.#streams = streams;
    this.#mending = new Mending(path, context);
    const { sizeBytes: bytes } = file.holds ?? file;
    this.#onProgress = progressOf(context, path, bytes, file.sizeBytes);
    this.#signal = AbortSignal.any([context.signal, this.#stop.signal]);
    this.#shared = new SharedRanges(partial.written.gaps(file.sizeBytes), LEAST_BYTES);
    this.#arrivedBytes = partial.written.bytes;
  }

  async run(): Promise<void> {
    this.#onProgress(this.#arrivedBytes);
    this.#start();
    try {
      // Workers can start while others are waited for.
      for (let next = 0; next < this.#workers.length; next++) await this.#workers[next];
    } finally {
      clearTimeout(this.#watch);
      this.#streams.giveBack(this.#taken);
    }
    this.#signal.throwIfAborted();
  }

  #start(): void {
    const worker = this.#work().catch((error: unknown) => this.#stop.abort(error));
    this.#workers.push(worker);
  }

  async #work(): Promise<void> {
    for (let share = this.#shared.take(); share; share = this.#shared.take()) {
      while (share.at < share.end) {
        try {
          await this.#stream(share);
        } catch (error) {
          await this.#mending.mend(error, this.#arrivedBytes, this.#signal);
        }
      }
      this.#shared.done(share);
    }
  }

  async #stream(share: Share): Promise<void> {
    const askedTo = share.end;
    const download = await openStream(
      this.#file,
      [share.at, share.end],
      this.#context,
      this.#signal,
    );
    this.#watchSoon();
    const writing = new Writing(this.#partial, share.at);
    try {
      for await (const chunk of download.body) {
        if (this.#isToEnd()) throw toBeGoneOnWith();
        // The end may have been given to another meanwhile.
        const wanted = chunk.subarray(0, share.end - share.at);
        share.at += wanted.byteLength;
        this.#arrivedBytes += wanted.byteLength;
        await writing.add(wanted);
        this.#onProgress(this.#arrivedBytes);
        if (share.at >= share.end && share.end < askedTo) break;
      }
    } finally {
      download.cancel();
      await writing.end();
    }
  }

  #isToEnd(): boolean {
    return this.#context.memory !== undefined && this.#context.ending.aborted;
  }

  /** Looks how fast it is from the first byte on, and again for as long as more connections bring more. */
  #watchSoon(): void {
    if (this.#watch) return;
    let best = 0;
    let lastBytes = this.#arrivedBytes;
    let lastMs = performance.now();
    const look = () => {
      const nowMs = performance.now();
      const rate = ((this.#arrivedBytes - lastBytes) * 1000) / (nowMs - lastMs);
      [lastBytes, lastMs] = [this.#arrivedBytes, nowMs];
      if (!areMoreWorthwhile({ rate, best, connections: 1 + this.#taken })) return;
      best = rate;
      const more = this.#streams.take(1 + this.#taken);
      this.#taken += more;
      for (let count = 0; count < more; count++) this.#start();
      if (more > 0) this.#watch = setTimeout(look, WATCH_MS);
    };
    this.#watch = setTimeout(look, WATCH_MS);
  }
}

/** Gathers what arrives on one connection to writes that are worth their while; one is always on its way. */
class Writing {
  readonly #partial: PartialFile;
  #position: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(partial: PartialFile, position: number) {
    this.#partial = partial;
    this.#position = position;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= WHOLE_UP_TO_BYTES) await this.#write();
  }

  /** Settles when all that was added is written. */
  async end(): Promise<void> {
    if (this.#waitingBytes > 0) await this.#write();
    await this.#running;
  }

  async #write(): Promise<void> {
    await this.#running;
    const [chunks, position] = [this.#waiting, this.#position];
    this.#position += this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#running = this.#partial.write(chunks, position);
    // Whoever waits for it next meets the error; until then it is not an unhandled one.
    this.#running.catch(() => undefined);
  }
}
