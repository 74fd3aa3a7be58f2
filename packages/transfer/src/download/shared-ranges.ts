/** Who brings which of the missing bytes, when several bring them at once. Pure. */
import type { Range } from './ranges.ts';

/** What one has still to bring; another may take its second half at any time. */
export interface Share {
  at: number;
  end: number;
}

export class SharedRanges {
  readonly #leastBytes: number;
  readonly #waiting: Share[];
  readonly #underway = new Set<Share>();

  /** @param leastBytes nobody gets less of what another had, nor leaves him with less */
  constructor(missing: Iterable<Range>, leastBytes: number) {
    this.#leastBytes = leastBytes;
    this.#waiting = Array.from(missing, ([at, end]) => ({ at, end }));
  }

  /** A gap that nobody is at, or half of the longest that somebody is; undefined if that is not worth it. */
  take(): Share | undefined {
    const share = this.#waiting.shift() ?? this.#halfOfLongest();
    if (share) this.#underway.add(share);
    return share;
  }

  /** All of it was brought. */
  done(share: Share): void {
    this.#underway.delete(share);
  }

  #halfOfLongest(): Share | undefined {
    let longest: Share | undefined;
    for (const share of this.#underway) {
      if (!longest || left(share) > left(longest)) longest = share;
    }
    if (!longest || left(longest) < 2 * this.#leastBytes) return undefined;
    const middle = longest.at + Math.ceil(left(longest) / 2);
    const half = { at: middle, end: longest.end };
    longest.end = middle;
    return half;
  }
}

function left({ at, end }: Share): number {
  return end - at;
}
