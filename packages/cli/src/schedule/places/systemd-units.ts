/** A timer and a service of systemd, as texts. Pure. */
import { CliError } from '../../cli-error.ts';
import { type CronFields, cronFields, numbersIn } from './cron-fields.ts';
import type { PlannedCommand } from './place.ts';

/** Files by name, in the order in which they are written. */
export interface Units {
  readonly service: { readonly name: string; readonly text: string };
  readonly timer: { readonly name: string; readonly text: string };
  /** Variables, readable by their owner only; absent where there are none. */
  readonly variables?: { readonly name: string; readonly text: string };
}

/** In the first line of a service: who made it, and what `schedule list` says of it. */
export const MADE_BY = '# boxhaul schedule ';

export function unitName(name: string, suffix: 'service' | 'timer' | 'env'): string {
  return `boxhaul-${name}.${suffix}`;
}

/**
 * @param folder where they will lie
 * @throws CliError for times that systemd cannot keep, and a folder that no unit can name
 */
export function unitsOf(planned: PlannedCommand, folder: string): Units {
  const { name, whenWords, commandWords, env, cwd } = planned;
  if (/[\n\r]/.test(cwd + folder)) {
    throw new CliError('a line break in the name of a folder has no place in a unit of systemd', {
      ways: ['rename the folder, or schedule it in another one'],
    });
  }
  const variables = Object.entries(env).map(([key, value]) => `${key}=${quotedVariable(value)}`);
  const path = `${folder}/${unitName(name, 'env')}`;
  const service = [
    MADE_BY + JSON.stringify({ name, whenWords, commandWords }),
    '[Unit]',
    `Description=${specifierless(oneLine(commandWords))}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    `WorkingDirectory=${specifierless(cwd)}`,
    ...(variables.length > 0 ? [`EnvironmentFile=${specifierless(path)}`] : []),
    `ExecStart=${planned.command.map(quotedWord).join(' ')}`,
    '# What stops it in good order is no failure.',
    'SuccessExitStatus=130',
    '',
  ];
  const timer = [
    '[Unit]',
    `Description=${specifierless(oneLine(`${whenWords}: ${commandWords}`))}`,
    '',
    '[Timer]',
    ...timesOf(planned.when),
    'AccuracySec=1s',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ];
  return {
    service: { name: unitName(name, 'service'), text: service.join('\n') },
    timer: { name: unitName(name, 'timer'), text: timer.join('\n') },
    ...(variables.length > 0 && {
      variables: {
        name: unitName(name, 'env'),
        text: `${variables.join('\n')}\n`,
      },
    }),
  };
}

function timesOf({ every, cron, tz }: PlannedCommand['when']): string[] {
  if (every !== undefined) {
    return ['OnActiveSec=0', `OnUnitActiveSec=${Math.round(every / 1000)}s`];
  }
  const zone = tz === undefined ? '' : ` ${tz}`;
  const calendars = calendarsOf(cronFields(cron ?? ''));
  // A machine that was off makes up for one run when it is on again.
  return [...calendars.map((calendar) => `OnCalendar=${calendar}${zone}`), 'Persistent=true'];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/**
 * Where a day of the month and one of the week are given, cron means either: these are two calendars.
 * @see man systemd.time
 */
export function calendarsOf({ minute, hour, day, month, weekday }: CronFields): string[] {
  const listed = (field: string, least: number, most: number, names: readonly string[] = []) =>
    field === '*' ? '*' : numbersIn(field, { least, most, names }).map(twoDigits).join(',');
  const time = `${listed(hour, 0, 23)}:${listed(minute, 0, 59)}:00`;
  const months = listed(month, 1, 12, MONTHS);
  const names = WEEKDAYS.map((name) => name.toUpperCase());
  // Sunday is 0 and 7.
  const weekdays = new Set(
    numbersIn(weekday, {
      least: 0,
      most: weekday.startsWith('*') ? 6 : 7,
      names,
    }).map((at) => at % 7),
  );
  const onDay = `*-${months}-${listed(day, 1, 31)} ${time}`;
  const onWeekday = (days: string) =>
    `${[...weekdays].map((at) => WEEKDAYS[at]).join(',')} *-${months}-${days} ${time}`;
  if (weekday === '*') return [onDay];
  if (day.startsWith('*') || weekday.startsWith('*')) return [onWeekday(listed(day, 1, 31))];
  return [onDay, onWeekday('*')];
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A word of ExecStart. @see man systemd.service, Command lines */
function quotedWord(word: string): string {
  const escaped = word.replaceAll(/["\\]/g, '\\$&').replaceAll('$', '$$$$');
  return `"${specifierless(controlless(escaped))}"`;
}

function quotedVariable(value: string): string {
  return `"${controlless(value.replaceAll(/["\\$`]/g, '\\$&'))}"`;
}

function controlless(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function specifierless(text: string): string {
  return text.replaceAll('%', '%%');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
