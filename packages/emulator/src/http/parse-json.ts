/** As many levels as a client's JSON may have; somewhat more can no longer be written as JSON. */
const MAX_DEPTH = 512;

/** Reads JSON that a client sent. @throws SyntaxError when it is none, or is nested too deep */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Each level takes two characters at least.
  if (text.length > 2 * MAX_DEPTH && isDeeperThan(MAX_DEPTH, value)) {
    throw new SyntaxError(`JSON of more than ${MAX_DEPTH} levels`);
  }
  return value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}
