/** Lines of a crontab. Pure. */
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { PING_URL } from '../../options/schedule-options.ts';
import { quoted } from '../../output/quoted.ts';
import { cronFields } from './cron-fields.ts';
import type { Planned, PlannedCommand } from './place.ts';

/** What a shell reads before the command. */
const SECRET = / && \. ('[^']*'|\\'|[^'\s])+ && /;

const MARK = /^(.+?) # boxhaul:(\S+)$/;

/** A line, and what it has the shell read first. */
export interface CrontabEntry {
  readonly line: string;
  /** The address of a ping is a key, and cron writes its lines into the system's log and into mails. */
  readonly secret?: { readonly path: string; readonly text: string };
}

/**
 * @param timeZone the machine's
 * @param folder where secrets lie
 * @throws CliError for times that cron cannot keep, and words that no crontab can hold
 */
export function entryOf(planned: PlannedCommand, timeZone: string, folder: string): CrontabEntry {
  const { name, command, cwd, env } = planned;
  const { [PING_URL]: ping, ...open } = env;
  const path = secretPath(folder, name);
  const variables = Object.entries(open).map(([key, value]) => `${key}=${quoted(value)}`);
  const words = [
    `cd ${quoted(cwd)} &&`,
    ...(ping === undefined ? [] : [`. ${quoted(path)} &&`]),
    ...variables,
    // Without exec the shell would stay as long as the run.
    'exec',
    ...command.map(quoted),
  ].join(' ');
  if (/[\n\r]/.test(words)) {
    throw new CliError('a line break in the command has no place in a crontab', {
      ways: ['rename the file, or --systemd'],
    });
  }
  // To cron a percent sign is the end of the line.
  const line = `${timesOf(planned.when, timeZone)} ${words.replaceAll('%', '\\%')} # boxhaul:${name}`;
  if (ping === undefined) return { line };
  return { line, secret: { path, text: `export ${PING_URL}=${quoted(ping)}\n` } };
}

export function secretPath(folder: string, name: string): string {
  return join(folder, `${name}.env`);
}

/** Those of Boxhaul among the lines. */
export function plannedIn(crontab: string): Omit<Planned, 'place'>[] {
  return crontab.split('\n').flatMap((line) => {
    const [, text = '', name] = MARK.exec(line) ?? [];
    if (name === undefined) return [];
    const [, when = '', command = ''] = /^((?:\S+ ){4}\S+) (.*)$/.exec(text) ?? [];
    const words = command.replace(SECRET, ' && ').replaceAll('\\%', '%');
    return [{ name, whenWords: `cron ${when}`, commandWords: words }];
  });
}

export function withLine(crontab: string, line: string): string {
  const start = crontab === '' || crontab.endsWith('\n') ? crontab : `${crontab}\n`;
  return `${start}${line}\n`;
}

/** All other lines stay as they are. */
export function withoutLine(crontab: string, name: string): string {
  return crontab
    .split('\n')
    .filter((line) => MARK.exec(line)?.[2] !== name)
    .join('\n');
}

function timesOf({ every, cron, tz }: PlannedCommand['when'], timeZone: string): string {
  if (tz !== undefined && tz !== timeZone) {
    throw new CliError(`a crontab knows this machine's time zone only (${timeZone}), not ${tz}`, {
      ways: ['--systemd keeps it, and so does --cron without schedule, in the foreground'],
    });
  }
  if (every !== undefined) return timesOfInterval(every);
  const { minute, hour, day, month, weekday } = cronFields(cron ?? '');
  return [minute, hour, day, month, weekday].join(' ');
}

function timesOfInterval(everyMs: number): string {
  const minutes = everyMs / 60_000;
  const hours = minutes / 60;
  if (minutes === 1) return '* * * * *';
  if (Number.isInteger(minutes) && 60 % minutes === 0 && minutes < 60)
    return `*/${minutes} * * * *`;
  if (hours === 1) return '0 * * * *';
  if (Number.isInteger(hours) && 24 % hours === 0 && hours < 24) return `0 */${hours} * * *`;
  if (hours === 24) return '0 0 * * *';
  throw new CliError('cron counts minutes that divide an hour, and hours that divide a day', {
    ways: ['--every 5m, 15m, 1h, 6h, 1d, or --cron', '--systemd keeps any'],
  });
}
