import type { Clock } from '../clock.ts';

/** A clock for tests: whoever sleeps on it moves it, at once. */
export interface HastyClock extends Clock {
  /** How long each sleep was asked to be, in milliseconds. */
  readonly sleeps: number[];
  advance(ms: number): void;
}

/** Starts at `startMs`, and stands still but for sleeps and `advance`. */
export function hastyClock(startMs = Date.UTC(2030, 0, 1)): HastyClock {
  let nowMs = startMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
      // Others get their turn, as they would in a real sleep.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    },
    advance(ms) {
      nowMs += ms;
    },
  };
}
