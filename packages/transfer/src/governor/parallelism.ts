/**
 * How many calls may be under way at once. Pure: outcomes in, a number out. Trouble (a 5xx, a 429, a connection
 * that broke) halves it, at most once for all calls that were under way together; calls that go well bring it back,
 * one for each round.
 */
import type { CallOutcome } from '@boxhaul/client';

export class Parallelism {
  readonly #most: number;
  #now: number;
  #well = 0;
  #forgiven = 0;

  constructor(most: number) {
    this.#most = most;
    this.#now = most;
  }

  get now(): number {
    return this.#now;
  }

  /** @param underWay how many calls are left under way */
  after(outcome: CallOutcome, underWay: number): void {
    const isForgiven = this.#forgiven > 0;
    if (isForgiven) this.#forgiven--;
    if (isTrouble(outcome)) {
      this.#well = 0;
      if (isForgiven) return;
      this.#forgiven = underWay;
      this.#now = Math.max(1, Math.floor(this.#now / 2));
    } else if (this.#now < this.#most && ++this.#well >= this.#now) {
      this.#well = 0;
      this.#now += 1;
    }
  }
}

function isTrouble({ status }: CallOutcome): boolean {
  return status === undefined || status === 429 || status >= 500;
}
