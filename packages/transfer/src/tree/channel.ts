/**
 * A queue between those who find work and those who do it, with a bound: `put` waits while it is full,
 * `take` while it is empty. So finding never runs far ahead of doing, however many files there are.
 */
export class Channel<Item> {
  readonly #capacity: number;
  #items: Item[] = [];
  #takers: PromiseWithResolvers<Item | undefined>[] = [];
  #putters: { turn: number; room: PromiseWithResolvers<void> }[] = [];
  #ended = false;
  #error: unknown;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Waits for room, which goes to the lowest turn of those that wait. After the end it takes nothing, and returns at
   * once.
   */
  async put(item: Item, turn = 0): Promise<void> {
    while (!this.#ended && this.#items.length >= this.#capacity) {
      const room = Promise.withResolvers<void>();
      this.#putters.push({ turn, room });
      await room.promise;
    }
    if (this.#ended) return;
    const taker = this.#takers.shift();
    if (taker) taker.resolve(item);
    else this.#items.push(item);
  }

  /** The next item; undefined when there will be none. @throws what `fail` was given */
  async take(): Promise<Item | undefined> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#letIn();
      return item;
    }
    if (this.#error !== undefined) throw this.#error;
    if (this.#ended) return undefined;
    const next = Promise.withResolvers<Item | undefined>();
    this.#takers.push(next);
    return next.promise;
  }

  /** What is queued can still be taken; nothing more comes. */
  close(): void {
    this.#ended = true;
    for (const taker of this.#takers.splice(0)) taker.resolve(undefined);
    for (const { room } of this.#putters.splice(0)) room.resolve();
  }

  /** Drops what is queued: whoever takes meets the error. */
  fail(error: unknown): void {
    if (this.#ended) return;
    this.#error = error;
    this.#items = [];
    const [first, ...others] = this.#takers.splice(0);
    first?.reject(error);
    for (const taker of others) taker.resolve(undefined);
    this.close();
  }

  #letIn(): void {
    let first = 0;
    for (const [index, { turn }] of this.#putters.entries()) {
      if (turn < (this.#putters[first]?.turn ?? 0)) first = index;
    }
    const [putter] = this.#putters.splice(first, 1);
    putter?.room.resolve();
  }
}
