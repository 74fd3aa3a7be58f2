/** Requests that no client should send, each of which went wrong once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls, multipart } from './testing/box-calls.ts';

test('a form where JSON belongs is refused like any other body that is none', async (t) => {
  const { call } = await boxCalls(t);
  const form = multipart([['name', 'a']]);
  const paths = ['/folders', '/metadata_templates/schema', '/collaborations'];
  for (const path of paths) {
    const { status, json } = await call('POST', path, form);
    assert.equal(status, 400, path);
    assert.equal(json.code, 'bad_request', path);
  }
});

test('an avatar whose form has no boundary, or one that is too long, is refused', async (t) => {
  const { call, emulator } = await boxCalls(t);
  for (const type of ['', '; boundary=', `; boundary=${'b'.repeat(300)}`]) {
    const { status } = await call('POST', `/users/${emulator.adminUserId}/avatar`, {
      body: '--x\r\n\r\n',
      headers: { 'content-type': `multipart/form-data${type}` },
    });
    assert.equal(status, 400, type);
  }
});

test('a time that is an object with a toString of its own is refused', async (t) => {
  const { call, file } = await boxCalls(t);
  const { id } = await file('a.txt', 'a');
  const json = { content_created_at: { toString: 1 } };
  assert.equal((await call('PUT', `/files/${id}`, { json })).status, 400);
  const copy = { parent: { id: '0' }, name: 'b.txt', version: { toString: 1 } };
  assert.equal((await call('POST', `/files/${id}/copy`, { json: copy })).status, 400);
});
