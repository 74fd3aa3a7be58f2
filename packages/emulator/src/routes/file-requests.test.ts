import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

test('a file request is made by a control, read, changed, copied and deleted', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('in');
  const target = await box.folder('other');
  const id = box.emulator.addFileRequest({ folderId: folder, title: 'Invoices' });
  const path = `/file_requests/${id}`;
  const { status, json } = await box.get(path);
  assert.deepEqual([status, json.type, json.title], [200, 'file_request', 'Invoices']);
  assert.deepEqual([json.folder.id, json.status, json.etag], [folder, 'active', '0']);
  assert.match(json.url, /^\/f\/[0-9a-f]{32}$/);
  const changes = {
    title: 'Bills',
    status: 'inactive',
    is_email_required: true,
    expires_at: '2035-01-01T00:00:00Z',
  };
  const put = await box.call('PUT', path, { json: changes, headers: { 'if-match': '0' } });
  assert.deepEqual([put.json.title, put.json.status, put.json.etag], ['Bills', 'inactive', '1']);
  const stale = await box.call('PUT', path, { json: changes, headers: { 'if-match': '0' } });
  assert.equal(stale.status, 412);
  const copy = await box.call('POST', `${path}/copy`, {
    json: { folder: { type: 'folder', id: target }, title: 'Copy' },
  });
  assert.deepEqual([copy.status, copy.json.title, copy.json.folder.id], [200, 'Copy', target]);
  assert.equal(copy.json.is_email_required, true);
  assert.notEqual(copy.json.url, json.url);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await box.get(path)).status, 404);
  assert.equal((await box.get(`/file_requests/${copy.json.id}`)).status, 200);
});

test('nobody is asked for files into a root folder', async (t) => {
  const box = await boxCalls(t);
  assert.throws(() => box.emulator.addFileRequest({ folderId: '0' }), /insufficient permission/);
  const id = box.emulator.addFileRequest({ folderId: await box.folder('in') });
  const copy = await box.call('POST', `/file_requests/${id}/copy`, {
    json: { folder: { type: 'folder', id: '0' } },
  });
  assert.equal(copy.status, 403);
});

test('from outside, by the admin endpoint; what makes no sense is refused', async (t) => {
  const box = await boxCalls(t);
  const url = `${box.emulator.url}/_emulator/file_requests`;
  const folder = await box.folder('in');
  const made = await box.call('POST', url, { json: { folder_id: folder } });
  assert.equal(made.status, 201);
  const path = `/file_requests/${made.json.id}`;
  assert.equal((await box.get(path)).json.title, 'Files for in');
  assert.equal((await box.call('POST', url, { json: { folder_id: '12' } })).status, 404);
  assert.equal((await box.call('PUT', path, { json: { status: 'gone' } })).status, 400);
  assert.equal((await box.call('POST', `${path}/copy`, { json: {} })).status, 400);
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.get(path, { token })).status, 404);
  await box.call('DELETE', `/folders/${folder}`);
  assert.equal((await box.get(path)).status, 404);
});
