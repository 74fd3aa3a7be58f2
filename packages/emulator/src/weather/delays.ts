/** Waits that end with the emulator: nothing goes on once its state is closed. */
export class Delays {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Calls `then` after so long, at once for 0. */
  after(ms: number, then: () => void): void {
    if (ms <= 0) {
      then();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }

  /** Forgets everything that waits. */
  cancel(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
