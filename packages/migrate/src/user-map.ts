/** Who of the source is whom in the target: logins, or all of a domain at once. */

/** A pair of logins; `*@old.example` and `*@new.example` stand for all of a domain, and `*` for whatever there is. */
export interface UserPair {
  readonly from: string;
  /** Empty: this one is left out. */
  readonly to: string;
}

/**
 * Maps logins, without regard to case. A whole login is worth more than a pattern, a longer pattern more than a shorter.
 *
 * @example
 * ```ts
 * import { UserMap } from '@boxhaul/migrate';
 *
 * const users = new UserMap([
 *   { from: '*@old.example', to: '*@new.example' },
 *   { from: 'ann@old.example', to: 'ann.smith@new.example' },
 * ]);
 * console.log(users.find('ann@old.example'), users.find('bob@old.example'), users.find('x@y'));
 * ```
 */
export class UserMap {
  /** Is another when the map is. */
  readonly fingerprint: string;
  readonly #whole = new Map<string, string>();
  readonly #patterns: { before: string; after: string; to: string }[] = [];

  constructor(pairs: readonly UserPair[]) {
    for (const { from, to } of pairs) {
      const [before = '', after] = from.toLowerCase().split('*');
      if (after === undefined) this.#whole.set(before, to);
      else this.#patterns.push({ before, after, to });
    }
    this.#patterns.sort((one, other) => lengthOf(other) - lengthOf(one));
    this.fingerprint = JSON.stringify([[...this.#whole].sort(), this.#patterns]);
  }

  /**
   * The login in the target; empty if this one is left out on purpose, undefined if the map knows none.
   *
   * @example
   * ```ts
   * import { UserMap } from '@boxhaul/migrate';
   *
   * const users = new UserMap([{ from: 'ann@old.example', to: 'ann@new.example' }]);
   * console.log(users.find('Ann@old.example'), users.find('bob@old.example')); // ann@new.example undefined
   * ```
   */
  find(login: string): string | undefined {
    const wanted = login.toLowerCase();
    const whole = this.#whole.get(wanted);
    if (whole !== undefined) return whole;
    for (const { before, after, to } of this.#patterns) {
      if (wanted.length < before.length + after.length) continue;
      if (!wanted.startsWith(before) || !wanted.endsWith(after)) continue;
      return to.replace('*', wanted.slice(before.length, wanted.length - after.length));
    }
    return undefined;
  }
}

function lengthOf({ before, after }: { before: string; after: string }): number {
  return before.length + after.length;
}
