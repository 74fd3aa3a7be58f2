import { applyPatch, type Operation, Pointer } from 'rfc6902';
import { BoxError } from '../box-error.ts';
import { asBody, type Body } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import type { Values } from '../store/metadata-instances.ts';

const kinds: readonly unknown[] = ['add', 'replace', 'remove', 'test', 'move', 'copy'];
/** Box's own members, and names that mean something to JavaScript. */
const forbiddenPath = /^\/(?:\$|__proto__|constructor(?:\/|$)|prototype(?:\/|$))/;

/**
 * Values with a JSON Patch carried out: all of it, or nothing.
 * https://developer.box.com/reference/put-files-id-metadata-id-id/
 *
 * @throws BoxError 400 for the first operation that cannot be, a failing `test` included
 */
export function patched(values: Values, asked: unknown): Body {
  if (!Array.isArray(asked)) throw refused('The body must be a list of operations');
  const operations = asked.map(operationOf);
  // Without a prototype, so that no path finds what is not a value.
  const copy: Record<string, unknown> = Object.assign(Object.create(null), structuredClone(values));
  for (const operation of operations) {
    checkPlace(copy, operation.path);
    if ('from' in operation) checkPlace(copy, operation.from);
    const [fault] = applyPatch(copy, [operation]);
    if (fault) throw refused(fault.message);
  }
  return { ...copy };
}

function operationOf(value: unknown): Operation {
  const operation = asBody(value) ?? {};
  if (!kinds.includes(operation.op)) throw refused(`'${textOf(operation.op)}' is no operation`);
  checkPath(operation.path);
  if (operation.op === 'move' || operation.op === 'copy') checkPath(operation.from);
  return operation as unknown as Operation;
}

function checkPath(path: unknown): void {
  const isPath = typeof path === 'string' && path.startsWith('/') && !forbiddenPath.test(path);
  if (!isPath) throw refused(`'${textOf(path)}' is no path of a value`);
}

/** A path leads through values to a place in an object or a list, never into a text or to what JavaScript adds. */
function checkPlace(values: unknown, path: string): void {
  const tokens = Pointer.fromJSON(path).tokens.slice(1);
  const last = tokens.pop() ?? '';
  let place = values;
  for (const token of tokens) {
    place = isHolder(place) && Object.hasOwn(place, token) ? Reflect.get(place, token) : undefined;
  }
  if (!isHolder(place) || (Array.isArray(place) && !/^(?:\d+|-)$/.test(last))) {
    throw refused(`'${path}' is not there`);
  }
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function refused(message: string): BoxError {
  return new BoxError('bad_request', { message });
}
