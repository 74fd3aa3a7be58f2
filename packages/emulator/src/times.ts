import { badParameters } from './box-error.ts';
import { textOf } from './http/text-of.ts';

/**
 * Times as Box writes and reads them: RFC 3339, whole seconds, written with the offset of the
 * enterprise's zone, which is Pacific time unless an admin changed it.
 * https://developer.box.com/guides/api-calls/types-and-formats/
 */

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

/** The time that was written last: the times of one item are often the same. */
let written = { seconds: Number.NaN, text: '' };

/** Seconds since 1970 as Pacific time with its offset. */
export function formatTime(seconds: number): string {
  if (seconds !== written.seconds) written = { seconds, text: inPacificTime(seconds) };
  return written.text;
}

function inPacificTime(seconds: number): string {
  const isSummer = isPacificSummer(seconds);
  const offsetHours = isSummer ? 7 : 8;
  const local = new Date((seconds - offsetHours * hourSeconds) * 1000).toISOString();
  return `${local.slice(0, 19)}-0${offsetHours}:00`;
}

/** Seconds since 1970 in UTC with a `Z`, as upload sessions write their expiry. */
export function formatUtc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const summers = new Map<number, { from: number; to: number }>();

/** From the second Sunday in March to the first in November, at two o'clock local time. */
function isPacificSummer(seconds: number): boolean {
  const year = new Date(seconds * 1000).getUTCFullYear();
  let summer = summers.get(year);
  if (!summer) {
    summer = {
      from: sundayFrom(year, 2, 8) + 10 * hourSeconds,
      to: sundayFrom(year, 10, 1) + 9 * hourSeconds,
    };
    summers.set(year, summer);
  }
  return seconds >= summer.from && seconds < summer.to;
}

/** Midnight UTC of the first Sunday on or after a day (`month` counts from 0). */
function sundayFrom(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month, day));
  return date.getTime() / 1000 + ((7 - date.getUTCDay()) % 7) * daySeconds;
}

const timePattern =
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?<offset>[Zz]|[+-]\d{2}:?\d{2})?$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a time from a request; fractions of a second are dropped, and a time without an offset is
 * taken as Pacific time.
 *
 * @param name the member that holds it, for the error
 * @returns seconds since 1970; `undefined` when it is left out (or null)
 * @throws BoxError `bad_request` for what is no time, or is before 1970
 */
export function parseTime(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds = typeof value === 'string' ? secondsOf(value) : Number.NaN;
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw badParameters({
      reason: 'invalid_parameter',
      name,
      message: `Invalid value '${textOf(value)}'. '${name}' must be an RFC 3339 time from 1970 on`,
    });
  }
  return seconds;
}

function secondsOf(text: string): number {
  if (datePattern.test(text)) return Date.parse(`${text}T00:00:00Z`) / 1000;
  const match = timePattern.exec(text);
  if (!match) return Number.NaN;
  if (match.groups?.offset !== undefined) return Math.floor(Date.parse(text) / 1000);
  const asUtc = Math.floor(Date.parse(`${text}Z`) / 1000);
  const winter = asUtc + 8 * hourSeconds;
  return isPacificSummer(winter) ? asUtc + 7 * hourSeconds : winter;
}
