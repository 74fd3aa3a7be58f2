/** What --every and --cron make of a command: the same words, run again and again in this process, and told of. */
import { resolve } from 'node:path';
import { systemClock } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { readsInput } from '../options/option-values.ts';
import { PING_URL, withoutSchedule } from '../options/schedule-options.ts';
import { keepHealthFile } from './health-file.ts';
import { addressAfter, ping, pingAddress } from './ping.ts';
import { repeat, runOnly, type ScheduleEvent } from './repeat.ts';
import type { RunEnd } from './run-end.ts';
import { scheduleView } from './schedule-view.ts';
import { timetableOf } from './timetable.ts';

type Teller = (event: ScheduleEvent) => void | Promise<void>;

/**
 * Runs the command of this context by its timetable until the signal fires, or once if it has none; whoever is to know
 * how it went is told.
 * @throws CliError when the timetable, or what can be seen of the configuration before the first run, is wrong
 */
export async function keepOn(context: CommandContext): Promise<ExitCode> {
  const { options, signal } = context;
  const clock = systemClock;
  const timetable = timetableOf(options, clock.now());
  const argv = withoutSchedule(context.argv);
  const tellers = options.dryRun ? [] : await tellersOf(context);
  const tell = async (event: ScheduleEvent) => {
    for (const teller of tellers) await teller(event);
  };
  const run = (startedMs: number) => runOnce(argv, startedMs, context);
  if (!timetable) return await runOnly({ clock, run, tell });

  if (readsInput(argv)) {
    throw new CliError('names from standard input can be read once, and not again and again', {
      ways: ['name a folder, or choose with --include and --filter-from'],
    });
  }
  if (timetable.firstMs(clock.now()) > clock.now()) await assertConfigured(context);
  tellers.unshift(scheduleView(context, timetable, clock));
  return await repeat({ timetable, clock, signal, run, tell });
}

/** @throws CliError when the health file or the ping's address is wrong */
async function tellersOf(context: CommandContext): Promise<Teller[]> {
  const { options, env, cwd } = context;
  const { healthFile, pingUrl = env[PING_URL] || undefined } = options;
  const address = pingUrl === undefined ? undefined : pingAddress(pingUrl);
  const warn = (words: string) => warnOf(words, context);
  return [
    ...(healthFile === undefined ? [] : [await keepHealthFile(resolve(cwd, healthFile), warn)]),
    ...(address === undefined ? [] : [pinger(address, context)]),
  ];
}

function pinger(address: URL, context: CommandContext): Teller {
  const { output, env, stopNow: signal, signal: ending } = context;
  return async (event) => {
    if (event.type !== 'ended') return;
    const asked = addressAfter(event.end, address);
    const failure = asked && (await ping(asked, { clock: systemClock, env, signal, ending }));
    if (failure === undefined) return;
    const words = `${address.host} was not told how the run ended: ${failure}`;
    warnOf(words, context);
    output.event('ping-failed', { message: words });
  };
}

function warnOf(words: string, { output, log }: CommandContext): void {
  output.warn(`${output.errorStyle.yellow('warning:')} ${words}`);
  log.warn({}, words);
}

async function runOnce(
  argv: readonly string[],
  startedMs: number,
  context: CommandContext,
): Promise<RunEnd> {
  const told: { -readonly [Name in 'report' | 'error']?: RunEnd[Name] } = {};
  const exitCode = await context.runInstead(argv, context.cwd, {
    report: (report) => {
      told.report = report;
    },
    error: (error) => {
      told.error = error;
    },
  });
  return { startedMs, endedMs: systemClock.now(), exitCode, ...told };
}

/** Credentials that are missing are told now, and not at two in the morning. */
async function assertConfigured(context: CommandContext): Promise<void> {
  const connection = await openConnection(context);
  await connection.close();
}
