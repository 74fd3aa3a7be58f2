import type { Caller } from '../box.ts';
import type { Clock } from '../clock.ts';
import type { CallLimits } from '../options.ts';

/** Calls that Box limits besides all calls. */
export type LimitedKind = 'upload' | 'search' | 'metadata query';

/** Says how many whole seconds a caller must wait before a call; 0: it may be made, and is counted. */
export interface CallLimiter {
  take(caller: Pick<Caller, 'userId' | 'enterpriseId'>, kind: LimitedKind | undefined): number;
  reset(): void;
}

/** So many calls in any period of that length. */
interface Limit {
  most: number | undefined;
  periodMs: number;
  /** Whose calls are counted together. */
  of: 'userId' | 'enterpriseId';
  /** @default all calls */
  kind?: LimitedKind;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** Lets each user, and each enterprise, make so many calls in any period; those that are refused do not count. */
export function callLimiter(limits: CallLimits, clock: Clock): CallLimiter {
  const all = limitsOf(limits).map((limit) => ({
    limit,
    windows: new Map<string, SlidingWindow>(),
  }));
  return {
    take(caller, kind) {
      const now = clock.now();
      const taken: SlidingWindow[] = [];
      for (const { limit, windows } of all) {
        if (limit.kind !== undefined && limit.kind !== kind) continue;
        taken.push(windowOf(windows, caller[limit.of], limit));
      }
      const waitMs = Math.max(0, ...taken.map((window) => window.waitMs(now)));
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      for (const window of taken) window.add(now);
      return 0;
    },
    reset() {
      for (const { windows } of all) windows.clear();
    },
  };
}

function limitsOf(limits: CallLimits): (Limit & { most: number })[] {
  const known: Limit[] = [
    { most: limits.callsPerMinute, periodMs: MINUTE_MS, of: 'userId' },
    { most: limits.uploadsPerMinute, periodMs: MINUTE_MS, of: 'userId', kind: 'upload' },
    { most: limits.searchesPerMinute, periodMs: MINUTE_MS, of: 'userId', kind: 'search' },
    { most: limits.searchesPerSecond, periodMs: SECOND_MS, of: 'userId', kind: 'search' },
    {
      most: limits.enterpriseSearchesPerSecond,
      periodMs: SECOND_MS,
      of: 'enterpriseId',
      kind: 'search',
    },
    {
      most: limits.enterpriseMetadataQueriesPerSecond,
      periodMs: SECOND_MS,
      of: 'enterpriseId',
      kind: 'metadata query',
    },
  ];
  return known.flatMap(({ most, ...limit }) => (most === undefined ? [] : [{ ...limit, most }]));
}

function windowOf(
  windows: Map<string, SlidingWindow>,
  whose: string,
  { most, periodMs }: Limit & { most: number },
): SlidingWindow {
  let window = windows.get(whose);
  if (window === undefined) {
    window = new SlidingWindow(most, periodMs);
    windows.set(whose, window);
  }
  return window;
}

/** The times of the last `most` calls, as a ring: the oldest of them decides. */
class SlidingWindow {
  readonly #times: number[] = [];
  readonly #most: number;
  readonly #periodMs: number;
  #oldest = 0;

  constructor(most: number, periodMs: number) {
    this.#most = most;
    this.#periodMs = periodMs;
  }

  waitMs(now: number): number {
    const oldest = this.#times[this.#oldest];
    if (this.#times.length < this.#most || oldest === undefined) return 0;
    return Math.max(0, oldest + this.#periodMs - now);
  }

  add(now: number): void {
    if (this.#times.length < this.#most) {
      this.#times.push(now);
      return;
    }
    this.#times[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#most;
  }
}
