/** Which bytes of a file are there. Pure. */

/** Bytes from `start` up to, and without, `end`. */
export type Range = readonly [start: number, end: number];

/** A set of bytes, as ranges that are apart and in order. */
export class Ranges {
  #ranges: Range[] = [];

  constructor(ranges: Iterable<Range> = []) {
    for (const [start, end] of ranges) this.add(start, end);
  }

  add(start: number, end: number): void {
    if (start >= end) return;
    const before = this.#ranges.filter((range) => range[1] < start);
    const behind = this.#ranges.filter((range) => range[0] > end);
    const touching = this.#ranges.slice(before.length, this.#ranges.length - behind.length);
    const first = Math.min(start, touching[0]?.[0] ?? start);
    const last = Math.max(end, touching.at(-1)?.[1] ?? end);
    this.#ranges = [...before, [first, last], ...behind];
  }

  /** How far it goes from `start` without a gap. */
  reachFrom(start: number): number {
    return this.#ranges.find(([first, end]) => first <= start && start < end)?.[1] ?? start;
  }

  /** What is missing of a file of `total` bytes, in order. */
  gaps(total: number): Range[] {
    const gaps: Range[] = [];
    let at = 0;
    for (const [start, end] of [...this.#ranges, [total, total] as const]) {
      if (at < start) gaps.push([at, start]);
      at = end;
    }
    return gaps;
  }

  get bytes(): number {
    return this.#ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  }

  list(): readonly Range[] {
    return this.#ranges;
  }
}
