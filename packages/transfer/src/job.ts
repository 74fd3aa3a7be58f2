/**
 * What all jobs have in common: the run of one `upload`, `download` or `changeRows` from its first event to its
 * report. It owns the signal that stops everything, and settles each file exactly once.
 */
import { type BoxClient, type BoxItem, InputError } from '@boxhaul/client';
import { allowsNoMoreCalls } from './governor/governor.ts';
import { Identities } from './identities.ts';
import { runAll } from './local-runner.ts';
import { toBeGoneOnWith } from './reason.ts';
import { Tally } from './report.ts';
import { everything, type Filter, onlyPaths } from './selection/filter.ts';
import { Slots } from './slots.ts';
import type { JobRun } from './state/job-run.ts';
import type { TransferState } from './state/state.ts';
import type {
  JobKind,
  MirrorReport,
  Remembering,
  TransferEvent,
  TransferOptions,
  TransferReport,
  TransferResult,
  UploadMode,
} from './transfer.ts';
import type { Listener, Walk } from './tree/tree.ts';
import type { Carried, ItemInBox } from './upload/carry.ts';

/** What everyone who works on a job needs to know. */
export interface JobContext {
  readonly client: BoxClient;
  readonly filter: Filter;
  /** Only these, by the paths that results have; `filter` knows. */
  readonly only?: readonly string[];
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly concurrency: number;
  /** Fires when what is in flight is to be given up: the caller stops the run, or an error ended it. */
  readonly signal: AbortSignal;
  /** Fires when nothing new is to begin: with `signal`, and when the run is to end in good order. */
  readonly ending: AbortSignal;
  /** What is remembered between runs, under whose name, and of which job (if it ever began). */
  readonly memory?: { state: TransferState; account: string; job?: string };
  emit(event: TransferEvent): void;
  /** Does the work on a file as one of the users who share the job: `work` is given the context to do it in. */
  share(
    path: string,
    work: (context: JobContext) => Promise<TransferResult>,
  ): Promise<TransferResult>;
  /** Waits for Box to do its part without holding up other files. */
  aside<T>(wait: () => Promise<T>): Promise<T>;
  /** Tells the end of a file that came with others; see `execute`. */
  settle(result: TransferResult): void;
  /** Counts files towards the totals that are told as they grow. */
  plan(files: number, bytes: number): void;
  /** Counts calls that a step takes when nothing goes wrong, beside those of the files themselves. */
  expect(calls: number): void;
  /** Tells what came along with an item, and what did not. */
  carried(item: ItemInBox, carried: Carried): void;
  /** Reads along when folders in Box are listed. */
  readonly listener?: Listener;
  /** What a folder in Box held when this run listed it before, if it did. */
  listed?(folderId: string): Iterable<BoxItem> | undefined;
}

/** How a run stands when all that was found has ended. */
export interface Standing {
  failed: number;
  /** It was told to end before everything was done. */
  isCutShort: boolean;
}

/** What the walk finds: something to move, or something whose end is known already. */
export type Planned<Item> = { item: Item } | { result: TransferResult };

/** What is a job's own. */
export interface Job<Item> {
  direction: JobKind;
  mode?: UploadMode;
  /** What makes it this job and no other, beside direction and mode: both its ends. */
  ends: readonly string[];
  /** Starts to look for what is to be done. */
  begin(context: JobContext): Promise<Walk<Planned<Item>>>;
  /**
   * Does it. Throws only what ends the run; every other error is a result. Without one the item has not ended yet,
   * or was many files: then the context is told of each.
   */
  execute(item: Item, context: JobContext): Promise<TransferResult | undefined>;
  /** Puts the target in order when all else has ended, where that was asked for. Throws only what ends the run. */
  conclude?(standing: Standing, context: JobContext): Promise<MirrorReport | undefined>;
}

/**
 * Runs a job to its end.
 * @throws {BoxhaulError} `job_running`: another process runs the same job
 * @throws what ended the run early, other than the caller's signals: then `finished` was told all the same
 */
export async function runJob<Item>(
  job: Job<Item>,
  options: TransferOptions,
): Promise<TransferReport> {
  const { only: chosen, ...rest } = options;
  const only = chosen === 'failed' ? failedPaths(job, options) : chosen;
  const run = beginRun(job, options);
  try {
    return await new Course(job, { ...rest, ...(only && { only }) }, run).follow();
  } catch (error) {
    run?.end('stopped', false);
    throw error;
  }
}

/** A dry run leaves no trace: it neither waits for the job nor changes what is known of it. */
function beginRun<Item>(job: Job<Item>, { remember, dryRun }: TransferOptions): JobRun | undefined {
  if (!remember || dryRun) return undefined;
  const { state, title, command } = remember;
  const key = keyOf(job, remember);
  return state.jobs.begin({ direction: job.direction, key, title, command });
}

function failedPaths<Item>(job: Job<Item>, { remember }: TransferOptions): string[] {
  if (!remember) throw new InputError('what failed is only known of jobs that are remembered');
  const { jobs } = remember.state;
  const id = jobs.idOf(keyOf(job, remember));
  return id === undefined ? [] : jobs.failures(id).map(({ path }) => path);
}

function keyOf<Item>({ direction, mode, ends }: Job<Item>, { account }: Remembering): string {
  return JSON.stringify([direction, mode, account, ...ends]);
}

/** The options of a run, with its choice of paths made. */
type RunOptions = Omit<TransferOptions, 'only'> & { only?: readonly string[] };

/** How many files are worked on at once, unless the caller says otherwise. */
const CONCURRENCY = 16;

/** One run from its first event to its report. */
class Course<Item> {
  readonly #job: Job<Item>;
  readonly #options: RunOptions;
  readonly #run: JobRun | undefined;
  readonly #tally: Tally;
  /** Gives up what is in flight. */
  readonly #stop = new AbortController();
  /** Keeps more from being begun. */
  readonly #enough = new AbortController();
  /** Keeps what is in flight from long waits. */
  readonly #impatient = new AbortController();
  readonly #haste = () => this.#impatient.abort(toBeGoneOnWith());
  readonly #slots: Slots;
  readonly #context: JobContext;
  #files = 0;
  #bytes = 0;
  #isWhole = false;
  #mirror: MirrorReport | undefined;

  constructor(job: Job<Item>, options: RunOptions, run: JobRun | undefined) {
    this.#job = job;
    this.#options = options;
    this.#run = run;
    this.#tally = new Tally(job.direction, options.dryRun ?? false, options.client);
    this.#slots = new Slots(options.concurrency ?? CONCURRENCY);
    this.#context = this.#contextOf(options);
  }

  async follow(): Promise<TransferReport> {
    const { direction, mode } = this.#job;
    const { dryRun } = this.#context;
    this.#emit({
      type: 'started',
      direction,
      dryRun,
      ...(mode && { mode }),
      ...this.#known(),
    });
    try {
      await this.#work();
    } catch (error) {
      if (!this.#options.signal?.aborted) {
        this.#finish('stopped');
        throw error;
      }
    }
    return this.#finish(this.#isDone() ? 'complete' : 'interrupted');
  }

  /** A run that was told to end when all was done is complete all the same. */
  #isDone(): boolean {
    const isCutShort = this.#mirror?.left?.code === 'interrupted';
    return this.#isWhole && this.#tally.settledFiles >= this.#files && !isCutShort;
  }

  #finish(ended: TransferReport['ended']): TransferReport {
    const report = { ...this.#tally.report(ended, this.#files), ...this.#known() };
    if (this.#mirror) report.mirror = this.#mirror;
    const sawAll = ended === 'complete' && this.#options.only === undefined;
    this.#run?.end(ended, sawAll);
    // The caller's signal may live on.
    this.#options.drain?.removeEventListener('abort', this.#haste);
    this.#emit({ type: 'finished', report });
    return report;
  }

  /** What a later run finds it by, if that can be found. */
  #known(): { job?: string } {
    const isKept = this.#run && this.#options.remember?.state.isLasting;
    return isKept ? { job: this.#run.id } : {};
  }

  async #work(): Promise<void> {
    const context = this.#context;
    const walk = await this.#job.begin(context);
    const work = async (found: Planned<Item>) => {
      const result = 'item' in found ? await this.#job.execute(found.item, context) : found.result;
      if (result) this.#settle(result);
    };
    try {
      await Promise.all([
        walk.settled.then(() => this.#planned()),
        runAll(() => walk.take(), work, {
          concurrency: context.concurrency,
          slots: this.#slots,
          ending: context.ending,
          onError: (error) => this.#endFor(error),
        }),
      ]);
    } finally {
      await walk.settled;
    }
    const standing = { failed: this.#tally.failed, isCutShort: !this.#isDone() };
    this.#mirror = await this.#job.conclude?.(standing, context);
  }

  /** The calls of what is in flight are made: what they bring is not thrown away because there are no more. */
  #endFor(error: unknown): void {
    const end = allowsNoMoreCalls(error) ? this.#enough : this.#stop;
    end.abort(error);
  }

  /** What was given up has not ended: the next run comes to it again. */
  #settle(result: TransferResult): void {
    if (result.reason?.code === 'interrupted') return;
    this.#tally.add(result);
    this.#run?.settled(result);
    this.#emit({ type: 'file', result });
  }

  #carried(item: ItemInBox, carried: Carried): void {
    this.#tally.addCarried(carried);
    for (const gap of carried.gaps) this.#emit({ type: 'gap', item, gap });
  }

  #plan(files: number, bytes: number): void {
    this.#files += files;
    this.#bytes += bytes;
    this.#tellPlan();
  }

  /** Nothing more will be found. */
  #planned(): void {
    this.#isWhole = !this.#context.ending.aborted;
    this.#tellPlan();
  }

  #tellPlan(): void {
    const [files, bytes, final] = [this.#files, this.#bytes, this.#isWhole];
    this.#run?.planned(files, bytes, final);
    this.#emit({ type: 'planned', files, bytes, final });
  }

  #emit(event: TransferEvent): void {
    if (event.type === 'folder' && event.state === 'created') this.#tally.folderCreated();
    this.#options.onEvent?.(event);
  }

  /** Clients that wait for nothing long once the run is to end in good order. */
  #endingBy(drain: AbortSignal | undefined): (client: BoxClient) => BoxClient {
    if (!drain) return (client) => client;
    if (drain.aborted) this.#haste();
    drain.addEventListener('abort', this.#haste);
    return (client) => client.endingWith(this.#impatient.signal);
  }

  #memoryOf(remember: Remembering): NonNullable<JobContext['memory']> {
    const { state, account } = remember;
    const job = this.#run?.id ?? state.jobs.idOf(keyOf(this.#job, remember));
    return { state, account, ...(job !== undefined && { job }) };
  }

  #contextOf(options: RunOptions): JobContext {
    const { client, remember, filter = everything, only } = options;
    const signal = anyOf(options.signal, this.#stop.signal);
    const ending = this.#endingBy(options.drain);
    const others = options.others ?? [];
    const identities = new Identities(
      others.map((other) => ({ ...other, client: ending(other.client) })),
    );
    return {
      client: ending(client),
      filter: only ? onlyPaths(filter, only) : filter,
      ...(only && { only }),
      force: options.force ?? false,
      dryRun: options.dryRun ?? false,
      concurrency: options.concurrency ?? CONCURRENCY,
      signal,
      ending: anyOf(options.drain, AbortSignal.any([this.#enough.signal, signal])),
      ...(remember && { memory: this.#memoryOf(remember) }),
      emit: (event) => this.#emit(event),
      share: (path, work) => identities.share(path, this.#context, work),
      aside: (wait) => this.#slots.aside(wait),
      settle: (result) => this.#settle(result),
      plan: (files, bytes) => this.#plan(files, bytes),
      expect: (calls) => this.#tally.expect(calls),
      carried: (item, carried) => this.#carried(item, carried),
    };
  }
}

function anyOf(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one ? AbortSignal.any([one, other]) : other;
}
