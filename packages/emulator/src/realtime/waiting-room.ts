import type { Store } from '../store/store.ts';

/** How often to look whether another process has changed the same state. */
const lookMs = 100;

interface Waiter {
  isNews: () => boolean;
  leave: (reason: WaitEnd) => void;
}

/** Why a wait ended: there is news, it was quiet for too long, or nobody waits any more. */
export type WaitEnd = 'news' | 'quiet' | 'over';

/**
 * Where those sit who wait for events. Events of this process wake them at once; those of another one that has the
 * same data folder open are noticed because the database's version changes.
 */
export class WaitingRoom {
  readonly #waiting = new Set<Waiter>();
  readonly #version: () => unknown;
  #isCheckDue = false;
  #watch: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ db, events }: Store) {
    const version = db.prepare('PRAGMA data_version');
    this.#version = () => version.get()?.data_version;
    events.onRecorded(() => this.#checkSoon());
  }

  /** Waits until `isNews`, or for `quietMs`, or until the signal fires. Never rejects. */
  async wait(isNews: () => boolean, quietMs: number, signal: AbortSignal): Promise<WaitEnd> {
    if (isNews()) return 'news';
    if (this.#isClosed || signal.aborted) return 'over';
    const { promise, resolve } = Promise.withResolvers<WaitEnd>();
    const waiter = { isNews, leave: resolve };
    const quiet = setTimeout(resolve, quietMs, 'quiet');
    const gone = () => resolve('over');
    signal.addEventListener('abort', gone);
    this.#waiting.add(waiter);
    this.#watch ??= this.#lookRegularly();
    try {
      return await promise;
    } finally {
      clearTimeout(quiet);
      signal.removeEventListener('abort', gone);
      this.#waiting.delete(waiter);
      if (this.#waiting.size === 0) this.#stopLooking();
    }
  }

  /** Sends everybody home. */
  close(): void {
    this.#isClosed = true;
    for (const waiter of this.#waiting) waiter.leave('over');
    this.#stopLooking();
  }

  /** After the transaction in which something was recorded. */
  #checkSoon(): void {
    if (this.#isCheckDue || this.#waiting.size === 0) return;
    this.#isCheckDue = true;
    setImmediate(() => {
      this.#isCheckDue = false;
      this.#check();
    });
  }

  #check(): void {
    if (this.#isClosed) return;
    for (const waiter of this.#waiting) {
      try {
        if (waiter.isNews()) waiter.leave('news');
      } catch {
        // Whoever waited asks again, and is told then.
        waiter.leave('over');
      }
    }
  }

  #lookRegularly(): NodeJS.Timeout {
    let seen = this.#version();
    return setInterval(() => {
      const version = this.#version();
      if (version === seen) return;
      seen = version;
      this.#check();
    }, lookMs);
  }

  #stopLooking(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }
}
