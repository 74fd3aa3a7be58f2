/**
 * Many changes in Box, a row each: in parallel, each done once. Before a row changes anything it is written down as
 * begun, and when it is done, as done. So a run that was killed is gone on with: rows that are done are passed over,
 * and of those that were only begun Box itself is asked, where doing them again would do them twice.
 */
import type { BoxClient } from '@boxhaul/client';
import { type Job, type JobContext, type Planned, runJob } from '../job.ts';
import { type Reason, reason } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { BegunRow } from '../state/job-rows.ts';
import type { RowOutcome, TransferOptions, TransferReport, TransferResult } from '../transfer.ts';
import type { Walk } from '../tree/tree.ts';
import { type RowMemory, rowMemoryOf } from './row-memory.ts';

/** One row, and what it is called: no two rows of a job have the same name. */
export interface NamedRow<Row> {
  /** Its place among the rows, from 1. */
  readonly number: number;
  readonly name: string;
  readonly row: Row;
}

/** A change that was looked into and not made yet. */
export interface Change {
  /** What it is, for people: `/a.txt → /b/`. */
  readonly words: string;
  /** What tells after a kill whether it was made: ids of what it is made to. @default nothing */
  readonly subject?: BegunRow['subject'];
  /** Makes it, or finds out on the way that there is nothing to make. */
  make(): Promise<Made | Omit<NoChange, 'words'>>;
}

/** Why a row needs no change. */
export interface NoChange {
  readonly words: string;
  /** `there is a folder of this name already`. */
  readonly because: string;
}

/** What a change gave. */
export interface Made {
  /** Of what came to be, or of what was changed. */
  readonly id?: string;
  readonly fields?: RowOutcome['made'];
  /** What it is for people, where more is known now. @default as the change had it */
  readonly words?: string;
}

/** What the work on a row may lean on. */
export interface RowContext {
  readonly client: BoxClient;
  /** Fires when what is in flight is to be given up. */
  readonly signal: AbortSignal;
}

/** What is known of a row that an earlier run began, and may have done. */
export interface Begun extends Omit<BegunRow, 'isDone'> {
  /** Takes something in Box for what this row made. False: another row of the job made it. */
  take(madeId: string): boolean;
}

/** What `changeRows` takes. */
export interface RowsOptions<Row>
  extends Pick<
    TransferOptions,
    'client' | 'concurrency' | 'signal' | 'drain' | 'remember' | 'onEvent' | 'dryRun'
  > {
  /** What makes these rows this job and no other: what is done, and a hash of the rows. */
  readonly ends: readonly string[];
  /** How many there are. */
  readonly count: number;
  /** All of them, in the same order in each run. */
  readonly rows: AsyncIterable<NamedRow<Row>>;
  /** Only what failed when the job last ran. @default all */
  readonly only?: 'failed';
  /** Does also what is done already. @default false */
  readonly again?: boolean;
  /** Looks at what a row is about, and changes nothing. What it throws is why the row failed. */
  find(row: Row, context: RowContext): Promise<Change | NoChange>;
  /**
   * Where making a change again would make it twice, or cannot work: looks in Box whether a row that was begun is
   * done. Of rows with the same `subject` one is looked at, or made, after the other. @default it is made again
   */
  isMade?(
    row: Row,
    begun: Begun,
    context: RowContext,
  ): Promise<(Made & { words: string }) | undefined>;
  /** Words for errors that only the caller knows. */
  reasonOf?(error: unknown): Reason | undefined;
}

/**
 * Makes many changes in Box, a row each. A row's failure stops no other. Remembered, the job can be run again after
 * any end: what is done is not done twice.
 *
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in; or `job_running`
 * @throws what reading the rows threw
 * @example
 * ```ts
 * import { changeRows } from '@boxhaul/transfer';
 *
 * const names = ['2025', '2026'];
 * const report = await changeRows({
 *   client,
 *   ends: ['mkdir', ...names],
 *   count: names.length,
 *   rows: (async function* () {
 *     for (const [index, name] of names.entries()) yield { number: index + 1, name, row: name };
 *   })(),
 *   find: async (name) => ({
 *     words: `/Reports/${name}`,
 *     make: async () => await client.folders.create({ name, parentId: folderId }),
 *   }),
 * });
 * console.log(report.transferred); // 2
 * ```
 */
export async function changeRows<Row>(options: RowsOptions<Row>): Promise<TransferReport> {
  let memory: RowMemory | undefined;
  const job: Job<NamedRow<Row>> = {
    direction: 'change',
    ends: options.ends,
    async begin(context) {
      memory = rowMemoryOf(context, options);
      return begin(options, context);
    },
    execute: (item, context) => doRow(item, options, memory, context),
  };
  return await runJob(job, options);
}

function begin<Row>(
  { rows, count }: RowsOptions<Row>,
  context: JobContext,
): Walk<Planned<NamedRow<Row>>> {
  const { filter, ending } = context;
  if (!filter.selective) context.plan(count, 0);
  const iterator = rows[Symbol.asyncIterator]();
  const over = Promise.withResolvers<void>();
  const close = () => over.resolve();
  ending.addEventListener('abort', close, { once: true });
  const take = async (): Promise<Planned<NamedRow<Row>> | undefined> => {
    for (;;) {
      const { value: item, done: isOver } = await iterator.next();
      if (isOver) {
        // A signal that lives on would keep all of this alive.
        ending.removeEventListener('abort', close);
        close();
        return undefined;
      }
      if (!filter.takesFile(item.name)) continue;
      if (filter.selective) context.plan(1, 0);
      return { item };
    }
  };
  return { take, settled: over.promise.then(async () => void (await iterator.return?.())) };
}

async function doRow<Row>(
  item: NamedRow<Row>,
  options: RowsOptions<Row>,
  memory: RowMemory | undefined,
  context: JobContext,
): Promise<TransferResult> {
  const startedMs = performance.now();
  const outcome: RowOutcome = { number: item.number };
  const end = (result: TransferResult): TransferResult => ({
    ...result,
    kind: 'row',
    row: outcome,
    ms: performance.now() - startedMs,
  });
  try {
    return end(await changeRow(item, options, { memory, outcome }, context));
  } catch (error) {
    const why = context.signal.aborted ? undefined : options.reasonOf?.(error);
    return end(
      why
        ? settled('failed', item.name, why, { error })
        : failureResult(error, item.name, context.signal),
    );
  }
}

async function changeRow<Row>(
  { name, number, row }: NamedRow<Row>,
  { find, isMade }: RowsOptions<Row>,
  { memory, outcome }: { memory: RowMemory | undefined; outcome: RowOutcome },
  { client, signal, dryRun }: JobContext,
): Promise<TransferResult> {
  const context: RowContext = { client, signal };
  const begun = memory?.find(number);
  if (begun?.isDone) return settled('skipped', name, DONE_BEFORE);
  const end = ({ id, fields }: Made, words: string): TransferResult => {
    memory?.done(number, id);
    outcome.words = words;
    if (fields) outcome.made = fields;
    const known = id === undefined ? {} : { id };
    return { kind: 'row', path: name, state: 'transferred', ...known, bytes: 0, ms: 0 };
  };
  if (begun && memory && isMade) {
    const taking = { ...begun, take: (id: string) => memory.take(number, id) };
    const made = await memory.inTurn(begun.subject, () => isMade(row, taking, context));
    if (made) return end(made, made.words);
  }
  const found = await find(row, context);
  outcome.words = found.words;
  // What a row that was begun finds as it wants it is most likely its own work.
  const asWanted = ({ because }: Omit<NoChange, 'words'>) =>
    begun ? end({}, found.words) : settled('skipped', name, reason('as-wanted', because));
  if ('because' in found) return asWanted(found);
  if (dryRun) return settled('skipped', name, NOT_IN_A_DRY_RUN);
  const make = async () => {
    signal.throwIfAborted();
    memory?.begin(number, found.subject ?? {});
    const made = await found.make();
    if (!('because' in made)) return end(made, made.words ?? found.words);
    memory?.done(number, undefined);
    return asWanted(made);
  };
  return memory ? await memory.inTurn(found.subject, make) : await make();
}

const DONE_BEFORE = reason('done-before', 'an earlier run did it');
const NOT_IN_A_DRY_RUN = reason('dry-run', 'not done in a dry run');
