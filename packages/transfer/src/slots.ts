/**
 * How many files are worked on at once. Work that waits for Box to do its part, and takes nothing of this machine
 * meanwhile, stands aside: its slot goes to other work, and it goes on without waiting for one.
 */

/** So many may stand aside: each has a file open. */
const MOST_ASIDE = 64;

export class Slots {
  readonly #limit: number;
  #held = 0;
  #aside = 0;
  #start: () => void = () => undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Calls `start` for each slot now, and again whenever one becomes free; what it starts tells its end by `leave`. */
  fill(start: () => void): void {
    this.#start = start;
    // Counted before: what is started may find that there is nothing to do, and be gone at once.
    for (let free = this.#limit - this.#held; free > 0; free--) this.#begin();
  }

  leave(): void {
    this.#held -= 1;
  }

  /** More are at work than are meant to be, since some that stood aside came back: whoever is done is to leave. */
  get isCrowded(): boolean {
    return this.#held > this.#limit;
  }

  /** Waits without a slot. */
  async aside<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#aside >= MOST_ASIDE) return wait();
    this.#aside += 1;
    this.#held -= 1;
    if (this.#held < this.#limit) this.#begin();
    try {
      return await wait();
    } finally {
      this.#aside -= 1;
      this.#held += 1;
    }
  }

  #begin(): void {
    this.#held += 1;
    this.#start();
  }
}
