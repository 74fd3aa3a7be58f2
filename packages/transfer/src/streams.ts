/**
 * How many connections large files may have beside their first, all of a run together: many where one is slow, none
 * where one is fast, and never so many that their number is a load of its own.
 */
export class Streams {
  #free: number;

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Takes up to `wanted`; whoever has some gives them back. */
  take(wanted: number): number {
    const taken = Math.min(wanted, this.#free);
    this.#free -= taken;
    return taken;
  }

  giveBack(count: number): void {
    this.#free += count;
  }
}
