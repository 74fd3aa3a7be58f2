/** What a run came to, as people read it: a small table, then each failure and the way out of it. */
import type { TransferReport, TransferResult } from '@boxhaul/transfer';
import { adviceOn, again, skippedWords } from './advice.ts';
import { formatBytes, formatCount, formatNumberOf, formatRate, formatSeconds } from './format.ts';
import type { Style } from './style.ts';
import { printable } from './width.ts';

/** The summary's lines. Of failures the first thousand are known one by one. */
export function summaryLines(report: TransferReport, style: Style): string[] {
  return [headline(report, style), ...table(report, style), ...failures(report, style)];
}

function headline(report: TransferReport, style: Style): string {
  const { ended, seconds, bytes, direction } = report;
  if (report.dryRun) return style.bold('dry run: nothing was changed');
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
  const verb = report.dryRun ? 'to transfer' : 'transferred';
  const rows: [name: string, count: number, words: string[]][] = [
    [verb, report.transferred, actionWords(report)],
    ['skipped', report.skipped, countedWords(report.skippedBy)],
    ['failed', report.failed, inFlightWords(report)],
    ...(report.foldersCreated > 0
      ? [['new folders', report.foldersCreated, []] as [string, number, string[]]]
      : []),
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
  return Object.entries(counts).map(([code, count]) => skippedWords(code, count));
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
