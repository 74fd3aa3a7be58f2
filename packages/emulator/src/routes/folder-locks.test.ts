import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const lock = (box: BoxCalls, id: string, more: object = {}) =>
  box.call('POST', '/folder_locks', { json: { folder: { type: 'folder', id }, ...more } });

test('a locked folder is neither moved nor deleted until its lock is gone', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('a');
  const target = await box.folder('b');
  const { status, json } = await lock(box, id, { locked_operations: { move: true, delete: true } });
  assert.equal(status, 200);
  assert.deepEqual([json.type, json.lock_type, json.folder.id], ['folder_lock', 'freeze', id]);
  assert.deepEqual(json.locked_operations, { move: true, delete: true });
  assert.deepEqual(json.created_by, { type: 'user', id: box.emulator.adminUserId });
  assert.match(json.created_at, /Z$/);
  const list = (await box.get(`/folder_locks?folder_id=${id}`)).json;
  assert.deepEqual(list, { entries: [json], limit: '1000', next_marker: null });
  const move = { json: { parent: { id: target } } };
  const moved = await box.call('PUT', `/folders/${id}`, move);
  assert.deepEqual(
    [moved.status, moved.json.code],
    [403, 'access_denied_insufficient_permissions'],
  );
  assert.equal((await box.call('DELETE', `/folders/${id}?recursive=true`)).status, 403);
  assert.equal((await box.call('PUT', `/folders/${id}`, { json: { name: 'c' } })).status, 200);
  await box.file('inside', 'x', id);
  assert.equal((await box.call('DELETE', `/folder_locks/${json.id}`)).status, 204);
  assert.equal((await box.call('PUT', `/folders/${id}`, move)).status, 200);
  assert.equal((await box.call('DELETE', `/folder_locks/${json.id}`)).status, 404);
});

test('a lock that cannot be is refused: half, twice, of the root, or by who is not the owner', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('a');
  const half = await lock(box, id, { locked_operations: { move: true, delete: false } });
  assert.equal(half.status, 400);
  const { json } = await lock(box, id);
  assert.equal((await lock(box, id)).status, 400);
  assert.equal((await lock(box, '0')).status, 403);
  assert.equal((await lock(box, '12')).status, 404);
  assert.equal((await box.call('POST', '/folder_locks', { json: {} })).status, 400);
  assert.equal((await box.get('/folder_locks')).status, 400);
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.get(`/folder_locks?folder_id=${id}`, { token })).status, 404);
  assert.equal((await box.call('DELETE', `/folder_locks/${json.id}`, { token })).status, 404);
});
