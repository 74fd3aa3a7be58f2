/** Which of Box's operations the SDK drove, found in what Node's HTTP client tells of. */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { boxTypesInRepository } from '../../scripts/generate-box-types.ts';

/** Collects calls, as `GET /2.0/users/me`, from now on: those that Box carried out. */
export function watchCalls(): Set<string> {
  const calls = new Set<string>();
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const [path = ''] = request.path.split('?');
    if ((response.statusCode ?? 500) < 400) calls.add(`${request.method} ${path}`);
  });
  return calls;
}

/** The operations that these calls are, sorted; variants of an operation are the same call and count with it. */
export function operationsOf(calls: Iterable<string>): string[] {
  const keys = [...boxTypesInRepository('operations.ts').matchAll(/^ {2}'([A-Z]+ \/[^']*)': \{/gm)];
  // What is spelt out goes before what varies: /users/me before /users/{user_id}.
  const patterns = [...Map.groupBy(keys, ([, key = '']) => key.split('#')[0] ?? '')]
    .map(([call, own]) => ({ fits: patternOf(call), own: own.map(([, key = '']) => key) }))
    .sort((one, other) => variables(one.own) - variables(other.own));
  const found = [...calls].flatMap((call) => {
    const plain = call.replace(/ (?:\/api)?(?:\/2\.0)?/, ' ');
    return patterns.find(({ fits }) => fits.test(plain))?.own ?? [];
  });
  return [...new Set(found)].sort();
}

function patternOf(call: string): RegExp {
  return new RegExp(`^${call.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function variables([key = '']: readonly string[]): number {
  return key.split('{').length;
}

/** Loaded before other tests (`node --import`), it adds their calls to the file `SDK_CALLS`, a line for each. */
if (process.env.SDK_CALLS) {
  const file = process.env.SDK_CALLS;
  const calls = watchCalls();
  process.on('exit', () => appendFileSync(file, [...calls, ''].join('\n')));
}
