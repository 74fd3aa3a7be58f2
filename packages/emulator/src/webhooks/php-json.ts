/**
 * JSON as PHP writes it, and Box's webhooks with it: `/` as `\/`, and everything beyond ASCII as `\uXXXX`. The
 * signature covers these very bytes.
 */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
