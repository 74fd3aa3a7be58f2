/**
 * JSON for people to read with its numbers as they came: positions of events, for one, are larger than those that
 * JavaScript can hold.
 */
export function prettyJson(text: string): string {
  return JSON.stringify(parseExactly(text), undefined, 2);
}

/** What TypeScript's library does not know yet of ES2026's JSON. */
const json = JSON as unknown as {
  parse(
    text: string,
    revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** A value whose numbers are written again as they came. */
export function parseExactly(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => {
    const isExact = typeof value !== 'number' || source === undefined || String(value) === source;
    return isExact ? value : json.rawJSON(source);
  });
}
