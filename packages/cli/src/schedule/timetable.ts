/** When a command runs again. Pure but for the tables of time zones: a time in, the next one out. */
import { Cron } from 'croner';
import { CliError } from '../cli-error.ts';
import type { ScheduleOptions } from '../options/schedule-options.ts';
import { formatSeconds } from '../output/format.ts';

export interface Timetable {
  /** `every 5 min`, `cron 0 2 * * * (Europe/Berlin)`. */
  readonly words: string;
  /** The time zone in which people are told of times; undefined for this machine's. */
  readonly timeZone: string | undefined;
  /** When a command that is started now runs first. */
  firstMs(nowMs: number): number;
  /** The first time after this one. */
  nextMs(afterMs: number): number;
  /** The longest that a wait can be, where that is certain. */
  readonly longestWaitMs: number;
}

/**
 * The timetable that the options describe; undefined if they describe none.
 * @throws CliError for times that cannot be read or never come, and for a time zone that is none
 */
export function timetableOf(options: ScheduleOptions, nowMs: number): Timetable | undefined {
  const { every, cron, tz } = options;
  if (cron !== undefined) return cronTimetable(cron, tz, nowMs);
  if (tz !== undefined) {
    throw new CliError('--tz is the time zone of --cron, which is not given', {
      ways: [`--cron '0 2 * * *' --tz ${tz}, or leave --tz out`],
    });
  }
  return every === undefined ? undefined : intervalTimetable(every, nowMs);
}

/** Full intervals after the start, however long each run takes. */
function intervalTimetable(everyMs: number, startMs: number): Timetable {
  return {
    words: `every ${formatSeconds(everyMs / 1000).replace('.0 ', ' ')}`,
    timeZone: undefined,
    firstMs: (nowMs) => nowMs,
    nextMs: (afterMs) => startMs + (Math.floor((afterMs - startMs) / everyMs) + 1) * everyMs,
    longestWaitMs: everyMs,
  };
}

/**
 * As cron does it where clocks change: a fixed time that is left out comes as soon as the clock has changed, one that
 * comes twice counts once; what runs every hour or minute goes on with the hours and minutes that pass.
 */
function cronTimetable(times: string, timeZone: string | undefined, nowMs: number): Timetable {
  if (timeZone !== undefined) assertTimeZone(timeZone);
  const cron = parsed(times, timeZone);
  const next = (afterMs: number) => cron.nextRun(new Date(afterMs))?.getTime();
  if (next(nowMs) === undefined) {
    throw new CliError(`--cron '${times}' never comes`, {
      ways: [`look at it again: ${FIELDS}`],
    });
  }
  return {
    words: `cron ${times}${timeZone === undefined ? '' : ` (${timeZone})`}`,
    timeZone,
    firstMs: (atMs) => next(atMs) ?? Number.POSITIVE_INFINITY,
    nextMs: (atMs) => next(atMs) ?? Number.POSITIVE_INFINITY,
    longestWaitMs: Number.POSITIVE_INFINITY,
  };
}

function parsed(times: string, timezone: string | undefined): Cron {
  try {
    // The library takes dates as well, which come once.
    if (/^\d+-\d/.test(times)) throw new Error('it is a date');
    return new Cron(times, {
      paused: true,
      mode: '5-part',
      ...(timezone !== undefined && { timezone }),
    });
  } catch (error) {
    const words = (error as Error).message.replace(/^CronPattern: /, '');
    throw new CliError(`--cron '${times}' cannot be read: ${words}`, {
      details: [FIELDS],
      ways: [
        "--cron '0 2 * * *'      every night at two",
        "--cron '*/15 * * * *'   every quarter of an hour",
      ],
      cause: error,
    });
  }
}

const FIELDS = 'the fields are minute, hour, day of the month, month, day of the week';

function assertTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (error) {
    throw new CliError(`--tz ${timeZone}: there is no such time zone`, {
      ways: ['--tz Europe/Berlin    a continent and a city, or UTC'],
      cause: error,
    });
  }
}
