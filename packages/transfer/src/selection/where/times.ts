/** Dates in conditions: `2026-01-31` is the whole of that day, from its first moment to just before its end. */

/** From `start` to just before `end`, in milliseconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const DATE =
  /^(?<day>(\d{4})-(\d{2})-(\d{2}))(?:T(?<time>(\d{2}):(\d{2})(?::(\d{2}))?)(?<zone>Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * `2026-01-31`, `2026-01-31T12:30`, `2026-01-31T12:30:15`; a time may end in `Z` or an offset such as `+01:00`, and is
 * this machine's otherwise. Undefined for what is no date, such as the 30th of February.
 */
export function spanOf(text: string): Span | undefined {
  const { day, time, zone = '' } = DATE.exec(text)?.groups ?? {};
  if (day === undefined || !isInCalendar(day)) return undefined;
  if (time === undefined) return dayOf(day);
  const start = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  const lengthMs = time.length === 'hh:mm'.length ? 60_000 : 1000;
  return Number.isNaN(start) ? undefined : { start, end: start + lengthMs };
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isInCalendar(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Where clocks change, a day has 23 or 25 hours. */
function dayOf(day: string): Span {
  const start = new Date(`${day}T00:00:00`);
  const end = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1);
  return { start: start.getTime(), end: end.getTime() };
}
