/** What is written in a condition, and where; and the error that points there. */
import { InputError } from '@boxhaul/client';

/** A word, and where it begins in the text: in UTF-16 units, from 0. */
export interface FieldWord {
  readonly text: string;
  readonly start: number;
}

/** A value, as written: what it is depends on the field that it is compared with. */
export interface ValueWord extends FieldWord {
  readonly quoted: boolean;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'like' | 'matches';

export interface Comparison {
  readonly kind: 'compare';
  readonly field: FieldWord;
  readonly operator: Operator;
  /** One; of `in` as many as are listed. */
  readonly values: readonly [ValueWord, ...ValueWord[]];
  /** `not in`, `not like`, `not matches`. */
  readonly negated: boolean;
}

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | Comparison;

/** A condition that cannot be understood: what is wrong, and where. */
export class ConditionError extends InputError {
  readonly expression: string;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(message: string, expression: string, start: number) {
    super(message, { code: 'condition' });
    this.expression = expression;
    this.column = start + 1;
  }
}
