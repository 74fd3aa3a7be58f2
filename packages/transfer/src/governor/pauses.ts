/** When Box asked a user to wait, and how long that is heeded. */
import { BoxhaulError, type CallOutcome, type Clock } from '@boxhaul/client';
import type { Budgets } from '../state/budgets.ts';

/** Another process may have been asked: that is looked up a few times a second. */
const LOOK_MS = 200;

/** As long as a request of the client waits. A run that is asked for more ends. */
const LONGEST_MS = 15 * 60_000;

export class Pauses {
  readonly #budgets: Budgets;
  readonly #clock: Clock;
  /** Whom Box asked to wait for longer than anybody waits, and until when. */
  readonly #sentAway = new Map<string, number>();
  #seenMs = 0;

  constructor(budgets: Budgets, clock: Clock) {
    this.#budgets = budgets;
    this.#clock = clock;
  }

  /** After a call: what Box asked for is asked of all of that user, in all processes. */
  after(who: string, { status, retryAfterMs = 0 }: CallOutcome): void {
    if ((status !== 429 && status !== 503) || retryAfterMs <= 0) return;
    const untilMs = this.#clock.now() + retryAfterMs;
    if (retryAfterMs > LONGEST_MS) this.#sentAway.set(who, untilMs);
    else this.#budgets.pause(who, untilMs);
    this.#seenMs = 0;
  }

  /** Until when this user waits; 0 for nobody. */
  untilMs(who: string): number {
    const nowMs = this.#clock.now();
    if (nowMs - this.#seenMs < LOOK_MS) return 0;
    const untilMs = this.#budgets.pausedUntilMs(who);
    // One that lies further ahead than any pause is of a clock that was set back since.
    const isOver = untilMs <= nowMs || untilMs > nowMs + LONGEST_MS;
    if (isOver) this.#seenMs = nowMs;
    return isOver ? 0 : untilMs;
  }

  /**
   * Other processes are not held up by what Box said to this one: their own first call tells them.
   * @throws {BoxhaulError} `asked_to_wait`: for longer than anybody waits
   */
  assertWelcome(who: string): void {
    const untilMs = this.#sentAway.get(who) ?? 0;
    if (untilMs <= this.#clock.now()) return;
    const until = new Date(untilMs).toISOString().slice(0, 16).replace('T', ' ');
    throw new BoxhaulError(`Box asked for no more calls before ${until} UTC`, {
      code: 'asked_to_wait',
      recovery: 'stop',
    });
  }
}
