import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { correct } from '../scripts/box-spec/corrections.ts';
import { readDocuments } from '../scripts/box-spec/document.ts';
import { boxTypes, boxTypesInRepository, documentsFolder } from '../scripts/generate-box-types.ts';

const folder = documentsFolder();
const skip =
  folder === undefined && 'left out: Box’s OpenAPI documents are not at hand (BOX_SPEC=<folder>)';

test('the types of Box’s operations are those of its documents', { skip }, () => {
  for (const [name, text] of boxTypes(folder ?? '')) {
    // Compared by hand: a difference of two long texts would be printed whole.
    assert.ok(boxTypesInRepository(name) === text, `${name} is not current: npm run generate`);
  }
});

test('every operation is asked for where Box’s documents say', { skip }, async () => {
  const asked: { request: string; version: unknown; isSigned: boolean }[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push({
      request: `${method} ${url}`,
      version: headers['box-version'],
      isSigned: headers.authorization !== undefined,
    });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = new BoxClient({ auth: developerToken('token'), baseUrl, env: {} });
  // The operations are known only here, and so their types are not.
  const call: (operation: string, input: object) => Promise<{ data: { cancel?(): void } }> =
    client.call.bind(client) as never;
  try {
    for (const { document, version } of readDocuments(folder ?? '')) {
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, { servers, security }] of Object.entries(methods)) {
          const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
          const values = Object.fromEntries(names.map((name) => [name, `${name}-1`]));
          const { data } = await call(`${method.toUpperCase()} ${path}`, { path: values });
          data?.cancel?.();
          const base = new URL(
            (servers?.[0]?.url ?? 'https://api.box.com/2.0').replace(/[{}]/g, ''),
          );
          const filled = path.replace(/#.*/, '').replace(/\{(\w+)\}/g, '$1-1');
          assert.deepEqual(asked.pop(), {
            request: `${method.toUpperCase()} ${base.pathname.replace(/\/$/, '')}${filled}`,
            version,
            isSigned: security?.length !== 0,
          });
        }
      }
    }
  } finally {
    await client.close();
    server.close();
  }
});

test('a correction that no longer fits is named', () => {
  const empty = { paths: {}, components: { schemas: {} } };
  assert.throws(
    () => correct(empty),
    /the correction at components › schemas › File .* does not fit/,
  );
});
