/**
 * Conditions on a file, judged in three values: a file whose path alone is known may be sure to pass, sure not to, or
 * undecided until it was looked at. So what a path tells is asked early, and everything by one rule.
 */
import type { KnownFile } from './file-facts.ts';

/** What a file has to be to be chosen. Made by `parseCondition`. */
export interface Condition {
  /** Whether the file passes; undefined: not to be told from what is known. Never undefined once its facts are. */
  judge(file: KnownFile): boolean | undefined;
  /** The fields that it speaks of, as they are written: `size`, `metadata.enterprise.contract.state`. */
  readonly fields: ReadonlySet<string>;
}

export function allOf(parts: readonly Condition[]): Condition {
  return joined(parts, false);
}

export function anyOf(parts: readonly Condition[]): Condition {
  return joined(parts, true);
}

/** One part that comes out as `decisive` decides; if none does and one is undecided, so is the whole. */
function joined(parts: readonly Condition[], decisive: boolean): Condition {
  return {
    fields: new Set(parts.flatMap((part) => [...part.fields])),
    judge(file) {
      let verdict: boolean | undefined = !decisive;
      for (const part of parts) {
        const judged = part.judge(file);
        if (judged === decisive) return decisive;
        if (judged === undefined) verdict = undefined;
      }
      return verdict;
    },
  };
}

export function not(part: Condition): Condition {
  return {
    fields: part.fields,
    judge(file) {
      const judged = part.judge(file);
      return judged === undefined ? undefined : !judged;
    },
  };
}

/** A field's value: undefined if it is not known yet, null if there is none. */
export type ReadField<Value> = (file: KnownFile) => Value | null | undefined;

/** A test of one field; a file that has no such value does not pass. */
export function testOf<Value>(
  field: string,
  read: ReadField<Value>,
  passes: (value: Value) => boolean,
): Condition {
  return {
    fields: new Set([field]),
    judge(file) {
      const value = read(file);
      if (value === undefined) return undefined;
      return value !== null && passes(value);
    },
  };
}
