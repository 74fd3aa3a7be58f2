/** The options that let a command run again and again: the same for every command that is a job. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { duration } from './option-values.ts';

/** What of a command says when it runs. */
export interface ScheduleOptions {
  /** In milliseconds. */
  readonly every?: number;
  /** Five fields, as in a crontab. */
  readonly cron?: string;
  /** An IANA time zone, of `cron`. */
  readonly tz?: string;
}

export function isScheduled({ every, cron, tz }: ScheduleOptions): boolean {
  return every !== undefined || cron !== undefined || tz !== undefined;
}

export function addScheduleOptions(command: Command): Command {
  return command
    .optionsGroup('Again and again, until Ctrl-C:')
    .addOption(
      new Option('--every <time>', 'at once, and then every 30s, 5m, 12h')
        .argParser(interval)
        .conflicts('cron'),
    )
    .option('--cron <times>', "when a crontab's five fields say so: '0 2 * * *'")
    .option('--tz <zone>', "the time zone of --cron: Europe/Berlin (by default this machine's)")
    .optionsGroup('Options:');
}

/** Options of a command line that say when it runs, and not what it does; each has a value. */
const NAMES: ReadonlySet<string> = new Set(['--every', '--cron', '--tz']);

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
