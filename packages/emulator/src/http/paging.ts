import { BoxError, badParameters } from '../box-error.ts';
import type { Position, SortDirection, SortKey } from '../store/listing.ts';
import { textOf } from './text-of.ts';

/** Query parameters as they arrive. */
export type Query = Readonly<Record<string, unknown>>;

/** https://developer.box.com/guides/api-calls/pagination/offset-based/ */
const maxLimit = 1000;
const maxOffset = 10_000;
const usualLimit = 100;

/** `limit`: at most 1,000, silently; what is no number is refused. */
export function limitOf(query: Query, usual = usualLimit): number {
  const limit = wholeNumber(query.limit);
  if (limit === undefined) throw new BoxError('invalid_limit');
  return Math.min(limit ?? usual, maxLimit);
}

/** `offset`: at most 10,000, else refused. */
export function offsetOf(query: Query, most = maxOffset): number {
  const offset = wholeNumber(query.offset);
  if (offset === undefined || (offset ?? 0) > most) throw new BoxError('invalid_offset');
  return offset ?? 0;
}

/** null: left out; `undefined`: no whole number. */
function wholeNumber(value: unknown): number | null | undefined {
  if (value === undefined || value === '') return null;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** A flag of a query; the Python SDK writes `True`. */
export function flagOf(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'true';
}

export function sortOf(query: Query): SortKey {
  const sort = textOf(query.sort ?? '').toLowerCase();
  return sort === 'id' || sort === 'date' || sort === 'size' ? sort : 'name';
}

export function directionOf(query: Query): SortDirection {
  return textOf(query.direction ?? '').toUpperCase() === 'DESC' ? 'DESC' : 'ASC';
}

/** The text that stands for a place in a list. Clients must not read it. */
export function writeMarker({ kind, folded, id }: Position): string {
  return Buffer.from(JSON.stringify([kind, folded, id])).toString('base64');
}

/**
 * Reads a marker back; `undefined` when the query has none.
 *
 * @throws BoxError `bad_request` for one that was not ours
 */
export function markerOf(query: Query): Position | undefined {
  const text = query.marker;
  if (typeof text !== 'string' || text === '') return undefined;
  const position = readMarker(text);
  if (position) return position;
  throw badParameters({
    reason: 'invalid_parameter',
    name: 'marker',
    message: `Invalid value '${text}'. 'marker' is not valid`,
  });
}

/** The text that stands for a place in a list that goes by a number. */
export function writeNumberMarker(number: number): string {
  return writeMarker({ kind: 0, folded: '', id: number });
}

/** Reads such a marker back; 0 when the query has none. @throws BoxError `bad_request` */
export function numberMarkerOf(query: Query): number {
  return markerOf(query)?.id ?? 0;
}

function readMarker(text: string): Position | undefined {
  let parts: unknown;
  try {
    // A client that did not encode the marker sends its plus signs as spaces.
    parts = JSON.parse(Buffer.from(text.replaceAll(' ', '+'), 'base64').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts)) return undefined;
  const [kind, folded, id] = parts as unknown[];
  return typeof kind === 'number' && typeof folded === 'string' && typeof id === 'number'
    ? { kind, folded, id }
    : undefined;
}
