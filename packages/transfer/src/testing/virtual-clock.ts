import type { Clock } from '@boxhaul/client';

/** Time that passes when nothing is left to be done at the present one. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #sleepers: { atMs: number; wake: () => void }[] = [];

  constructor(startMs = 1_000_000) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sleepers.push({ atMs: this.#nowMs + Math.max(0, ms), wake: resolve });
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    return promise;
  }

  /** Lets time pass until this is settled. @throws if it never will be */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await new Promise(setImmediate);
      if (isSettled) return promise;
      const next = this.#sleepers.reduce<number>(
        (first, { atMs }) => Math.min(first, atMs),
        Number.POSITIVE_INFINITY,
      );
      if (next === Number.POSITIVE_INFINITY) throw new Error('everybody waits for ever');
      this.#nowMs = next;
      const due = this.#sleepers.filter(({ atMs }) => atMs <= next);
      this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > next);
      for (const { wake } of due) wake();
    }
  }
}
