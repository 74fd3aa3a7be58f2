import { BoxConnectionError, InputError } from '../errors.ts';
import type { BoxRequest, Send } from '../request.ts';

/** Reads Box's JSON as what it is documented to be; undefined if it is something else. */
export type Read<T> = (data: unknown) => T | undefined;

/**
 * Sends a request and reads its answer. Box's JSON is checked where a mix-up could do harm (is it an object of
 * this type, with an id?) and taken at its word beyond that.
 *
 * @throws {BoxConnectionError} `unexpected_answer` when something else came: a proxy's page, a gateway's JSON
 */
export async function answerOf<T>(send: Send, request: BoxRequest, read: Read<T>): Promise<T> {
  const { data, status } = await send(request);
  const answer = read(data);
  if (answer !== undefined) return answer;
  throw new BoxConnectionError(
    `${request.method} ${request.path} was answered with status ${status}, but not with what Box documents for it`,
    { code: 'unexpected_answer', method: request.method, path: request.path },
  );
}

/** One of Box's objects, of one of these types. */
export function entity<T extends { readonly type: string; readonly id: string }>(
  ...types: readonly T['type'][]
): Read<T> {
  return (data) => (isEntity<T>(data, types) ? data : undefined);
}

/** The one object in a list: the form in which Box answers uploads. */
export function soleEntity<T extends { readonly type: string; readonly id: string }>(
  ...types: readonly T['type'][]
): Read<T> {
  return (data) => {
    const entries: readonly unknown[] = page(data)?.entries ?? [];
    return entries.length === 1 ? entity<T>(...types)(entries[0]) : undefined;
  };
}

/** A page of a list, whatever it lists. */
export function page<T>(data: unknown): (object & { readonly entries: readonly T[] }) | undefined {
  return isPage<T>(data) ? data : undefined;
}

/** The path of one of Box's objects, such as `/files/12`. An id that is no id never becomes part of an address. */
export function pathOf(collection: string, id: string): string {
  if (!/^\w+$/.test(id)) throw new InputError(`"${id}" is no id that Box could have given`);
  return `${collection}/${id}`;
}

function isEntity<T extends { readonly type: string; readonly id: string }>(
  data: unknown,
  types: readonly T['type'][],
): data is T {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    'id' in data &&
    typeof data.id === 'string' &&
    types.some((type) => type === data.type)
  );
}

function isPage<T>(data: unknown): data is object & { readonly entries: readonly T[] } {
  return (
    typeof data === 'object' && data !== null && 'entries' in data && Array.isArray(data.entries)
  );
}
