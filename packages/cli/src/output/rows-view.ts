/** What is shown of rows that are worked on: each in words where they were typed, a line that counts where they are many. */
import type { TransferEvent, TransferReport, TransferResult } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { formatCount, formatNumberOf, formatRemaining, formatSeconds } from './format.ts';
import { LiveBlock } from './live-block.ts';
import { printable } from './width.ts';

/** What the rows are, for whoever watches. */
export interface RowsTitle {
  readonly verb: string;
  readonly did: string;
  /** `work.csv`; absent of what was typed. */
  readonly file?: string | undefined;
  /** Whether `boxhaul resume` can read the rows again. @default true */
  readonly isReadAgain?: boolean;
  readonly count: number;
  /** Of what a row gave, what is the command's answer: a link. */
  readonly prints?: string | undefined;
}

export interface RowsView {
  event(event: TransferEvent): void;
  close(): void;
}

/** What became of a row, in one word. */
export type RowState = 'done' | 'skipped' | 'failed' | 'would-do';

export function rowState({ state, reason }: TransferResult): RowState {
  if (state === 'transferred') return 'done';
  return reason?.code === 'dry-run' ? 'would-do' : state;
}

const TOLD_FAILURES = 20;
const DRAW_EVERY_MS = 200;

export function openRowsView(context: CommandContext, title: RowsTitle): RowsView {
  const { output, log } = context;
  const counts = { done: 0, skipped: 0, failed: 0, 'would-do': 0 };
  const isMany = title.file !== undefined;
  const block =
    isMany && output.redraws && !output.quiet ? new LiveBlock(output.people) : undefined;
  const startedMs = Date.now();
  let drawnMs = 0;
  const draw = () => {
    const now = Date.now();
    if (!block || now - drawnMs < DRAW_EVERY_MS) return;
    drawnMs = now;
    block.draw([progressLine(counts, title.count, (now - startedMs) / 1000)]);
  };
  const write = (text: string) => {
    if (block) block.writeAbove(`${text}\n`);
    else output.say(text);
  };
  const onRow = (result: TransferResult) => {
    const state = rowState(result);
    counts[state] += 1;
    const fields = rowFields(title.verb, result, state);
    output.event('row', fields);
    log[state === 'failed' ? 'warn' : 'info'](fields, `row ${state}: ${result.path}`);
    if (state === 'failed') {
      // Of a single one the command's last words say all.
      if (!isMany && title.count === 1) return;
      if (isMany && counts.failed > TOLD_FAILURES && !output.verbose) return draw();
      const line = failureLine(result, output.errorStyle.red('failed'));
      if (output.quiet || (!isMany && !block)) output.warn(line);
      else write(line);
    } else if (!isMany && state === 'done' && answerOf(result, title) !== undefined) {
      output.print(answerOf(result, title) ?? '');
    } else if (!isMany || output.verbose || state === 'would-do') {
      write(rowLine(result, state, title));
    }
    draw();
  };
  return {
    event(event) {
      if (event.type === 'started') {
        const { dryRun, job } = event;
        const { verb, count, file } = title;
        output.event('started', { verb, rows: count, dryRun, job, file });
        if (isMany)
          write(`${verb}  ${file}  ${formatNumberOf(count, 'row')}${job ? `   job ${job}` : ''}`);
      } else if (event.type === 'file') onRow(event.result);
      else if (event.type === 'finished') {
        block?.close();
        output.event('summary', summaryFields(title, event.report, counts));
        log.info(summaryFields(title, event.report, counts), `ended: ${event.report.ended}`);
        if (isMany || event.report.ended !== 'complete') {
          for (const line of summaryLines(event.report, counts, title)) output.say(line);
        }
      }
    },
    close: () => block?.close(),
  };
}

type Counts = Readonly<Record<RowState, number>>;

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

function answerOf({ row }: TransferResult, { prints }: RowsTitle): string | undefined {
  const answer = prints === undefined ? undefined : row?.made?.[prints];
  return answer === undefined ? undefined : printable(String(answer));
}

/** `moved  /a.txt → /b/a.txt`. */
function rowLine({ row, path, reason }: TransferResult, state: RowState, title: RowsTitle): string {
  const words = printable(row?.words ?? path);
  if (state === 'done') return `${title.did}  ${words}`;
  if (state === 'would-do') return `would ${title.verb}  ${words}`;
  return `nothing to do  ${words}   ${printable(reason?.words ?? '')}`;
}

function failureLine({ path, reason }: TransferResult, failed: string): string {
  return `  ${failed}  ${printable(path)}   ${printable(reason?.words ?? '')}`;
}

function progressLine(counts: Counts, total: number, seconds: number): string {
  const ended = counts.done + counts.skipped + counts.failed + counts['would-do'];
  const remaining = ended === 0 ? undefined : (seconds / ended) * (total - ended);
  return [
    `  ${Math.floor((ended / Math.max(1, total)) * 100)}%`,
    `${formatCount(ended)} of ${formatNumberOf(total, 'row')}`,
    ...(remaining === undefined || ended === total ? [] : [`about ${formatRemaining(remaining)}`]),
    `${formatCount(counts.failed)} failed`,
  ].join('   ');
}

function summaryLines(report: TransferReport, counts: Counts, title: RowsTitle): string[] {
  const { ended, seconds, calls, left, dryRun, skippedBy } = report;
  const before = skippedBy['done-before'] ?? 0;
  const asWanted = counts.skipped - before;
  const parts = [
    ended === 'complete'
      ? `done in ${formatSeconds(seconds)}`
      : `${ended} after ${formatSeconds(seconds)}`,
    dryRun
      ? `${formatCount(counts['would-do'])} would be done`
      : `${formatCount(counts.done)} done`,
    ...(before > 0 ? [`${formatCount(before)} done before (--again does them again)`] : []),
    ...(asWanted > 0 ? [`${formatCount(asWanted)} had nothing to do`] : []),
    `${formatCount(counts.failed)} failed`,
    ...(left > 0 ? [`${formatCount(left)} left`] : []),
    formatNumberOf(calls.calls, 'call'),
  ];
  return [parts.join('   '), ...waysOn(report, counts, title).map((way) => `  → ${way}`)];
}

/** What goes on with rows that are not all done. */
function waysOn(
  { ended, job, dryRun }: TransferReport,
  { failed }: Counts,
  { isReadAgain = true }: RowsTitle,
): string[] {
  if (dryRun || (ended === 'complete' && failed === 0)) return [];
  if (job === undefined || !isReadAgain) return ['run the same command again'];
  const verb = ended === 'complete' ? 'retry' : 'resume';
  return [
    `boxhaul ${verb} ${job}`,
    ...(failed > 0 ? [`boxhaul jobs ${job}    names what failed`] : []),
  ];
}
