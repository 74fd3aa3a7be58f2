/**
 * Loaded before the client's own tests (`node --import`), in each of their processes: writes down every request
 * that a client sends, with the method of the client that sent it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { handWrittenMethods } from './methods.ts';
import { PLACE, type SentRequest } from './sent-request.ts';

/** What undici tells of a request on its diagnostics channels. */
interface OfUndici {
  readonly request: { method: string; path: string; headers: readonly string[] };
}

interface Begun {
  readonly by: string | undefined;
  readonly chunks: Buffer[];
}

const caller = new AsyncLocalStorage<string>();
const begun = new WeakMap<object, Begun>();
const place = process.env[PLACE];
if (place !== undefined) {
  for (const method of handWrittenMethods()) watch(method);
  listen(place);
}

/** Has a method know its name while it works, and while what it returns is iterated. The outermost counts. */
function watch({ label, name, owner, call }: ReturnType<typeof handWrittenMethods>[number]): void {
  Reflect.set(owner, name, function (this: unknown, ...inputs: unknown[]) {
    const as = caller.getStore() ?? label;
    const result = caller.run(as, () => Reflect.apply(call, this, inputs));
    if (isIterator(result)) {
      const next = result.next.bind(result);
      result.next = (...values) => caller.run(as, () => next(...values));
    }
    return result;
  });
}

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return (
    typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value
  );
}

function listen(path: string): void {
  subscribe('undici:request:create', (message) => {
    begun.set((message as OfUndici).request, { by: caller.getStore(), chunks: [] });
  });
  subscribe('undici:request:bodyChunkSent', (message) => {
    const { request, chunk } = message as OfUndici & { chunk: Uint8Array | string };
    begun.get(request)?.chunks.push(Buffer.from(chunk as string));
  });
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as OfUndici & { response: { statusCode: number } };
    const { by, chunks } = begun.get(request) ?? { by: undefined, chunks: [] };
    const sent: SentRequest = {
      by,
      method: request.method,
      path: request.path,
      headers: pairs(request.headers),
      body: Buffer.concat(chunks).subarray(0, 100_000).toString(),
      status: response.statusCode,
    };
    // One write a line: the processes of a test run share the file.
    appendFileSync(path, `${JSON.stringify(sent)}\n`);
  });
}

function pairs(flat: readonly string[]): Record<string, string> {
  const names = flat.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(
    names.map((name, index) => [name.toLowerCase(), String(flat[index * 2 + 1])]),
  );
}
