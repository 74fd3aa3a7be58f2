/**
 * What a condition means, found before any file is looked at: each field is known, and each value is of the type that
 * the field has. `comparisons` says what can be compared with what.
 */
import { allOf, anyOf, type Condition, not, testOf } from '../condition.ts';
import { testFor, WrongComparison } from './comparisons.ts';
import { type Comparison, ConditionError, type Expression } from './expression.ts';
import { fieldOf, isOnlyInBox, nearestField, type Side } from './fields.ts';

/** What is known when a condition is made. */
export interface Circumstances {
  readonly text: string;
  /** Where the files lie that it will be asked of; undefined: wherever. */
  readonly side?: Side | undefined;
  readonly nowMs: number;
}

/** @throws {ConditionError} an unknown field, or a comparison that makes no sense, and where */
export function conditionOf(expression: Expression, given: Circumstances): Condition {
  switch (expression.kind) {
    case 'and':
      return allOf(expression.parts.map((part) => conditionOf(part, given)));
    case 'or':
      return anyOf(expression.parts.map((part) => conditionOf(part, given)));
    case 'not':
      return not(conditionOf(expression.part, given));
    case 'compare':
      return compared(expression, given);
  }
}

function compared(comparison: Comparison, { text, side, nowMs }: Circumstances): Condition {
  const { field: word, operator, negated } = comparison;
  const field = fieldOf(word.text);
  if (!field) throw new ConditionError(unknownField(word.text), text, word.start);
  if (side === 'disk' && isOnlyInBox(field)) {
    const words = `${word.text} is known of files in Box only, not of files on this machine`;
    throw new ConditionError(words, text, word.start);
  }
  try {
    const passes = testFor(field.type, comparison, nowMs);
    const condition = testOf(word.text, field.read, passes);
    // The exact contrary, so also true of a file that has no such value.
    return negated || operator === '!=' ? not(condition) : condition;
  } catch (error) {
    if (!(error instanceof WrongComparison)) throw error;
    throw new ConditionError(error.message, text, error.word.start);
  }
}

function unknownField(word: string): string {
  if (/^metadata\b/i.test(word)) {
    return 'metadata is written metadata.<scope>.<template>.<field>, where the scope is enterprise or global: metadata.enterprise.contract.state';
  }
  const nearest = nearestField(word);
  const known = 'name, path, ext, size, modified, created, depth, owner or metadata.…';
  const meant = nearest === undefined ? `it is one of ${known}` : `is ${nearest} meant?`;
  return `there is no field ${word}: ${meant}`;
}

/** The fields of conditions that files on this machine do not have. */
export function onlyInBox({ fields }: Condition): string[] {
  return [...fields].filter((name) => {
    const field = fieldOf(name);
    return field !== undefined && isOnlyInBox(field);
  });
}

/** What has to be asked of Box for a condition, beside what every listing says. */
export function boxFieldsOf({ fields }: Condition): string[] {
  const asked = [...fields].map((name) => fieldOf(name)?.boxField);
  return [...new Set(asked.filter((field) => field !== undefined))];
}
