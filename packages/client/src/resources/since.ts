import type { Clock } from '../clock.ts';
import type { BoxResponse } from '../request.ts';

/**
 * How far Box's hosts may disagree about the time among themselves, and what whole seconds hide. Within it,
 * something equal that another had put there just before is taken as ours; it is equal, so nothing is lost.
 */
const SLACK_MS = 60_000;

/**
 * Remembers when a request began. When the answer of an attempt was lost (a broken connection, a 5xx), Box may
 * have done what was asked: what stands there now is ours if it is what we meant and came about since. What is
 * older was there before, and the honest answer is Box's refusal.
 */
export class Since {
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.now();
  }

  /**
   * Did what Box dates `at` happen since? The age of the thing by Box's clock is compared with the time that
   * has passed by ours, so that the clocks need not agree. Without a date from Box the answer is no.
   */
  includes(at: string | null | undefined, response: BoxResponse): boolean {
    const ageMs = Date.parse(response.headers.date ?? '') - Date.parse(at ?? '');
    return ageMs <= this.#clock.now() - this.#startedMs + SLACK_MS;
  }
}
