import type { Clock } from '../clock.ts';
import type { CallLimits } from '../options.ts';

/** Says how many whole seconds a user must wait before a call; 0: it may be made, and is counted. */
export interface CallLimiter {
  take(userId: string, isUpload: boolean): number;
  reset(): void;
}

const WINDOW_MS = 60_000;

/** Lets each user make so many calls in any minute; those that are refused do not count. */
export function callLimiter(limits: CallLimits, clock: Clock): CallLimiter {
  const calls = new Map<string, SlidingWindow>();
  const uploads = new Map<string, SlidingWindow>();
  const windowOf = (windows: Map<string, SlidingWindow>, userId: string, most: number) => {
    const known = windows.get(userId);
    if (known !== undefined) return known;
    const begun = new SlidingWindow(most);
    windows.set(userId, begun);
    return begun;
  };
  return {
    take(userId, isUpload) {
      const now = clock.now();
      const taken = [windowOf(calls, userId, limits.callsPerMinute)];
      if (isUpload) taken.push(windowOf(uploads, userId, limits.uploadsPerMinute));
      const waitMs = Math.max(...taken.map((window) => window.waitMs(now)));
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      for (const window of taken) window.add(now);
      return 0;
    },
    reset() {
      calls.clear();
      uploads.clear();
    },
  };
}

/** The times of the last `most` calls, as a ring: the oldest of them decides. */
class SlidingWindow {
  readonly #times: number[] = [];
  readonly #most: number;
  #oldest = 0;

  constructor(most: number) {
    this.#most = most;
  }

  waitMs(now: number): number {
    const oldest = this.#times[this.#oldest];
    if (this.#times.length < this.#most || oldest === undefined) return 0;
    return Math.max(0, oldest + WINDOW_MS - now);
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
