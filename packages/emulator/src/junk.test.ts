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

/** Nothing can make a text or a number of it. */
const hostile = { toString: 1, valueOf: 1 };

test('an object with a toString of its own is refused wherever a text or a number belongs', async (t) => {
  const { call, folder, file } = await boxCalls(t);
  const { id } = await file('a.txt', 'a');
  const at = { id: await folder('f') };
  const bodies: [string, Record<string, unknown>][] = [
    ['POST /folders', { name: 'x', parent: at }],
    [
      `PUT /files/${id}`,
      { name: 'y', description: 'd', tags: ['t'], content_created_at: '2020-01-01' },
    ],
    [`POST /files/${id}/copy`, { name: 'z', parent: at, version: '1' }],
    ['POST /web_links', { url: 'https://example.com', parent: at }],
    [
      'POST /collaborations',
      { item: { ...at, type: 'folder' }, accessible_by: at, role: 'editor' },
    ],
    ['POST /files/upload_sessions', { folder_id: '0', file_size: 30_000_000, file_name: 'big' }],
    ['OPTIONS /files/content', { name: 'p', size: 1, parent: at }],
    ['POST /task_assignments', { task: { id: '1' }, assign_to: { id: '1' } }],
    ['POST /task_assignments', { task: { id: '1' }, assign_to: { login: 'a@b.example' } }],
    [
      'POST /metadata_cascade_policies',
      { folder_id: at.id, scope: 'global', templateKey: 'properties' },
    ],
    ['POST /metadata_queries/execute_read', { from: 'enterprise_1.x', ancestor_folder_id: '0' }],
    [
      'POST /webhooks',
      { target: { id, type: 'file' }, address: 'https://example.com', triggers: ['x'] },
    ],
    ['POST /users', { name: 'U', login: 'u@b.example', space_amount: 1 }],
    [
      'POST /terms_of_service_user_statuses',
      { tos: { id: '1' }, user: { id: '1' }, is_accepted: true },
    ],
    [`POST /files/${id}/metadata/global/properties`, { key: 'value' }],
  ];
  for (const [operation, body] of bodies) {
    const [method = '', path = ''] = operation.split(' ');
    for (const name of Object.keys(body)) {
      for (const junk of [hostile, { id: hostile, login: hostile, type: hostile }, [hostile]]) {
        const { status } = await call(method, path, { json: { ...body, [name]: junk } });
        assert.ok(status >= 400 && status < 500, `${operation}, ${name}: ${status}`);
      }
    }
  }
});

test('JSON that is nested too deep to be written again is refused', async (t) => {
  const { call } = await boxCalls(t);
  const body = `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)},"parent":{"id":"0"}}`;
  const { status, json } = await call('POST', '/folders', { body });
  assert.deepEqual([status, json.code], [400, 'bad_request']);
});
