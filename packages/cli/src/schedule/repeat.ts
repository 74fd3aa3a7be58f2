/**
 * A command that runs again and again, one run after the other: it waits, runs, and skips what was due while it ran.
 * It knows neither commands nor terminals; time comes in from outside.
 */
import type { Clock } from '@boxhaul/client';
import { ExitCode } from '../exit-codes.ts';
import { OutputClosed } from '../interruption.ts';
import type { RunEnd } from './run-end.ts';
import type { Timetable } from './timetable.ts';

/** What happens, in order; each is told before the next begins. */
export type ScheduleEvent =
  /** Nothing runs until then. */
  | { readonly type: 'waiting'; readonly nextMs: number }
  | { readonly type: 'started'; readonly number: number; readonly startedMs: number }
  | {
      readonly type: 'ended';
      readonly number: number;
      readonly end: RunEnd;
      /** Absent after the last. */
      readonly nextMs?: number;
    }
  /** So many runs were due while one ran, the first of them then. */
  | { readonly type: 'skipped'; readonly count: number; readonly firstDueMs: number }
  | { readonly type: 'over'; readonly runs: number };

export interface Repetition {
  readonly timetable: Timetable;
  readonly clock: Clock;
  /** Fires when the run in progress is to be the last. */
  readonly signal: AbortSignal;
  /** Runs the command once, to its end; ends soon after the signal. Never throws. */
  run(startedMs: number): Promise<RunEnd>;
  tell(event: ScheduleEvent): Promise<void>;
}

/**
 * Runs until the signal fires. A run that fails does not end it; a first run that shows that the command line, the
 * configuration or the credentials are wrong does.
 *
 * @returns what ended it: the code of a first run that could not do anything, `interrupted` if a run was cut short, or
 *   `done`
 */
export async function repeat(repetition: Repetition): Promise<ExitCode> {
  const { timetable, clock, signal, tell } = repetition;
  let dueMs = timetable.firstMs(clock.now());
  let runs = 0;
  try {
    for (let number = 1; ; number++) {
      if (!(await isTimeFor(dueMs, repetition))) return ExitCode.done;
      const end = await runOnce(number, repetition);
      runs = number;
      const { exitCode, startedMs, endedMs } = end;
      const isLast = signal.aborted || (number === 1 && isWrong(exitCode));
      dueMs = timetable.nextMs(endedMs);
      await tell({ type: 'ended', number, end, ...(!isLast && { nextMs: dueMs }) });
      if (isLast) return signal.aborted ? codeWhenStopped(exitCode, signal) : exitCode;
      const skipped = dueWithin(timetable, startedMs, endedMs);
      if (skipped) await tell({ type: 'skipped', ...skipped });
    }
  } finally {
    await tell({ type: 'over', runs });
  }
}

/** One run that is told of as those of a repetition are. */
export async function runOnly(run: Pick<Repetition, 'clock' | 'run' | 'tell'>): Promise<ExitCode> {
  try {
    const end = await runOnce(1, run);
    await run.tell({ type: 'ended', number: 1, end });
    return end.exitCode;
  } finally {
    await run.tell({ type: 'over', runs: 1 });
  }
}

async function runOnce(
  number: number,
  { clock, run, tell }: Pick<Repetition, 'clock' | 'run' | 'tell'>,
): Promise<RunEnd> {
  const startedMs = clock.now();
  await tell({ type: 'started', number, startedMs });
  return await run(startedMs);
}

/** So long it sleeps at once: a machine that wakes up, or whose clock is set, is late by no more than this. */
const SLICE_MS = 60_000;

/** @returns false if the signal fired instead */
async function isTimeFor(dueMs: number, repetition: Repetition): Promise<boolean> {
  const { timetable, clock, signal, tell } = repetition;
  if (signal.aborted) return false;
  let untilMs = dueMs;
  if (clock.now() < untilMs) await tell({ type: 'waiting', nextMs: untilMs });
  for (let nowMs = clock.now(); nowMs < untilMs; nowMs = clock.now()) {
    // The clock was set back: nobody waits for it to come round again.
    untilMs = Math.min(untilMs, nowMs + timetable.longestWaitMs);
    try {
      await clock.sleep(Math.min(untilMs - nowMs, SLICE_MS), signal);
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }
  return !signal.aborted;
}

/** What the timetable has between two times. */
function dueWithin(
  timetable: Timetable,
  fromMs: number,
  toMs: number,
): { count: number; firstDueMs: number } | undefined {
  const firstDueMs = timetable.nextMs(fromMs);
  let count = 0;
  for (let dueMs = firstDueMs; dueMs <= toMs; dueMs = timetable.nextMs(dueMs)) count++;
  return count === 0 ? undefined : { count, firstDueMs };
}

/** Nothing was done, and nothing would be the next time. */
function isWrong(exitCode: ExitCode): boolean {
  return exitCode === ExitCode.wrongUse || exitCode === ExitCode.notAuthorised;
}

/** Who stops it between two runs, or after one that came to its end, has interrupted nothing. */
function codeWhenStopped(exitCode: ExitCode, signal: AbortSignal): ExitCode {
  if (signal.reason instanceof OutputClosed) return ExitCode.done;
  return exitCode === ExitCode.interrupted ? exitCode : ExitCode.done;
}
