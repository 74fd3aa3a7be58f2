/** Benches of a column, each used by one run at a time. */
import { type Bench, openBench } from './bench.ts';
import type { Column } from './columns.ts';

export class Pool implements AsyncDisposable {
  readonly #column: Column;
  readonly #seed: number;
  readonly #free: Bench[] = [];
  readonly #all: Bench[] = [];

  constructor(column: Column, seed: number) {
    this.#column = column;
    this.#seed = seed;
  }

  async use<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
    const bench = this.#free.pop() ?? (await this.#open());
    try {
      return await work(bench);
    } finally {
      this.#free.push(bench);
    }
  }

  async #open(): Promise<Bench> {
    const bench = await openBench(this.#column, this.#seed);
    this.#all.push(bench);
    return bench;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const bench of this.#all) await bench[Symbol.asyncDispose]();
  }
}
