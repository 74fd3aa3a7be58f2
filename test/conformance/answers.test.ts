/** The judge judged: what it lets pass, and what it does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schema } from '../../scripts/box-spec/document.ts';
import { complaints } from './answers.ts';
import type { DocumentedOperation } from './document.ts';
import { validatorFor } from './schemas.ts';

const schemas: Record<string, Schema> = {
  ClientError: { type: 'object' },
  Mini: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  Thing: {
    allOf: [
      { $ref: '#/components/schemas/Mini' },
      {
        properties: {
          // A name that Ajv would take for its own in the wrong place.
          $id: { type: 'string' },
          parent: { allOf: [{ $ref: '#/components/schemas/Mini' }], nullable: true },
          state: { type: 'string', enum: ['on', 'off'], nullable: true },
          made_at: { type: 'string', format: 'date-time' },
        },
      },
    ],
  },
};

const json = (name: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});
const operation: DocumentedOperation = {
  key: 'GET /things/{id}',
  method: 'GET',
  path: '/2.0/things/{id}',
  responses: { 200: json('Thing'), 204: {}, default: json('ClientError') },
  takesFields: false,
};
const validate = validatorFor(schemas);
const judged = (status: number, body?: unknown) => {
  const text = body === undefined ? '' : JSON.stringify(body);
  return complaints(operation, { status, text, json: body }, validate);
};
const error = { type: 'error', status: 404, code: 'not_found', message: 'x', request_id: 'y' };

test('answers as documented pass', () => {
  for (const more of [{}, { parent: null }, { parent: { id: '2' } }, { state: null, $id: 'x' }]) {
    assert.deepEqual(judged(200, { id: '1', ...more }), []);
  }
  assert.deepEqual(judged(204), []);
  assert.deepEqual(judged(404, error), []);
  assert.deepEqual(judged(401), [], 'Box sends it empty');
});

test('wrong shapes, undocumented statuses and failures do not', () => {
  const refused: [number, unknown?][] = [
    [200, {}],
    [200],
    [200, { id: 1 }],
    [200, { id: '1', parent: {} }],
    [200, { id: '1', state: 'between' }],
    [200, { id: '1', made_at: 'today' }],
    [201, { id: '1' }],
    [204, {}],
    [404],
    [404, { ...error, status: 400 }],
    [404, {}],
    [500, { ...error, status: 500 }],
  ];
  for (const [status, body] of refused) {
    assert.notDeepEqual(judged(status, body), [], `${status} ${JSON.stringify(body)}`);
  }
});
