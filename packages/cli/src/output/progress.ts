/** The lines that stand at the bottom of a terminal while files move. Pure: a tally in, lines out. */
import type { CallCounts } from '@boxhaul/client';
import {
  formatBytesOf,
  formatCount,
  formatNumberOf,
  formatRate,
  formatRemaining,
} from './format.ts';
import type { Style } from './style.ts';
import type { FileInFlight, Tally } from './tally.ts';
import { printable, shortened, widthOf } from './width.ts';

export interface ProgressFrame {
  readonly tally: Tally;
  readonly calls: CallCounts;
  readonly nowMs: number;
  /** Of the terminal. */
  readonly columns: number;
  readonly style: Style;
  /** The first Ctrl-C has been pressed. */
  readonly isStopping: boolean;
}

const indent = '  ';
const longestBar = 36;

/** Four or five lines, none wider than the terminal. */
export function progressLines(frame: ProgressFrame): string[] {
  const { style, isStopping } = frame;
  const width = frame.columns - indent.length - 1;
  const hint = isStopping
    ? 'stopping when what is in flight is done · Ctrl-C again stops now'
    : 'Ctrl-C stops; the same command goes on from there';
  const lines = [
    overallLine(frame, width),
    fitted(countsLine(frame.tally), width),
    style.dim(fitted(callsLine(frame.calls), width)),
    flightLine(frame, width),
    (isStopping ? style.yellow : style.dim)(widthOf(hint) <= width ? hint : ''),
  ];
  return lines.filter((line) => line !== '').map((line) => indent + line);
}

/** How much of the plan is done, 0 to 1; 1 only when all of it is. */
export function fractionDone(tally: Tally): number {
  if (tally.filesDone < tally.filesPlanned || !tally.isFinal) {
    const [done, planned] =
      tally.bytesPlanned > 0
        ? [tally.bytesDone, tally.bytesPlanned]
        : [tally.filesDone, tally.filesPlanned];
    return planned === 0 ? 0 : Math.min(0.99, done / planned);
  }
  return 1;
}

/** `9.4 of 20.1 GB   182 MB/s   1 min left`, in words that are true while the plan still grows. */
export function paceWords(tally: Tally, nowMs: number): string[] {
  const rate = tally.rate(nowMs);
  const isAllMoved = tally.isFinal && tally.bytesDone >= tally.bytesPlanned;
  const left = isAllMoved ? undefined : tally.remainingSeconds(nowMs);
  return [
    formatBytesOf(tally.bytesDone, tally.bytesPlanned) + (tally.isFinal ? '' : ' found so far'),
    ...(rate === undefined ? [] : [formatRate(rate)]),
    ...(left === undefined ? [] : [`${formatRemaining(left)} left`]),
    // Bytes that were handed over are not there yet: they count when the other side has confirmed them.
    ...(isAllMoved && tally.inFlight.size > 0 ? ['checking the last ones'] : []),
  ];
}

function overallLine({ tally, nowMs, style }: ProgressFrame, width: number): string {
  const fraction = fractionDone(tally);
  const percent = tally.isFinal ? `${Math.floor(fraction * 100)}%`.padStart(4) : '    ';
  const words = shortenedEnd(`${percent}   ${paceWords(tally, nowMs).join('   ')}`, width);
  const room = Math.min(longestBar, width - widthOf(words) - 1);
  return room < 8 ? words : `${bar(tally.isFinal ? fraction : 0, room, style)} ${words}`;
}

function bar(fraction: number, columns: number, style: Style): string {
  const halves = Math.floor(fraction * columns * 2);
  const whole = Math.floor(halves / 2);
  const done = '━'.repeat(whole) + (halves % 2 === 1 ? '╸' : '');
  const rest = columns - whole - (halves % 2);
  return style.cyan(done) + style.dim('━'.repeat(rest));
}

/** `4,310 of 9,204 files · 12 new versions, 4,298 skipped · 0 failed`. */
function countsLine(tally: Tally): string {
  const { new: sent = 0, version = 0, replaced = 0 } = tally.transferredBy;
  const ended = [
    ...(sent > 0 ? [`${formatCount(sent)} new`] : []),
    ...(version > 0 ? [formatNumberOf(version, 'new version')] : []),
    ...(replaced > 0 ? [`${formatCount(replaced)} replaced`] : []),
    ...(tally.skipped > 0 ? [`${formatCount(tally.skipped)} skipped`] : []),
  ];
  return [
    `${formatCount(tally.filesDone)} of ${formatNumberOf(tally.filesPlanned, 'file')}`,
    ...(ended.length > 0 ? [ended.join(', ')] : []),
    `${formatCount(tally.failed)} failed`,
  ].join('  ·  ');
}

/** `412 calls, 61 of them uploads  ·  3 repeated`. */
function callsLine(calls: CallCounts): string {
  return [
    formatNumberOf(calls.calls, 'call') +
      (calls.uploads > 0 ? `, ${formatCount(calls.uploads)} of them uploads` : ''),
    ...(calls.retried > 0 ? [`${formatCount(calls.retried)} repeated`] : []),
    ...(calls.refused > 0 ? [`${formatCount(calls.refused)} refused: Box's limit`] : []),
  ].join('  ·  ');
}

/** The files in flight, the largest first: as many as fit, and how many more there are. */
function flightLine({ tally, style }: ProgressFrame, width: number): string {
  const files = [...tally.inFlight].sort((a, b) => b.bytes - a.bytes || order(a.path, b.path));
  const shown: string[] = [];
  let used = 0;
  for (const file of files) {
    const name = shortened(
      printable(file.path),
      shown.length === 0 ? Math.min(44, width - 16) : 32,
    );
    const text = `${name} ${stateOf(file)}`;
    const room = width - used - (files.length - shown.length > 1 ? '  ·  +99 more'.length : 0);
    if (widthOf(text) + 5 > room) break;
    shown.push(text);
    used += widthOf(text) + 5;
  }
  const more = files.length - shown.length;
  if (more > 0) shown.push(`+${more} more`);
  return style.dim(fitted(shown.join('  ·  '), width));
}

/** `  8%`, and once all bytes have moved, that the other side is being waited for. */
function stateOf({ bytesDone, bytes }: FileInFlight): string {
  return bytesDone >= bytes ? 'checking' : `${Math.floor((bytesDone * 100) / bytes)}%`.padStart(4);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fitted(line: string, width: number): string {
  return widthOf(line) <= width ? line : shortenedEnd(line, width);
}

/** Drops what is behind the last gap that fits: half a number would not be true. */
function shortenedEnd(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  const fitting = line.slice(0, Math.max(0, width + 1));
  const gap = Math.max(fitting.lastIndexOf('   '), fitting.lastIndexOf('  ·  '));
  return gap <= 0 ? line.slice(0, width) : line.slice(0, gap);
}
