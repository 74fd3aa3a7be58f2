/** Troubles of the line and of Box itself: the emulator makes them. */
import type { FaultAction, FaultMatch } from '@boxhaul/emulator';
import type { Bench } from './bench.ts';
import { type Column, isLarge } from './columns.ts';
import type { Kind, Trouble } from './troubles.ts';

const TIMES = { once: 1, 'three times': 3, 'for ever': 'always' } as const;

interface Weather {
  readonly name: string;
  readonly action: FaultAction;
  readonly says: readonly string[];
  /** Which places it can befall. @default all */
  readonly at?: (place: string, match: FaultMatch) => boolean;
  /** It takes time to be noticed. */
  readonly isSlow?: true;
  /** How often a run gets over it. @default once and three times */
  readonly passing?: readonly (keyof typeof TIMES)[];
}

const isFetching = (place: string) => place === 'fetching';
const isInSession = (place: string) => place === 'sending a part' || place === 'commit';

const BUSY = ['box-error', 'connection'];
const BROKEN = ['connection', 'connection_reset', 'body_truncated'];

const weathers: readonly Weather[] = [
  {
    name: '429 with `Retry-After` in seconds',
    action: { status: 429, retryAfter: 20, code: 'rate_limit_exceeded' },
    says: BUSY,
  },
  {
    name: '429 with `Retry-After` as a date',
    action: { status: 429, retryAfter: 20, retryAfterDate: true },
    says: BUSY,
  },
  { name: '500', action: { status: 500 }, says: BUSY },
  { name: '502 that is HTML', action: { status: 502, body: '<html>Bad gateway' }, says: BUSY },
  { name: '503 with `Retry-After`', action: { status: 503, retryAfter: 20 }, says: BUSY },
  { name: 'connection cut before the body', action: { cut: 'before' }, says: BROKEN },
  {
    name: 'connection cut in the body',
    action: { cut: 'in' },
    says: BROKEN,
  },
  { name: 'connection cut after the body', action: { cut: 'after' }, says: BROKEN },
  {
    name: 'cut download, early',
    action: { cut: 'in', afterBytes: 10 },
    says: BROKEN,
    at: isFetching,
  },
  {
    name: 'JSON error from the download host',
    action: { status: 404, code: 'not_found' },
    says: ['not-found', 'box-error'],
    at: isFetching,
    passing: ['once'],
  },
  {
    name: 'HTML error from the download host',
    action: { status: 403, body: '<html>Forbidden', headers: { 'content-type': 'text/html' } },
    says: ['no-permission', 'box-error', 'connection'],
    at: isFetching,
    passing: [],
  },
  {
    name: 'HTML in the place of contents',
    action: { status: 200, body: '<html>Sign in', headers: { 'content-type': 'text/html' } },
    says: ['wrong-contents', 'changed-on-box', 'connection'],
    passing: ['once'],
    at: isFetching,
  },
  {
    name: 'wrong bytes',
    action: { wrongBytes: true },
    says: ['wrong-contents', 'box-error', 'connection', 'unexpected_answer'],
    passing: ['once'],
  },
  {
    name: 'stalled answer',
    action: { stall: 'before' },
    says: ['connection', 'headers_timeout'],
    isSlow: true,
  },
  {
    name: 'stalled body',
    action: { stall: 'in' },
    says: ['connection', 'body_timeout'],
    isSlow: true,
    passing: ['once'],
  },
  {
    name: '401 in the middle',
    action: { expireToken: true },
    says: ['token_refused'],
    // A download host is shown no token; an archive's address is a key that may have run out.
    at: (place, match) => !isFetching(place) || 'path' in match,
    passing: ['once'],
  },
  {
    name: 'upload session expired (410)',
    action: { status: 410, code: 'session_expired' },
    says: ['box-error'],
    at: isInSession,
    passing: ['once'],
  },
  {
    name: 'upload session unknown (404)',
    action: { status: 404, code: 'not_found' },
    says: ['not-found'],
    at: isInSession,
    passing: ['once'],
  },
  {
    name: 'part refused (412)',
    action: { status: 412, code: 'precondition_failed' },
    says: ['wrong-contents'],
    at: (place) => place === 'sending a part',
    passing: ['once'],
  },
  {
    name: 'part refused (409)',
    action: { status: 409, code: 'range_overlaps_existing_part' },
    says: ['box-error'],
    at: (place) => place === 'sending a part',
    passing: ['once'],
  },
];

/** How often Box refuses is the client's affair, whatever the size of a file: and large ones take their time. */
function timesIn(place: string, { action }: Weather, column: Column): (keyof typeof TIMES)[] {
  if (!isLarge(column)) return ['once', 'three times', 'for ever'];
  const isMain = place === 'sending a part' || place === 'fetching';
  if ('status' in action) return isMain || action.status < 429 ? ['once', 'for ever'] : [];
  return isMain ? ['once', 'three times', 'for ever'] : ['once'];
}

function troubleOf(
  { action, isSlow, passing = ['once', 'three times'] }: Weather,
  [place, match]: [string, FaultMatch],
  times: keyof typeof TIMES,
  column: Column,
): Trouble {
  return {
    name: `${place}, ${times}`,
    isPassing: passing.includes(times),
    ...(isSlow && { patience: patienceIn(column, times) }),
    begin({ bench }, draw) {
      const fault = bench.emulator.faults.add({
        match: 'wrongBytes' in action ? withContents(place, match, bench) : match,
        action,
        times: TIMES[times],
        // Of several calls of one kind any may be the first that it befalls.
        skip: hasSeveral(place, action, column) ? draw(3) : 0,
      });
      return { isMet: () => fault.hits > 0, end: () => fault.remove() };
    },
  };
}

/** Who is to get over it waits longer than a busy machine takes. */
function patienceIn(column: Column, times: keyof typeof TIMES) {
  if (times === 'for ever') return { patienceMs: 300, maxRetries: 1 };
  return { patienceMs: isLarge(column) ? 4000 : 1000, maxRetries: 4 };
}

/** Whether a transfer makes three such calls in any case. */
function hasSeveral(place: string, action: FaultAction, column: Column): boolean {
  if (place === 'listing') return column.direction === 'download';
  if (isLarge(column)) return place === 'sending a part';
  if (column.zip || place === 'making a folder') return false;
  return !(place === 'sending' && 'wrongBytes' in action);
}

/** Without contents a wrong byte would be in what is around them. */
function withContents(place: string, match: FaultMatch, { sha1s }: Bench): FaultMatch {
  const sha1 = sha1s.get('sub/deeper/streamed.bin');
  return place === 'sending' && sha1 ? { ...match, header: { 'content-md5': sha1 } } : match;
}

export const weatherTroubles: readonly Kind[] = [
  ...weathers.map((weather) => ({
    name: weather.name,
    says: weather.says,
    in: (column: Column) =>
      Object.entries(column.places)
        .filter(([place, match]) => weather.at?.(place, match) ?? true)
        .flatMap((place) =>
          timesIn(place[0], weather, column).map((times) =>
            troubleOf(weather, place, times, column),
          ),
        ),
  })),
  {
    name: '202 on a commit, five times',
    says: [],
    in: ({ places }) =>
      places.commit === undefined
        ? []
        : [
            {
              name: 'commit',
              isPassing: true,
              begin({ bench }) {
                const fault = bench.emulator.faults.add({ action: { commit202: 1 }, times: 5 });
                return { isMet: () => fault.hits === 5, end: () => fault.remove() };
              },
            },
          ],
  },
];
