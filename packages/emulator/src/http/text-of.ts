/**
 * A value that a client sent, as a text. What is neither a text, a number nor a truth value is given as JSON: an object
 * may have members of its own, such as `toString`, that keep JavaScript from making a text of it.
 */
export function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A value that a client sent, as a number: a number itself, or a text of one; NaN for anything else. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
