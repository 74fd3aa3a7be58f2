/** The emulator knows by name whatever Box has, also what it does not emulate. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { operationsAt } from '../packages/emulator/src/operations.ts';

const generated = join(import.meta.dirname, '../packages/client/src/generated/operations.ts');

test('every operation that the client can call is one of Box’s to the emulator', () => {
  const keys = readFileSync(generated, 'utf8').matchAll(/^ {2}'([A-Z]+) (\/[^'#]*)[^']*': \{/gm);
  const calls = [...keys].map(([, method = '', path = '']) => ({ method, path }));
  assert.ok(calls.length > 300, `${calls.length} were found`);
  const unknown = calls.filter(({ method, path }) => {
    const known = operationsAt(path.replaceAll(/\{[^}]+\}/g, '1'));
    // Under another host, and of OAuth's own.
    return (
      !path.startsWith('/oauth2/') && path !== '/authorize' && !known?.methods.includes(method)
    );
  });
  assert.deepEqual(unknown, []);
});
