/**
 * What both directions have in common: the run of one `upload` or `download` from its first event to its
 * report. It owns the signal that stops everything, and settles each file exactly once.
 */
import { type BoxClient, BoxhaulError } from '@boxhaul/client';
import { everything, type Filter } from './filter.ts';
import { runAll } from './local-runner.ts';
import { type Reason, reason, reasonOf } from './reason.ts';
import { Tally } from './report.ts';
import type {
  Direction,
  TransferEvent,
  TransferOptions,
  TransferReport,
  TransferResult,
  UploadMode,
} from './transfer.ts';
import type { Walk } from './tree.ts';

/** What everyone who works on a job needs to know. */
export interface JobContext {
  readonly client: BoxClient;
  readonly filter: Filter;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number;
  /** Fires when the caller stops the run, and when an error ends it. */
  readonly signal: AbortSignal;
  emit(event: TransferEvent): void;
  /** Counts files towards the totals that are told as they grow. */
  plan(files: number, bytes: number): void;
  /** Tells the totals for the last time: nothing more will be found. */
  planned(): void;
}

/** What the walk finds: something to move, or something whose end is known already. */
export type Planned<Item> = { item: Item } | { result: TransferResult };

/** One direction's part of a job. */
export interface Job<Item> {
  direction: Direction;
  mode?: UploadMode;
  /** Starts to look for what is to be done. */
  begin(context: JobContext): Promise<Walk<Planned<Item>>>;
  /** Does it. Throws only what ends the run; every other error is a result. */
  execute(item: Item, context: JobContext): Promise<TransferResult>;
}

/**
 * Runs a job to its end.
 * @throws what ended the run early, other than the caller's signal: then `finished` was told all the same
 */
export async function runJob<Item>(
  job: Job<Item>,
  options: TransferOptions,
): Promise<TransferReport> {
  const dryRun = options.dryRun ?? false;
  const tally = new Tally(job.direction, dryRun, options.client);
  const stop = new AbortController();
  const context = contextOf(options, tally, stop.signal);
  context.emit({
    type: 'started',
    direction: job.direction,
    dryRun,
    ...(job.mode && { mode: job.mode }),
  });
  const finish = (ended: TransferReport['ended']) => {
    const report = tally.report(ended);
    context.emit({ type: 'finished', report });
    return report;
  };
  try {
    await work(job, context, tally, (error) => stop.abort(error));
  } catch (error) {
    if (!options.signal?.aborted) {
      finish('stopped');
      throw error;
    }
  }
  return finish(options.signal?.aborted ? 'interrupted' : 'complete');
}

async function work<Item>(
  job: Job<Item>,
  context: JobContext,
  tally: Tally,
  onError: (error: unknown) => void,
): Promise<void> {
  const walk = await job.begin(context);
  const settle = (result: TransferResult) => {
    tally.add(result);
    context.emit({ type: 'file', result });
  };
  try {
    await Promise.all([
      walk.settled.then(() => context.planned()),
      runAll(
        () => walk.take(),
        async (found) =>
          settle('item' in found ? await job.execute(found.item, context) : found.result),
        { concurrency: context.concurrency, signal: context.signal, onError },
      ),
    ]);
  } finally {
    await walk.settled;
  }
}

function contextOf(options: TransferOptions, tally: Tally, stopped: AbortSignal): JobContext {
  let files = 0;
  let bytes = 0;
  const emit = (event: TransferEvent) => {
    if (event.type === 'folder' && event.state === 'created') tally.folderCreated();
    options.onEvent?.(event);
  };
  return {
    client: options.client,
    filter: options.filter ?? everything,
    force: options.force ?? false,
    dryRun: options.dryRun ?? false,
    concurrency: options.concurrency ?? 16,
    signal: options.signal ? AbortSignal.any([options.signal, stopped]) : stopped,
    emit,
    plan(moreFiles, moreBytes) {
      files += moreFiles;
      bytes += moreBytes;
      emit({ type: 'planned', files, bytes, final: false });
    },
    planned: () => emit({ type: 'planned', files, bytes, final: true }),
  };
}

/** A result that says why nothing was moved. */
export function settled(
  state: 'skipped' | 'failed',
  path: string,
  why: Reason,
  details: Partial<TransferResult> = {},
): TransferResult {
  return { kind: 'file', path, state, reason: why, bytes: 0, ms: 0, ...details };
}

/**
 * The result that an error amounts to.
 * @throws the error itself if it ends the run
 */
export function failureResult(
  error: unknown,
  path: string,
  signal: AbortSignal,
  details: Partial<TransferResult> = {},
): TransferResult {
  if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
  const why = signal.aborted ? reason('interrupted', 'the run was stopped') : reasonOf(error);
  return settled('failed', path, why, { error, ...details });
}
