/** What --every and --cron make of a command: the same words, run again and again in this process. */
import { systemClock } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withoutSchedule } from '../schedule-options.ts';
import { repeat } from './repeat.ts';
import type { RunEnd } from './run-end.ts';
import { scheduleView } from './schedule-view.ts';
import { timetableOf } from './timetable.ts';

/**
 * Runs the command of this context by its timetable until the signal fires.
 * @throws CliError when the timetable, or what can be seen of the configuration before the first run, is wrong
 */
export async function keepOn(context: CommandContext): Promise<ExitCode> {
  const { options, signal } = context;
  const clock = systemClock;
  const timetable = timetableOf(options, clock.now());
  if (!timetable) throw new CliError('it is not said when to run', { ways: ['--every 5m'] });
  const argv = withoutSchedule(context.argv);
  if (argv.includes('-')) {
    throw new CliError('names from standard input can be read once, and not again and again', {
      ways: ['name a folder, or choose with --include and --filter-from'],
    });
  }
  if (timetable.firstMs(clock.now()) > clock.now()) await assertConfigured(context);
  const view = scheduleView(context, timetable, clock);
  return await repeat({
    timetable,
    clock,
    signal,
    run: (startedMs) => runOnce(argv, startedMs, context),
    tell: async (event) => view(event),
  });
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
