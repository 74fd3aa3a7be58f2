/** The lines that stand at the bottom of a terminal while files move. Pure: a tally in, lines out. */
import type { CallCounts } from '@boxhaul/client';
import {
  formatBytesOf,
  formatCount,
  formatNumberOf,
  formatRate,
  formatRemaining,
} from './format.ts';
import { type Limits, limitWords } from './limits.ts';
import type { Style } from './style.ts';
import type { FileInFlight, Tally } from './tally.ts';
import { printable, shortened, widthOf } from './width.ts';

export interface ProgressFrame {
  readonly tally: Tally;
  readonly calls: CallCounts;
  /** Absent when nobody counts. */
  readonly limits?: Limits | undefined;
  readonly nowMs: number;
  /** Of the terminal. */
  readonly columns: number;
  /** How many lines there may be. */
  readonly rows: number;
  readonly style: Style;
  /** `ending` from the first Ctrl-C on, `stopping` from the second. */
  readonly phase: 'running' | 'ending' | 'stopping';
}

const indent = '  ';
const longestBar = 36;
/** From then on a file in flight is said to take its time. */
const slowMs = 5000;

/** Up to five lines, none wider than the terminal; where there is room for fewer, those that say most. */
export function progressLines(frame: ProgressFrame): string[] {
  const { style, phase, rows } = frame;
  const width = frame.columns - indent.length - 1;
  const overall = overallLine(frame, width);
  const counts = countsLine(frame, width);
  const calls = style.dim(fitted(callsLine(frame), width));
  const flight = flightLine(frame, width);
  const hint = (phase === 'running' ? style.dim : style.yellow)(hintLine(frame, width));
  const byImportance =
    phase === 'running'
      ? [overall, counts, calls, flight, hint]
      : [overall, hint, counts, flight, calls];
  const kept = new Set(byImportance.filter((line) => line !== '').slice(0, Math.max(1, rows)));
  return [overall, counts, calls, flight, hint]
    .filter((line) => kept.has(line))
    .map((line) => indent + line);
}

/** What Ctrl-C does, or has done: the longest words that fit. */
function hintLine({ phase, tally: { job } }: ProgressFrame, width: number): string {
  const resume = job === undefined ? undefined : `boxhaul resume ${job} continues`;
  const words = {
    running: [
      `Ctrl-C: finish what is in flight and stop (${resume ?? 'the same command goes on from there'})`,
      'Ctrl-C: finish what is in flight and stop',
      'Ctrl-C: stop',
    ],
    ending: [
      ...(resume ? [`finishing what is in flight · ${resume} · again: stop now`] : []),
      'finishing what is in flight · Ctrl-C again: stop now',
      'finishing · again: now',
      'finishing',
    ],
    stopping: ['stopping now'],
  }[phase];
  return words.find((line) => widthOf(line) <= width) ?? '';
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
function paceWords(tally: Tally, nowMs: number): string[] {
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

/** `4,310 of 9,204 files  ·  12 new versions, 4,298 skipped  ·  0 failed  ·  38 files/s`. */
function countsLine({ tally, nowMs }: ProgressFrame, width: number): string {
  const isVerifying = tally.direction === 'verify';
  const { new: sent = 0, version = 0, replaced = 0, moved = 0 } = tally.transferredBy;
  const ended = [
    ...(sent > 0 ? [`${formatCount(sent)} new`] : []),
    ...(version > 0 ? [formatNumberOf(version, 'new version')] : []),
    ...(replaced > 0 ? [`${formatCount(replaced)} replaced`] : []),
    ...(moved > 0 ? [`${formatCount(moved)} moved there`] : []),
    ...(tally.copied > 0 ? [`${formatCount(tally.copied)} of them copied`] : []),
    ...(tally.skipped > 0
      ? [`${formatCount(tally.skipped)} ${isVerifying ? 'the same' : 'skipped'}`]
      : []),
  ];
  const filesRate = Math.round(tally.filesRate(nowMs) ?? 0);
  const files = `${formatCount(tally.filesDone)} of ${formatNumberOf(tally.filesPlanned, 'file')}`;
  const failed = `${formatCount(tally.failed)} ${isVerifying ? 'differ' : 'failed'}`;
  const pace = filesRate > 1 ? [`${formatCount(filesRate)} files/s`] : [];
  const whole = [files, ...(ended.length > 0 ? [ended.join(', ')] : []), failed, ...pace];
  const line = whole.join('  ·  ');
  // What failed is said for as long as there is room for anything.
  return widthOf(line) <= width ? line : fitted([files, failed, ...pace].join('  ·  '), width);
}

/** `calls 5,121  ·  61 of 240/min uploads, 412 of 1,000/min  ·  3 repeated`. */
function callsLine({ calls, limits }: ProgressFrame): string {
  return [
    `calls ${formatCount(calls.calls)}`,
    ...(limits === undefined ? [] : [limitWords(limits)]),
    ...(calls.retried > 0 ? [`${formatCount(calls.retried)} repeated`] : []),
    ...(calls.refused > 0 ? [`${formatCount(calls.refused)} refused: Box's limit`] : []),
  ].join('  ·  ');
}

/** The files in flight, the slowest first: as many as fit, and how many more there are. */
function flightLine({ tally, nowMs, style }: ProgressFrame, width: number): string {
  const shown: string[] = [];
  let used = 0;
  const { size } = tally.inFlight;
  for (const file of tally.inFlight) {
    const state = stateOf(file, nowMs);
    const room = width - used - (size - shown.length > 1 ? '  ·  +99 more'.length : 0);
    const longest = shown.length === 0 ? Math.min(44, room - state.length - 1) : 32;
    if (longest < 2) break;
    const text = `${shortened(printable(file.path), longest)} ${state}`;
    if (widthOf(text) > room) break;
    shown.push(text);
    used += widthOf(text) + 5;
  }
  const more = size - shown.length;
  if (more > 0) shown.push(`+${formatCount(more)} more`);
  return style.dim(fitted(shown.join('  ·  '), width));
}

/** `  8%`, or that the other side is being waited for; and of what takes its time, how long it has taken. */
function stateOf({ bytesDone, bytes, sinceMs }: FileInFlight, nowMs: number): string {
  const took = nowMs - sinceMs;
  const state =
    bytesDone >= bytes ? 'checking' : `${Math.floor((bytesDone * 100) / bytes)}%`.padStart(4);
  return took < slowMs ? state : `${state} ${formatRemaining(took / 1000)}`;
}

function fitted(line: string, width: number): string {
  return widthOf(line) <= width ? line : shortenedEnd(line, width);
}

/** Drops what is behind the last gap that fits: half a number would not be true. */
function shortenedEnd(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  const fitting = line.slice(0, Math.max(0, width + 1));
  const gap = Math.max(fitting.lastIndexOf('   '), fitting.lastIndexOf('  ·  '));
  return gap <= 0 ? line.slice(0, Math.max(0, width)) : line.slice(0, gap);
}
