/** Rows that were worked on, in words. */
import type { TransferReport, TransferResult } from '@boxhaul/transfer';
import { formatCount, formatNumberOf, formatRemaining, formatSeconds } from './format.ts';
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

/** What became of a row, in one word. */
export type RowState = 'done' | 'skipped' | 'failed' | 'would-do';

export function rowState({ state, reason }: TransferResult): RowState {
  if (state === 'transferred') return 'done';
  return reason?.code === 'dry-run' ? 'would-do' : state;
}

/** How many rows ended in each way. */
export type Counts = Readonly<Record<RowState, number>>;

export function answerOf({ row }: TransferResult, { prints }: RowsTitle): string | undefined {
  const answer = prints === undefined ? undefined : row?.made?.[prints];
  return answer === undefined ? undefined : printable(String(answer));
}

/** `moved  /a.txt → /b/a.txt`. */
export function rowLine(
  { row, path, reason }: TransferResult,
  state: RowState,
  title: RowsTitle,
): string {
  const words = printable(row?.words ?? path);
  if (state === 'done') return `${title.did}  ${words}`;
  if (state === 'would-do') return `would ${title.verb}  ${words}`;
  return `nothing to do  ${words}   ${printable(reason?.words ?? '')}`;
}

export function failureLine({ path, reason }: TransferResult, failed: string): string {
  return `  ${failed}  ${printable(path)}   ${printable(reason?.words ?? '')}`;
}

export function progressLine(counts: Counts, total: number, seconds: number): string {
  const ended = counts.done + counts.skipped + counts.failed + counts['would-do'];
  const remaining = ended === 0 ? undefined : (seconds / ended) * (total - ended);
  return [
    `  ${Math.floor((ended / Math.max(1, total)) * 100)}%`,
    `${formatCount(ended)} of ${formatNumberOf(total, 'row')}`,
    ...(remaining === undefined || ended === total ? [] : [`about ${formatRemaining(remaining)}`]),
    `${formatCount(counts.failed)} failed`,
  ].join('   ');
}

export function summaryLines(report: TransferReport, counts: Counts, title: RowsTitle): string[] {
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
    dryRun
      ? `${formatNumberOf(calls.calls, 'call')}, and ${formatCount(counts['would-do'])} or more to do it`
      : formatNumberOf(calls.calls, 'call'),
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
