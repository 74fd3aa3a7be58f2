import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { developerToken } from './auth/developer-token.ts';
import { type ClientOptions, resolveClientOptions, resolveConnection, VERSION } from './options.ts';

test('the version in the user agent is the package’s', async () => {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  assert.equal(JSON.parse(manifest).version, VERSION);
  const { userAgent } = resolveConnection({ userAgent: 'my-tool/2.1' });
  assert.ok(userAgent.startsWith(`my-tool/2.1 boxhaul/${VERSION} node/`), userAgent);
});

suite('options that cannot be', () => {
  const table: [name: string, options: Partial<ClientOptions>, expected: RegExp][] = [
    ['a base URL that is none', { baseUrl: 'localhost:4010' }, /^baseUrl must be an address/],
    ['a base URL with a query', { baseUrl: 'http://x/?a=1' }, /^baseUrl must be an address/],
    ['a host that is none', { hosts: { upload: 'upload' } }, /^hosts\.upload must be an address/],
    ['no concurrency at all', { concurrency: 0 }, /^concurrency must be .* from 1 up, and is 0$/],
    ['half a retry', { maxRetries: 0.5 }, /^maxRetries must be a whole number/],
    ['a time-out before now', { timeouts: { headersMs: -1 } }, /^timeouts\.headersMs must be/],
  ];
  for (const [name, options, expected] of table) {
    test(`${name}: the message names it`, () => {
      assert.throws(
        () => resolveClientOptions({ auth: developerToken('t'), ...options }),
        (error: Error) => expected.test(error.message) || assert.fail(error.message),
      );
    });
  }
});
