/** The options that let a command run again and again: the same for every command that is a job. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Env } from '../environment.ts';
import { duration } from './option-values.ts';

/** What of a command says when it runs. */
export interface ScheduleOptions {
  /** In milliseconds. */
  readonly every?: number;
  /** Five fields, as in a crontab. */
  readonly cron?: string;
  /** An IANA time zone, of `cron`. */
  readonly tz?: string;
  /** A file that says how the runs went. */
  readonly healthFile?: string;
  /** An address that is told; a key. */
  readonly pingUrl?: string;
  /** Of the command itself: then nobody is told. */
  readonly dryRun?: boolean;
}

/** Whether a command has these options: those that are jobs do. */
export function takesSchedule(command: Command): boolean {
  return command.options.some(({ long }) => long === '--ping-url');
}

/** Whether a command is to run again and again, or to be told of when it has run. */
export function isScheduled(command: Command, options: ScheduleOptions, env: Env): boolean {
  if (!takesSchedule(command)) return false;
  const { every, cron, tz, healthFile, pingUrl } = options;
  const told = [healthFile, pingUrl, env[PING_URL] || undefined];
  return [every, cron, tz, ...told].some((value) => value !== undefined);
}

/** The variable that `pingUrl` is taken from where it is not given: other users see the words of a command. */
export const PING_URL = 'BOXHAUL_PING_URL';

export function addScheduleOptions(command: Command): Command {
  command.optionsGroup('Again and again, until Ctrl-C, and who is told:');
  return addTimeOptions(command)
    .option('--health-file <file>', 'keep a JSON file that says how the runs went')
    .option(
      '--ping-url <url>',
      `ask for this address after each run, and for /fail below it if it failed (better: ${PING_URL})`,
    )
    .optionsGroup('Options:');
}

/** When it runs, alone. */
export function addTimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--every <time>', 'at once, and then every 30s, 5m, 12h')
        .argParser(interval)
        .conflicts('cron'),
    )
    .option('--cron <times>', "when a crontab's five fields say so: '0 2 * * *'")
    .option('--tz <zone>', "the time zone of --cron: Europe/Berlin (by default this machine's)");
}

/** Options of a command line that say when it runs and who is told, and not what it does; each has a value. */
const NAMES: ReadonlySet<string> = new Set([
  '--every',
  '--cron',
  '--tz',
  '--health-file',
  '--ping-url',
]);

/** The words of one run: those that say when are left out. */
export function withoutSchedule(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  return argv.filter((word, at) => {
    if (at >= end) return true;
    const isValue = NAMES.has(argv[at - 1] ?? '');
    return !isValue && !NAMES.has(word.split('=', 1)[0] ?? '');
  });
}

/** `--every 5m` → milliseconds. */
function interval(text: string): number {
  const everyMs = duration(text);
  if (everyMs >= 1000) return everyMs;
  throw new InvalidArgumentError('Give a second or more: 30s, 5m, 12h.');
}
