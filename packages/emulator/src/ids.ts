/**
 * Ids as Box writes them: decimal text on the wire, whole numbers in the store.
 * Only the root folder and "no such thing" are special; everything else comes from a sequence
 * that never goes back, so that an id is never used twice.
 */

/** The id of every user's root folder. */
export const rootFolderId = 0;

/**
 * Reads an id from a path or a request body; bodies may carry JSON numbers.
 *
 * @returns the id; `undefined` for what is no decimal number at all. A number too large to be an id
 *   of ours gives -1, which is well formed but belongs to nothing.
 */
export function parseId(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  }
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return undefined;
  const id = Number(value);
  return Number.isSafeInteger(id) ? id : -1;
}
