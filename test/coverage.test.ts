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

test('docs/coverage.md names methods that the client has', async () => {
  const client = new BoxClient({ auth: developerToken('none') });
  const resources = Object.values(handWritten()).filter((method) => /^\w+\.\w+$/.test(method));
  for (const method of resources) {
    const [resource = '', name = ''] = method.split('.');
    const owner: unknown = Reflect.get(client, resource);
    const isThere = typeof owner === 'object' && owner !== null && name in owner;
    assert.ok(isThere, `there is no client.${method}`);
  }
  await client.close();
});
