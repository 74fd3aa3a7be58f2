import type { BoxClient, CallCounts } from '@boxhaul/client';
import { fileCalls } from './cost.ts';
import type { JobKind, TransferAction, TransferReport, TransferResult } from './transfer.ts';
import type { Carried } from './upload/carry.ts';

/** How many failed results a report keeps; it counts them all. */
const FAILURES_KEPT = 1000;

/** Adds results up into a report, in memory that does not grow with their number. */
export class Tally {
  readonly #direction: JobKind;
  readonly #dryRun: boolean;
  readonly #client: BoxClient;
  readonly #callsBefore: CallCounts;
  readonly #startedMs = performance.now();
  readonly #transferredBy: Partial<Record<TransferAction, number>> = {};
  readonly #skippedBy: Record<string, number> = {};
  readonly #failedBy: Record<string, number> = {};
  readonly #failures: TransferResult[] = [];
  readonly #carried: Record<string, number> = {};
  readonly #gaps: Record<string, number> = {};
  #hasCarried = false;
  #transferred = 0;
  #skipped = 0;
  #failed = 0;
  #bytes = 0;
  #copied = 0;
  #foldersCreated = 0;
  #settledFiles = 0;
  #expectedCalls = 0;

  constructor(direction: JobKind, dryRun: boolean, client: BoxClient) {
    this.#direction = direction;
    this.#dryRun = dryRun;
    this.#client = client;
    this.#callsBefore = client.counts();
  }

  add(result: TransferResult): void {
    if (result.kind !== 'folder') this.#settledFiles += 1;
    const { action, bytes, via, sealedBytes: moved = bytes } = result;
    if (action && this.#direction !== 'change' && this.#direction !== 'verify') {
      const done = { action, bytes: moved, ...(via && { via }) };
      this.#expectedCalls += fileCalls(this.#direction, done);
    }
    if (via === 'copy') this.#copied += 1;
    if (result.state === 'transferred') {
      this.#transferred += 1;
      // What is moved or copied within Box crosses no line.
      if (action !== 'moved' && via !== 'copy') this.#bytes += bytes;
      if (action) count(this.#transferredBy, action);
    } else if (result.state === 'skipped') {
      this.#skipped += 1;
      count(this.#skippedBy, result.reason?.code ?? 'unknown');
    } else {
      this.#failed += 1;
      count(this.#failedBy, result.reason?.code ?? 'unknown');
      if (this.#failures.length < FAILURES_KEPT) this.#failures.push(result);
    }
  }

  /** Counts what came along with an item, and what did not. */
  addCarried({ done, gaps }: Carried): void {
    this.#hasCarried = true;
    for (const [what, times] of Object.entries(done)) count(this.#carried, what, times);
    for (const { what } of gaps) count(this.#gaps, what);
  }

  /** Counts calls that a step takes when nothing goes wrong. */
  expect(calls: number): void {
    this.#expectedCalls += calls;
  }

  folderCreated(): void {
    this.#foldersCreated += 1;
  }

  get failed(): number {
    return this.#failed;
  }

  /** Files (or rows) that ended, whichever way. */
  get settledFiles(): number {
    return this.#settledFiles;
  }

  report(ended: TransferReport['ended'], plannedFiles: number): TransferReport {
    return {
      direction: this.#direction,
      ended,
      dryRun: this.#dryRun,
      transferred: this.#transferred,
      skipped: this.#skipped,
      failed: this.#failed,
      left: Math.max(0, plannedFiles - this.#settledFiles),
      transferredBy: { ...this.#transferredBy },
      ...(this.#copied > 0 && { copied: this.#copied }),
      skippedBy: { ...this.#skippedBy },
      failedBy: { ...this.#failedBy },
      failures: [...this.#failures],
      foldersCreated: this.#foldersCreated,
      ...(this.#hasCarried && { carried: { done: this.#carried, gaps: this.#gaps } }),
      bytes: this.#bytes,
      seconds: (performance.now() - this.#startedMs) / 1000,
      predictedCalls: this.#expectedCalls,
      calls: spentSince(this.#callsBefore, this.#client.counts()),
    };
  }
}

function count<Key extends string>(
  counts: Partial<Record<Key, number>>,
  key: Key,
  times = 1,
): void {
  counts[key] = (counts[key] ?? 0) + times;
}

function spentSince(before: CallCounts, now: CallCounts): CallCounts {
  return {
    calls: now.calls - before.calls,
    uploads: now.uploads - before.uploads,
    downloads: now.downloads - before.downloads,
    tokens: now.tokens - before.tokens,
    retried: now.retried - before.retried,
    refused: now.refused - before.refused,
  };
}
