/**
 * Where the emulator takes its time from. Everything that Box dates or lets expire (items, tokens, codes,
 * upload sessions, download URLs, call limits) asks this clock; delays on the wire do not.
 */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()` gives them. */
  now(): number;
}

/** The emulator's own clock: the machine's, moved forward or back by what was asked for. */
export interface EmulatorClock extends Clock {
  /** Moves the time by `ms` (negative: back). Nothing waits; what expires by then has expired. */
  advance(ms: number): void;
  /** How far the emulator's time is from its source, in milliseconds. */
  offsetMs(): number;
  /** Undoes every `advance`. */
  reset(): void;
}

/** A clock over `source` (by default the machine's) that can be moved. */
export function movableClock(source: Clock = { now: Date.now }): EmulatorClock {
  let offset = 0;
  return {
    now: () => source.now() + offset,
    advance(ms) {
      offset += ms;
    },
    offsetMs: () => offset,
    reset() {
      offset = 0;
    },
  };
}
