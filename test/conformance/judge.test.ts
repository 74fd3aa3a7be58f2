/** The judge of requests judged: what it lets pass, and what it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../scripts/box-spec/document.ts';
import { judgeFor } from './requests/judge.ts';

const text = { type: 'string' } as const;
const named = {
  type: 'object',
  properties: { name: text, more: text },
  required: ['name'],
} as const;
const document: Document = {
  paths: {
    '/things/{thing_id}': {
      put: {
        operationId: 'put',
        parameters: [
          { name: 'thing_id', in: 'path', required: true, schema: text },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'sizes', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
          { name: 'deep', in: 'query', schema: { type: 'boolean' } },
          { name: 'If-Match', in: 'header', schema: text },
        ],
        requestBody: {
          content: { 'application/json': { schema: { ...named, required: ['name'] } } },
        },
        responses: {},
      },
    },
    '/things/upload': {
      put: { operationId: 'upload', responses: {} },
    },
  },
  components: { schemas: {} },
};
const judge = judgeFor(document);

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const judged = ({ path = '/2.0/things/1', headers, body = { name: 'x' } }: Sent) =>
  judge({
    method: 'PUT',
    path,
    headers: { 'content-type': 'application/json', authorization: 'Bearer x', ...headers },
    body: JSON.stringify(body),
    status: 200,
  });

test('requests as documented pass', () => {
  assert.deepEqual(judged({}), []);
  assert.deepEqual(judged({ headers: { 'if-match': '1', 'as-user': '2' } }), []);
  assert.deepEqual(judged({ path: '/2.0/things/1?limit=2&sizes=1,2&deep=true' }), []);
  assert.deepEqual(judged({ body: { name: 'x', more: 'y' } }), []);
});

test('other hosts, names, kinds and bodies do not', () => {
  for (const path of ['/api/2.0/things/1', '/2.0/thing/1', '/2.0/things/1/2']) {
    assert.equal(judged({ path }), undefined, path);
  }
  const refused: Sent[] = [
    ...['limit=x', 'sizes=1,x', 'deep=1', 'other=1'].map((query) => ({
      path: `/2.0/things/1?${query}`,
    })),
    { headers: { 'x-other': '1' } },
    { headers: { 'content-type': 'text/plain' } },
    ...[{}, { name: 1 }, { name: 'x', other: 1 }, ['x']].map((body) => ({ body })),
    // Its name comes before a path with an id, and it takes no body.
    { path: '/2.0/things/upload' },
  ];
  for (const one of refused) assert.notDeepEqual(judged(one) ?? [], [], JSON.stringify(one));
});
