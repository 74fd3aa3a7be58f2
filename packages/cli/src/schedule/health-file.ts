/** A file that says how the runs of a command went, for whoever watches over them: docs/scheduling.md describes it. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { ScheduleEvent } from './repeat.ts';
import { isElsewhere, type RunEnd } from './run-end.ts';

/** The file's JSON. Times are ISO 8601 in UTC. */
interface Health {
  readonly v: 1;
  readonly program: 'boxhaul';
  /** `ended`: nothing runs any more, or it was one run only. */
  readonly state: 'waiting' | 'running' | 'ended';
  readonly runningSince: string | null;
  readonly lastRun: LastRun | null;
  /** When a run last ended with exit code 0. */
  readonly lastSuccessAt: string | null;
  readonly nextRunAt: string | null;
}

interface LastRun {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly exitCode: ExitCode;
  /** Of a transfer that began. */
  readonly job?: string;
  readonly transferred?: number;
  readonly skipped?: number;
  readonly failed?: number;
  readonly left?: number;
  readonly bytes?: number;
  /** What ended it, if it did not come to its end. */
  readonly message?: string;
}

const known = z.object({
  v: z.literal(1),
  program: z.literal('boxhaul'),
  lastRun: z.custom<LastRun>((value) => typeof value === 'object').nullable(),
  lastSuccessAt: z.string().nullable(),
});

/**
 * Begins to keep the file, in which the time of the last success outlives a restart.
 *
 * @param warn is told when it cannot be written later on: a run does not end for it
 * @returns what is to be told all that happens
 * @throws CliError when it cannot be written, or is something else
 */
export async function keepHealthFile(
  path: string,
  warn: (words: string) => void,
): Promise<(event: ScheduleEvent) => Promise<void>> {
  const before = await readHealth(path);
  let health: Health = {
    v: 1,
    program: 'boxhaul',
    state: 'waiting',
    runningSince: null,
    lastRun: before?.lastRun ?? null,
    lastSuccessAt: before?.lastSuccessAt ?? null,
    nextRunAt: null,
  };
  await write(path, health).catch((error: unknown) => {
    throw new CliError(`the health file ${path} cannot be written: ${wordsOf(error)}`, {
      ways: ['give another path: --health-file boxhaul-health.json'],
      cause: error,
    });
  });
  return async (event) => {
    const next = healthAfter(event, health);
    if (next === health) return;
    health = next;
    try {
      await write(path, health);
    } catch (error) {
      warn(`the health file ${path} cannot be written: ${wordsOf(error)}`);
    }
  };
}

function healthAfter(event: ScheduleEvent, health: Health): Health {
  switch (event.type) {
    case 'waiting':
      return { ...health, state: 'waiting', nextRunAt: isoTime(event.nextMs) };
    case 'started':
      return { ...health, state: 'running', runningSince: isoTime(event.startedMs) };
    case 'ended':
      return {
        ...health,
        state: event.nextMs === undefined ? 'ended' : 'waiting',
        runningSince: null,
        nextRunAt: event.nextMs === undefined ? null : isoTime(event.nextMs),
        ...outcomeOf(event.end),
      };
    case 'over':
      return { ...health, state: 'ended', runningSince: null, nextRunAt: null };
    case 'skipped':
      return health;
  }
}

/** A run that was left to another process says nothing of how the job went. */
function outcomeOf(end: RunEnd): (Pick<Health, 'lastRun'> & Partial<Health>) | undefined {
  if (isElsewhere(end)) return undefined;
  const { startedMs, endedMs, exitCode, report, error } = end;
  const endedAt = isoTime(endedMs);
  const lastRun: LastRun = {
    startedAt: isoTime(startedMs),
    endedAt,
    exitCode,
    ...(report && {
      ...(report.job !== undefined && { job: report.job }),
      transferred: report.transferred,
      skipped: report.skipped,
      failed: report.failed,
      left: report.left,
      bytes: report.bytes,
    }),
    ...(error && { message: error.message }),
  };
  return { lastRun, ...(exitCode === ExitCode.done && { lastSuccessAt: endedAt }) };
}

/** What an earlier process left. @throws CliError when something else is there */
async function readHealth(path: string): Promise<z.infer<typeof known> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliError(`the health file ${path} cannot be read: ${wordsOf(error)}`, {
      ways: ['give another path: --health-file boxhaul-health.json'],
      cause: error,
    });
  }
  const health = known.safeParse(parsed(text)).data;
  if (health) return health;
  throw new CliError(`${path} is no health file of Boxhaul, and would be overwritten`, {
    ways: ['give another path, or move that file away'],
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says that it is no health file.
    return undefined;
  }
}

/** Others may read it: whoever watches is seldom the same user. */
async function write(path: string, health: Health): Promise<void> {
  await replaceFile(path, `${JSON.stringify(health, undefined, 2)}\n`, 0o644);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
