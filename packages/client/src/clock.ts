import { setTimeout as sleepFor } from 'node:timers/promises';

/** Time as the client sees it: real by default, moved by hand in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Settles after `ms`, or rejects with the signal's reason as soon as it fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  async sleep(ms, signal) {
    try {
      await sleepFor(ms, undefined, signal && { signal });
    } catch (error) {
      // Node wraps the reason; callers get it as they gave it, whatever they were waiting for.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
