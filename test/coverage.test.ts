import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { documentsFolder } from '../scripts/generate-box-types.ts';
import { coveragePage, coveragePageInRepository, handWritten } from '../scripts/make-coverage.ts';

const folder = documentsFolder();
const skip =
  folder === undefined && 'left out: Box’s OpenAPI documents are not at hand (BOX_SPEC=<folder>)';

test('docs/coverage.md says what there is', { skip }, async (t) => {
  const page = await coveragePage(folder ?? '');
  const [, emulated] = /\| emulated \| (.*) \|/.exec(page) ?? [];
  t.diagnostic(`emulated: ${emulated}`);
  assert.equal(coveragePageInRepository(), page, 'run: npm run docs');
});

test('docs/coverage.md names the methods that the client has, all of them', async () => {
  const client = new BoxClient({ auth: developerToken('none') });
  const cells = Object.values(handWritten()).flatMap((cell) => cell.split(', '));
  const named = new Set(cells.filter((method) => /^\w+\.\w+$/.test(method)));
  const resources = Object.entries(client).filter(([, value]) => typeof value === 'object');
  const methods = resources.flatMap(([resource, value]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(value))
      .filter((name) => name !== 'constructor')
      .map((name) => `${resource}.${name}`),
  );
  assert.deepEqual([...named].sort(), methods.sort(), 'see docs/operations/resources.json');
  await client.close();
});
