/** What a running transfer has come to so far: its events, folded. Pure but for the clock it is given. */
import type { JobKind, TransferAction, TransferEvent, TransferResult } from '@boxhaul/transfer';
import { formatNumberOf } from './format.ts';

/** A file whose bytes are moving now. */
export interface FileInFlight {
  readonly path: string;
  readonly bytesDone: number;
  readonly bytes: number;
  /** When they began to, in milliseconds. */
  readonly sinceMs: number;
}

/** Files and bytes that would be transferred, by what would be done with them. */
export type PlannedTransfers = Readonly<
  Partial<Record<TransferAction, { readonly files: number; readonly bytes: number }>>
>;

export interface Tally {
  /** Takes one event in, at a time in milliseconds. */
  add(event: TransferEvent, nowMs: number): void;
  /** What it does, once it has started. */
  readonly direction: JobKind | undefined;
  /** The job that this is a run of, once it has started, if it is remembered. */
  readonly job: string | undefined;
  readonly filesPlanned: number;
  readonly bytesPlanned: number;
  /** Whether the planned totals will grow no more. */
  readonly isFinal: boolean;
  readonly filesDone: number;
  /** Of files that ended in any way, and of what has moved of those in flight. */
  readonly bytesDone: number;
  readonly transferred: number;
  readonly transferredBy: Readonly<Partial<Record<TransferAction, number>>>;
  /** How many of them Box copied. */
  readonly copied: number;
  readonly skipped: number;
  readonly failed: number;
  readonly retries: number;
  /** What a dry run found to be done. */
  readonly planned: PlannedTransfers;
  /** Those that began first come first: what is slow stays in sight. */
  readonly inFlight: Iterable<FileInFlight> & { readonly size: number };
  /** Bytes of the files that were transferred. */
  readonly bytesTransferred: number;
  /** Bytes a second that moved, of late; undefined until there is something to go by. */
  rate(nowMs: number): number | undefined;
  /** Files a second that ended, of late. */
  filesRate(nowMs: number): number | undefined;
  /** Seconds left at the pace of late; undefined while nobody can tell. */
  remainingSeconds(nowMs: number): number | undefined;
}

/** How far back "of late" goes. */
const windowMs = 8000;
/** Below this there is not enough to go by. */
const leastSpanMs = 700;
const sampleEveryMs = 200;
/** What a file costs beside its bytes, in bytes: small files are bound by requests, not by the line. */
const bytesForEachFile = 100_000;

interface Sample {
  readonly atMs: number;
  readonly moved: number;
  readonly files: number;
  readonly work: number;
}

export function createTally(): Tally {
  return new RunningTally();
}

class RunningTally implements Tally {
  direction: JobKind | undefined;
  job: string | undefined;
  filesPlanned = 0;
  bytesPlanned = 0;
  isFinal = false;
  filesDone = 0;
  transferred = 0;
  readonly transferredBy: Partial<Record<TransferAction, number>> = {};
  copied = 0;
  skipped = 0;
  failed = 0;
  retries = 0;
  readonly planned: Partial<Record<TransferAction, { files: number; bytes: number }>> = {};
  bytesTransferred = 0;
  #bytesEnded = 0;
  #bytesMoving = 0;
  readonly #moving = new Map<string, FileInFlight>();
  readonly #samples: Sample[] = [];

  add(event: TransferEvent, nowMs: number): void {
    switch (event.type) {
      case 'started':
        this.job = event.job;
        this.direction = event.direction;
        break;
      case 'planned':
        this.filesPlanned = event.files;
        this.bytesPlanned = event.bytes;
        this.isFinal = event.final;
        break;
      case 'file-started':
        this.#setMoving(event.path, 0, event.bytes, nowMs);
        break;
      case 'progress':
        this.#setMoving(event.path, event.bytesDone, event.bytes, nowMs);
        break;
      case 'archive':
        this.#archiveMoved(event, nowMs);
        break;
      case 'retry':
        this.retries++;
        break;
      case 'file':
        this.#end(event.result);
        break;
      case 'folder':
      case 'gap':
      case 'notice':
      case 'left-out':
      case 'finished':
        break;
    }
    this.#sample(nowMs);
  }

  get bytesDone(): number {
    return this.#bytesEnded + this.#bytesMoving;
  }

  get inFlight(): Iterable<FileInFlight> & { readonly size: number } {
    return { size: this.#moving.size, [Symbol.iterator]: () => this.#moving.values() };
  }

  rate(nowMs: number): number | undefined {
    return this.#pace(nowMs, (sample) => sample.moved);
  }

  filesRate(nowMs: number): number | undefined {
    return this.#pace(nowMs, (sample) => sample.files);
  }

  remainingSeconds(nowMs: number): number | undefined {
    if (!this.isFinal) return undefined;
    const pace = this.#pace(nowMs, (sample) => sample.work);
    const planned = this.bytesPlanned + this.filesPlanned * bytesForEachFile;
    if (pace === undefined || pace <= 0) return undefined;
    return Math.max(0, planned - this.#now(nowMs).work) / pace;
  }

  #setMoving(path: string, bytesDone: number, bytes: number, nowMs: number): void {
    const before = this.#moving.get(path);
    this.#bytesMoving += bytesDone - (before?.bytesDone ?? 0);
    this.#moving.set(path, { path, bytesDone, bytes, sinceMs: before?.sinceMs ?? nowMs });
  }

  /** What of an archive has come and is no file yet moves on as one. */
  #archiveMoved(
    { number, files, bytes, bytesDone }: Extract<TransferEvent, { type: 'archive' }>,
    nowMs: number,
  ): void {
    const name = `archive ${number} of ${formatNumberOf(files, 'file')}`;
    if (bytes > 0) this.#setMoving(name, bytesDone, bytes, nowMs);
    else this.#forget(name);
  }

  #forget(path: string): void {
    this.#bytesMoving -= this.#moving.get(path)?.bytesDone ?? 0;
    this.#moving.delete(path);
  }

  #end(result: TransferResult): void {
    this.#forget(result.path);
    if (result.state === 'transferred') {
      this.transferred++;
      // What is moved or copied within Box crosses no line.
      if (result.via === 'copy') this.copied++;
      else if (result.action !== 'moved') this.bytesTransferred += result.bytes;
      if (result.action) {
        this.transferredBy[result.action] = (this.transferredBy[result.action] ?? 0) + 1;
      }
    } else {
      this[result.state]++;
      if (result.reason?.code === 'dry-run') this.#plan(result);
    }
    if (result.kind !== 'file') return;
    this.filesDone++;
    this.#bytesEnded += result.bytes;
  }

  #plan({ action, bytes }: TransferResult): void {
    if (action === undefined) return;
    const before = this.planned[action] ?? { files: 0, bytes: 0 };
    this.planned[action] = { files: before.files + 1, bytes: before.bytes + bytes };
  }

  #now(nowMs: number): Sample {
    return {
      atMs: nowMs,
      moved: this.bytesTransferred + this.#bytesMoving,
      files: this.filesDone,
      work: this.bytesDone + this.filesDone * bytesForEachFile,
    };
  }

  #sample(nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && nowMs - last.atMs < sampleEveryMs) return;
    this.#samples.push(this.#now(nowMs));
    while ((this.#samples[1]?.atMs ?? nowMs) < nowMs - windowMs) this.#samples.shift();
  }

  #pace(nowMs: number, of: (sample: Sample) => number): number | undefined {
    const first = this.#samples.find((sample) => sample.atMs >= nowMs - windowMs);
    const since = first ?? this.#samples.at(-1);
    if (since === undefined || nowMs - since.atMs < leastSpanMs) return undefined;
    return Math.max(0, ((of(this.#now(nowMs)) - of(since)) * 1000) / (nowMs - since.atMs));
  }
}
