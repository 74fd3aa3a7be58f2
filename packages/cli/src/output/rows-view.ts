/** What is shown of rows that are worked on: each in words where they were typed, a line that counts where they are many. */
import type { TransferEvent, TransferReport, TransferResult } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { formatCount, formatNumberOf } from './format.ts';
import { LiveBlock } from './live-block.ts';
import {
  answerOf,
  type Counts,
  failureLine,
  progressLine,
  type RowState,
  type RowsTitle,
  rowLine,
  rowState,
  summaryLines,
} from './rows-lines.ts';

export interface RowsView {
  event(event: TransferEvent): void;
  /** Leaves the screen as it should be. Harmless when repeated. */
  close(): void;
}

/** So many of a kind are told of many rows; --verbose tells all. */
const TOLD = 20;

/** At a terminal, and where lines are kept. */
const DRAW_EVERY_MS = 200;
const SAY_EVERY_MS = 30_000;

export function openRowsView(context: CommandContext, title: RowsTitle): RowsView {
  return title.file === undefined ? eachRow(context, title) : manyRows(context, title);
}

/** Rows that were typed: what became of each. */
function eachRow(context: CommandContext, title: RowsTitle): RowsView {
  const { output } = context;
  const counting = countingView(context, title);
  return {
    event(event) {
      counting.event(event);
      if (event.type === 'finished' && event.report.ended !== 'complete') {
        for (const line of summaryLines(event.report, counting.counts, title)) output.say(line);
      }
      if (event.type !== 'file') return;
      const { result } = event;
      const state = rowState(result);
      const answer = state === 'done' ? answerOf(result, title) : undefined;
      if (answer !== undefined) output.print(answer);
      else if (state !== 'failed') output.say(rowLine(result, state, title));
      // Of a single one the command's last words say all.
      else if (title.count > 1) output.warn(failureLine(result, output.errorStyle.red('failed')));
    },
    close: () => undefined,
  };
}

/** Rows of a file: how far it is, what failed, and at the end what it came to. */
function manyRows(context: CommandContext, title: RowsTitle): RowsView {
  const { output, signal } = context;
  const counting = countingView(context, title);
  const { counts } = counting;
  const startedMs = Date.now();
  const progress = () => progressLine(counts, title.count, (Date.now() - startedMs) / 1000);
  const block = output.redraws && !output.quiet ? new LiveBlock(output.people) : undefined;
  const write = (line: string) => {
    if (block) block.writeAbove(`${line}\n`);
    else output.say(line);
  };
  if (block) output.drawnBelow((line) => block.writeAbove(`${line}\n`));
  let drawnMs = 0;
  const draw = () => {
    if (!block || Date.now() - drawnMs < DRAW_EVERY_MS) return;
    drawnMs = Date.now();
    block.draw([progress()]);
  };
  const timer = block ? undefined : setInterval(() => output.say(progress()), SAY_EVERY_MS).unref();
  const ending = () => write('  finishing what is in flight');
  signal.addEventListener('abort', ending, { once: true });
  const close = () => {
    clearInterval(timer);
    signal.removeEventListener('abort', ending);
    output.drawnBelow(undefined);
    block?.close();
  };
  const onRow = (result: TransferResult) => {
    const state = rowState(result);
    const isTold = output.verbose || counts[state] <= TOLD;
    if (state === 'failed') {
      const line = failureLine(result, output.errorStyle.red('failed'));
      if (output.quiet) output.warn(line);
      else if (isTold) write(line);
    } else if (output.verbose || (isTold && state === 'would-do')) {
      write(rowLine(result, state, title));
    }
    draw();
  };
  return {
    event(event) {
      counting.event(event);
      if (event.type === 'started') write(headline(title, event.job));
      else if (event.type === 'file') onRow(event.result);
      else if (event.type === 'finished') {
        close();
        for (const line of untold(counts, output.verbose)) output.say(line);
        for (const line of summaryLines(event.report, counts, title)) output.say(line);
      }
    },
    close,
  };
}

/** For programs and logs, and for whoever shows more. */
function countingView(
  { output, log }: CommandContext,
  title: RowsTitle,
): { readonly counts: Counts; event(event: TransferEvent): void } {
  const counts = { done: 0, skipped: 0, failed: 0, 'would-do': 0 };
  return {
    counts,
    event(event) {
      if (event.type === 'started') {
        const { dryRun, job } = event;
        const { verb, count, file } = title;
        output.event('started', { verb, rows: count, dryRun, job, file });
      } else if (event.type === 'file') {
        const state = rowState(event.result);
        counts[state] += 1;
        const fields = rowFields(title.verb, event.result, state);
        output.event('row', fields);
        log[state === 'failed' ? 'warn' : 'info'](fields, `row ${state}: ${event.result.path}`);
      } else if (event.type === 'finished') {
        const fields = summaryFields(title, event.report, counts);
        output.event('summary', fields);
        log.info(fields, `ended: ${event.report.ended}`);
      }
    },
  };
}

function headline({ verb, file, count }: RowsTitle, job: string | undefined): string {
  const words = `${verb}  ${file}  ${formatNumberOf(count, 'row')}`;
  return job === undefined ? words : `${words}   job ${job}`;
}

/** How many were not told one by one. */
function untold(counts: Counts, isVerbose: boolean): string[] {
  if (isVerbose) return [];
  const more = (count: number, words: string) =>
    count > TOLD
      ? [`  … and ${formatCount(count - TOLD)} more ${words} (--verbose names each)`]
      : [];
  return [...more(counts['would-do'], 'would be done'), ...more(counts.failed, 'failed')];
}

function rowFields(verb: string, result: TransferResult, state: RowState): Record<string, unknown> {
  const { path, id, reason, row, ms } = result;
  return {
    verb,
    row: row?.number,
    item: path,
    state,
    words: row?.words,
    id,
    made: row?.made,
    reason: reason?.code,
    message: reason?.words,
    ms: Math.round(ms),
  };
}

function summaryFields(
  { verb, count }: RowsTitle,
  { ended, dryRun, job, seconds, calls, left }: TransferReport,
  counts: Counts,
): Record<string, unknown> {
  const { done, skipped, failed, 'would-do': wouldDo } = counts;
  const rows = { rows: count, done, wouldDo, skipped, failed, left };
  return { verb, job, ended, dryRun, ...rows, seconds: Math.round(seconds * 1000) / 1000, calls };
}
