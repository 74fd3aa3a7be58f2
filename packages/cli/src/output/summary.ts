/** What a run came to, as people read it: a small table, then each failure and the way out of it. */
import type { TransferReport, TransferResult } from '@boxhaul/transfer';
import { adviceOn, resuming, skippedWords } from './advice.ts';
import {
  formatBytes,
  formatCount,
  formatNumberOf,
  formatRate,
  formatRemaining,
  formatSeconds,
} from './format.ts';
import { mirrorLines, mirrorRows } from './mirror-lines.ts';
import type { Style } from './style.ts';
import type { PlannedTransfers, Tally } from './tally.ts';
import { failureName, verifyAdvice, verifyRows, verifyWords } from './verify-lines.ts';
import { printable } from './width.ts';

/** So many failures are named: more would scroll away what the table says. */
const namedFailures = 20;

/** Where each failure is named: in the summary, or `above` it, where all of them can be seen. */
export type FailuresNamed = 'here' | 'above';

/** The summary's lines. */
export function summaryLines(
  report: TransferReport,
  { planned, isFinal }: Pick<Tally, 'planned' | 'isFinal'>,
  style: Style,
  named: FailuresNamed = 'here',
): string[] {
  if (report.dryRun) return planLines(report, planned, style, named);
  return [
    headline(report, style),
    ...table(report, isFinal, style, named),
    ...failures(report, style, named),
    ...mirrorLines(report, style),
  ];
}

/**
 * What a dry run found: what would be done with how many files and bytes, what would not, and how long
 * Box's limit on uploads would make it take.
 */
function planLines(
  report: TransferReport,
  planned: PlannedTransfers,
  style: Style,
  named: FailuresNamed,
): string[] {
  const skipped = Object.entries(report.skippedBy).filter(([code]) => code !== 'dry-run');
  const rows: Row[] = [
    ...(['new', 'version', 'replaced', 'moved'] as const).flatMap((action): Row[] => {
      const { files: count, bytes } = planned[action] ?? { files: 0, bytes: 0 };
      return count === 0 ? [] : [[planWords[action], count, [formatBytes(bytes)]]];
    }),
    ...(report.copied ? [['of them copied', report.copied, ['in Box']] as Row] : []),
    ...mirrorRows(report),
    ...skipped.map(([code, count]): Row => ['not moved', count, [skippedWords(code, count)]]),
    ...(report.failed > 0 ? [['would fail', report.failed, whereNamed(report, named)] as Row] : []),
  ];
  return [
    style.bold('dry run: nothing was changed'),
    ...(rows.length === 0 ? ['  there is nothing to do'] : columns(rows, style)),
    `  ${formatNumberOf(report.predictedCalls, 'API call')}`,
    ...paceOfBox(report, planned),
    ...failures(report, style, named),
    ...mirrorLines(report, style),
  ];
}

const planWords = {
  new: 'new',
  version: 'new version',
  replaced: 'replaced',
  moved: 'moved there',
} as const;

/** Box takes 240 uploads a minute from each user. */
function paceOfBox({ direction, copied = 0 }: TransferReport, planned: PlannedTransfers): string[] {
  const { moved: _, ...sent } = planned;
  const uploads = Object.values(sent).reduce((sum, { files }) => sum + files, -copied);
  if (direction === 'download' || uploads <= 240) return [];
  const least = formatRemaining((uploads / 240) * 60);
  return [`  at least ${least} for ${formatCount(uploads)} uploads: Box takes 240 a minute`];
}

function headline(report: TransferReport, style: Style): string {
  const { ended, seconds, bytes, direction } = report;
  const verb = ended === 'complete' ? 'done' : ended === 'interrupted' ? 'interrupted' : 'stopped';
  const words = `${verb} ${ended === 'complete' ? 'in' : 'after'} ${formatSeconds(seconds)}`;
  const failed = ended !== 'complete' || report.failed > 0;
  if (direction === 'verify') {
    return [failed ? style.yellow(words) : style.green(words), verifyWords(report)].join('   ');
  }
  const moved =
    bytes === 0
      ? `nothing had to be ${direction === 'upload' ? 'sent' : 'fetched'}`
      : `${formatBytes(bytes)}${seconds > 0 ? ` at ${formatRate(bytes / seconds)}` : ''}`;
  const nothing = bytes === 0 && (report.transferred > 0 || failed);
  return [failed ? style.yellow(words) : style.green(words), nothing ? '0 bytes' : moved].join(
    '   ',
  );
}

function table(
  report: TransferReport,
  isFinal: boolean,
  style: Style,
  named: FailuresNamed,
): string[] {
  const { calls, ended, left } = report;
  const came: Row[] = [
    ['transferred', report.transferred, actionWords(report)],
    ['skipped', report.skipped, countedWords(report.skippedBy)],
    ['failed', report.failed, whereNamed(report, named)],
    ...mirrorRows(report),
  ];
  const rows: Row[] = [
    ...(report.direction === 'verify' ? verifyRows(report) : came),
    ...(ended === 'complete'
      ? []
      : [['left', left, isFinal ? [] : ['or more: not all was found yet']] as Row]),
    ...carriedRows(report),
    ...(report.foldersCreated > 0 ? [['new folders', report.foldersCreated, []] as Row] : []),
    [
      'API calls',
      calls.calls,
      [
        ...(ended === 'complete' ? [`${formatCount(report.predictedCalls)} predicted`] : []),
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

/** What has a plural of its own. */
const COUNTED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  tags: ['set of tags', 'sets of tags'],
  metadata: ['metadata', 'metadata'],
  details: ['details', 'details'],
  address: ['address', 'addresses'],
  'upload address': ['upload address', 'upload addresses'],
  'folder settings': ['set of folder settings', 'sets of folder settings'],
  'cascade policy': ['cascade policy', 'cascade policies'],
};

function carriedRows({ carried }: TransferReport): Row[] {
  const row = (name: string, counts: Readonly<Record<string, number>>): Row[] => {
    const entries = Object.entries(counts);
    const sum = entries.reduce((all, [, count]) => all + count, 0);
    const words = entries.map(([what, count]) => {
      const [one, many] = COUNTED[what] ?? [what, `${what}s`];
      return formatNumberOf(count, one, many);
    });
    return sum === 0 ? [] : [[name, sum, words]];
  };
  return carried ? [...row('came along', carried.done), ...row('gaps', carried.gaps)] : [];
}

function whereNamed({ failed }: TransferReport, named: FailuresNamed): string[] {
  return failed > 0 && named === 'above' ? ['named above'] : [];
}

function actionWords({ transferredBy, copied = 0 }: TransferReport): string[] {
  const { new: sent = 0, version = 0, replaced = 0, moved = 0 } = transferredBy;
  return [
    ...(sent > 0 ? [`${formatCount(sent)} new`] : []),
    ...(version > 0 ? [formatNumberOf(version, 'new version')] : []),
    ...(replaced > 0 ? [`${formatCount(replaced)} in place of old ones`] : []),
    ...(moved > 0 ? [`${formatCount(moved)} moved within the target`] : []),
    ...(copied > 0 ? [`${formatCount(copied)} of them copied in Box`] : []),
  ];
}

function countedWords(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).map(
    ([code, count]) => `${formatCount(count)} ${skippedWords(code, count)}`,
  );
}

/** Each failure on a line of its own, if it is named here; what to do is said once for those with the same reason. */
function failures(report: TransferReport, style: Style, named: FailuresNamed): string[] {
  const ways = new Set(report.failures.flatMap((result) => adviceIn(report, result) ?? []));
  if (report.ended !== 'complete' && !report.dryRun) ways.add(resuming(report));
  const lines = named === 'here' ? failureLines(report, style) : [];
  const indent = ' '.repeat(lines.length > 0 ? 10 : 2);
  return [...lines, ...[...ways].map((way) => `${indent}${style.cyan('→')} ${way}`)];
}

function failureLines({ failed, failures: known, job }: TransferReport, style: Style): string[] {
  const lines = known.slice(0, namedFailures).map((result) => failureLine(result, style));
  const names = job === undefined ? '--verbose names each' : `boxhaul jobs ${job} names each`;
  if (failed > lines.length) {
    lines.push(`  … and ${formatCount(failed - lines.length)} more (${names})`);
  }
  return lines;
}

/** What failed can be tried again; what differs has ways of its own. */
function adviceIn(report: TransferReport, result: TransferResult): string | null {
  const mending = report.direction === 'verify' ? verifyAdvice(result) : undefined;
  return mending === undefined ? adviceOn(result, report) : mending;
}

/** `  failed  reports/q3.xlsx   the file changed while it was read`. */
export function failureLine(result: TransferResult, style: Style): string {
  const words = result.reason?.words ?? 'for a reason that is not known';
  return `  ${style.red(failureName(result))}  ${printable(result.path)}   ${printable(words)}`;
}
