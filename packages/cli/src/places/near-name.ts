/** Which of the names that are there was most likely meant. */

/** So much of a name may be wrong. */
const WRONG_SHARE = 1 / 3;

/** A name nearer than the last, as they come. */
export class NearName {
  readonly #wanted: string;
  #distance: number;
  name: string | undefined;

  constructor(wanted: string) {
    this.#wanted = wanted.toLowerCase();
    this.#distance = Math.ceil(wanted.length * WRONG_SHARE) + 1;
  }

  /** Looks at a name that is there. */
  see(name: string): void {
    // Most are too long or too short to be near, and need no more than this.
    if (Math.abs(name.length - this.#wanted.length) >= this.#distance) return;
    const distance = distanceOf(this.#wanted, name.toLowerCase());
    if (distance >= this.#distance || distance >= this.#wanted.length) return;
    this.#distance = distance;
    this.name = name;
  }
}

/** How many characters are to be put in, left out, changed, or swapped with the next. */
function distanceOf(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
