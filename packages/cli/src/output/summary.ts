/** What a run came to, as people read it: a small table, then each failure and the way out of it. */
import type { TransferReport, TransferResult } from '@boxhaul/transfer';
import { adviceOn, again, skippedWords } from './advice.ts';
import {
  formatBytes,
  formatCount,
  formatNumberOf,
  formatRate,
  formatRemaining,
  formatSeconds,
} from './format.ts';
import type { Style } from './style.ts';
import type { PlannedTransfers } from './tally.ts';
import { printable } from './width.ts';

/** The summary's lines. Of failures the first thousand are known one by one. */
export function summaryLines(
  report: TransferReport,
  planned: PlannedTransfers,
  style: Style,
): string[] {
  if (report.dryRun) return planLines(report, planned, style);
  return [headline(report, style), ...table(report, style), ...failures(report, style)];
}

/**
 * What a dry run found: what would be done with how many files and bytes, what would not, and how long
 * Box's limit on uploads would make it take.
 */
function planLines(report: TransferReport, planned: PlannedTransfers, style: Style): string[] {
  const skipped = Object.entries(report.skippedBy).filter(([code]) => code !== 'dry-run');
  const rows: Row[] = [
    ...(['new', 'version', 'replaced'] as const).flatMap((action): Row[] => {
      const { files: count, bytes } = planned[action] ?? { files: 0, bytes: 0 };
      return count === 0 ? [] : [[planWords[action], count, [formatBytes(bytes)]]];
    }),
    ...skipped.map(([code, count]): Row => ['not moved', count, [skippedWords(code, count)]]),
    ...(report.failed > 0 ? [['would fail', report.failed, []] as Row] : []),
  ];
  return [
    style.bold('dry run: nothing was changed'),
    ...(rows.length === 0 ? ['  there is nothing to do'] : columns(rows, style)),
    ...paceOfBox(report, planned),
    ...failures(report, style),
  ];
}

const planWords = { new: 'new', version: 'new version', replaced: 'replaced' } as const;

/** Box takes 240 uploads a minute from each user. */
function paceOfBox({ direction }: TransferReport, planned: PlannedTransfers): string[] {
  const uploads = Object.values(planned).reduce((sum, { files }) => sum + files, 0);
  if (direction === 'download' || uploads <= 240) return [];
  const least = formatRemaining((uploads / 240) * 60);
  return [`  at least ${least} for ${formatCount(uploads)} uploads: Box takes 240 a minute`];
}

function headline(report: TransferReport, style: Style): string {
  const { ended, seconds, bytes, direction } = report;
  const verb = ended === 'complete' ? 'done' : ended === 'interrupted' ? 'interrupted' : 'stopped';
  const words = `${verb} ${ended === 'complete' ? 'in' : 'after'} ${formatSeconds(seconds)}`;
  const failed = ended !== 'complete' || report.failed > 0;
  const moved =
    bytes === 0
      ? `nothing had to be ${direction === 'upload' ? 'sent' : 'fetched'}`
      : `${formatBytes(bytes)}${seconds > 0 ? ` at ${formatRate(bytes / seconds)}` : ''}`;
  const nothing = bytes === 0 && (report.transferred > 0 || failed);
  return [failed ? style.yellow(words) : style.green(words), nothing ? '0 bytes' : moved].join(
    '   ',
  );
}

function table(report: TransferReport, style: Style): string[] {
  const { calls } = report;
  const rows: Row[] = [
    ['transferred', report.transferred, actionWords(report)],
    ['skipped', report.skipped, countedWords(report.skippedBy)],
    ['failed', report.failed, inFlightWords(report)],
    ...(report.foldersCreated > 0 ? [['new folders', report.foldersCreated, []] as Row] : []),
    [
      'API calls',
      calls.calls,
      [
        ...(calls.uploads > 0 ? [formatNumberOf(calls.uploads, 'upload')] : []),
        ...(calls.retried > 0 ? [`${formatCount(calls.retried)} repeated`] : []),
        ...(calls.refused > 0 ? [`${formatCount(calls.refused)} refused by Box's limit`] : []),
      ],
    ],
  ];
  return columns(rows, style);
}

type Row = [name: string, count: number, words: string[]];

function columns(rows: readonly Row[], style: Style): string[] {
  const nameColumn = Math.max(...rows.map(([name]) => name.length));
  const countColumn = Math.max(...rows.map(([, count]) => formatCount(count).length));
  return rows.map(([name, count, words]) => {
    const start = `  ${name.padEnd(nameColumn)}  ${formatCount(count).padStart(countColumn)}`;
    const emphasised = name === 'failed' && count > 0 ? style.red(start) : start;
    return words.length === 0 ? emphasised : `${emphasised}   ${style.dim(words.join(', '))}`;
  });
}

function actionWords({ transferredBy }: TransferReport): string[] {
  const { new: sent = 0, version = 0, replaced = 0 } = transferredBy;
  return [
    ...(sent > 0 ? [`${formatCount(sent)} new`] : []),
    ...(version > 0 ? [formatNumberOf(version, 'new version')] : []),
    ...(replaced > 0 ? [`${formatCount(replaced)} in place of old ones`] : []),
  ];
}

function countedWords(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).map(
    ([code, count]) => `${formatCount(count)} ${skippedWords(code, count)}`,
  );
}

/**
 * Each failure on a line of its own; what to do is said once for those with the same reason. Files that
 * were in flight when the run was interrupted are counted only.
 */
function failures(report: TransferReport, style: Style): string[] {
  const named = report.failures.filter((result) => !wasInFlight(result));
  const lines = named.map((result) => failureLine(result, style));
  const unlisted = report.failed - report.failures.length;
  if (unlisted > 0) lines.push(`  … and ${formatCount(unlisted)} more (--verbose names each)`);
  const ways = new Set(named.map((result) => adviceOn(result, report.direction)));
  if (report.ended === 'interrupted') ways.add(again(report.direction));
  return [...lines, ...[...ways].map((way) => `          ${style.cyan('→')} ${way}`)];
}

function inFlightWords({ failures: listed }: TransferReport): string[] {
  const count = listed.filter(wasInFlight).length;
  return count === 0 ? [] : [`${formatCount(count)} in flight when it stopped`];
}

function wasInFlight({ reason }: TransferResult): boolean {
  return reason?.code === 'interrupted';
}

/** `  failed  reports/q3.xlsx   the file changed while it was read`. */
export function failureLine(result: TransferResult, style: Style): string {
  const words = result.reason?.words ?? 'for a reason that is not known';
  return `  ${style.red('failed')}  ${printable(result.path)}   ${printable(words)}`;
}
