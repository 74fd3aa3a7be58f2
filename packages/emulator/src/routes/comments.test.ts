import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const someoneElse = (box: BoxCalls) =>
  box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });

const say = (box: BoxCalls, item: { type: string; id: string }, message: string, query = '') =>
  box.call('POST', `/comments${query}`, { json: { item, message } });

test('a comment has Box’s members, counts on its file, and can be changed and deleted', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const item = { type: 'file', id: file.id };
  const { status, json } = await say(box, item, 'Fine!');
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(json), [
    'type',
    'id',
    'is_reply_comment',
    'message',
    'created_by',
    'created_at',
    'modified_at',
    'item',
  ]);
  assert.deepEqual([json.type, json.is_reply_comment, json.message], ['comment', false, 'Fine!']);
  assert.deepEqual(json.item, item);
  const counted = await box.get(`/files/${file.id}?fields=comment_count`);
  assert.equal(counted.json.comment_count, 1);
  box.emulator.clock.advance(60_000);
  const put = await box.call('PUT', `/comments/${json.id}`, { json: { message: 'Better' } });
  assert.deepEqual([put.status, put.json.message], [200, 'Better']);
  assert.notEqual(put.json.modified_at, json.modified_at);
  assert.deepEqual((await box.get(`/comments/${json.id}?fields=message`)).json, {
    type: 'comment',
    id: json.id,
    message: 'Better',
  });
  assert.equal((await box.call('DELETE', `/comments/${json.id}`)).status, 204);
  assert.equal((await box.get(`/comments/${json.id}`)).json.code, 'not_found');
  assert.equal((await box.call('PUT', `/comments/${json.id}`, { json: {} })).status, 400);
});

test('a comment tells by name what may be done with it', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const { json } = await say(box, { type: 'file', id: file.id }, 'Fine!', '?fields=permissions');
  assert.deepEqual(json.permissions, { can_delete: true, can_edit: true, can_reply: true });
  const bob = someoneElse(box);
  await box.call('POST', '/collaborations', {
    json: {
      item: { type: 'file', id: file.id },
      accessible_by: { type: 'user', id: box.emulator.serviceAccountUserId },
      role: 'viewer',
    },
  });
  const seen = await box.get(`/comments/${json.id}?fields=permissions`, { token: bob });
  assert.deepEqual(seen.json.permissions, { can_delete: false, can_edit: false, can_reply: true });
});

test('replies belong to their comment, are listed with it, oldest first in pages, and go with it', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const first = (await say(box, { type: 'file', id: file.id }, 'Hello')).json;
  const reply = await say(box, { type: 'comment', id: first.id }, 'Hello');
  assert.deepEqual([reply.status, reply.json.is_reply_comment], [201, true]);
  assert.deepEqual(reply.json.item, { type: 'comment', id: first.id });
  await say(box, { type: 'comment', id: reply.json.id }, 'And again');
  const page = (await box.get(`/files/${file.id}/comments?limit=1&offset=1`)).json;
  assert.deepEqual([page.total_count, page.offset, page.limit], [3, 1, 1]);
  assert.equal(page.entries[0].id, reply.json.id);
  await box.call('DELETE', `/comments/${first.id}`);
  assert.equal((await box.get(`/files/${file.id}/comments`)).json.total_count, 0);
});

test('mentions come as plain text, and as a tagged message when that is asked for', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const tagged = `@[${box.emulator.adminUserId}:Ann] look`;
  const { json } = await box.call('POST', '/comments', {
    json: { item: { type: 'file', id: file.id }, tagged_message: tagged },
  });
  assert.deepEqual(['tagged_message' in json, json.message], [false, 'Ann look']);
  const full = await box.get(`/comments/${json.id}?fields=tagged_message`);
  assert.equal(full.json.tagged_message, tagged);
});

test('the same words again are refused for a while; others and elsewhere are not', async (t) => {
  const box = await boxCalls(t);
  const item = { type: 'file', id: (await box.file('a', 'x')).id };
  const other = { type: 'file', id: (await box.file('b', 'x')).id };
  await say(box, item, 'Done');
  const again = await say(box, item, 'Done');
  assert.deepEqual([again.status, again.json.code], [409, 'recent_similar_comment']);
  assert.equal((await say(box, item, 'Done!')).status, 201);
  assert.equal((await say(box, other, 'Done')).status, 201);
  box.emulator.clock.advance(60_000);
  assert.equal((await say(box, item, 'Done')).status, 201);
});

test('what is not there, not allowed or not said is refused; comments go with their file', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const item = { type: 'file', id: file.id };
  assert.equal((await box.call('POST', '/comments', { json: { item } })).status, 400);
  assert.equal((await box.call('POST', '/comments', { json: { message: 'x' } })).status, 400);
  assert.equal((await say(box, { type: 'folder', id: '0' }, 'x')).status, 400);
  assert.equal((await say(box, { type: 'file', id: '12' }, 'x')).status, 404);
  assert.equal((await say(box, { type: 'comment', id: '12' }, 'x')).status, 404);
  assert.equal((await box.get('/comments/abc')).status, 405);
  assert.equal((await box.get('/files/12/comments')).status, 404);
  const { id } = (await say(box, item, 'x')).json;
  const token = someoneElse(box);
  assert.equal((await box.get(`/comments/${id}`, { token })).status, 404);
  assert.equal((await box.call('DELETE', `/comments/${id}`, { token })).status, 404);
  const json = { item, message: 'mine' };
  assert.equal((await box.call('POST', '/comments', { token, json })).status, 404);
  await box.call('DELETE', `/files/${file.id}`);
  assert.equal((await box.get(`/comments/${id}`)).status, 404);
  await box.call('POST', `/files/${file.id}`);
  assert.equal((await box.get(`/comments/${id}`)).status, 200);
  box.emulator.reset();
  assert.equal((await box.get(`/comments/${id}`)).status, 404);
  assert.deepEqual(box.emulator.notEmulated(), {});
});

test('a token that may only look says nothing and assigns nothing', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: box.emulator.token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'item_preview',
  });
  const { json } = await box.call('POST', `${box.emulator.url}/oauth2/token`, {
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const token: string = json.access_token;
  for (const path of ['/comments', '/tasks', '/task_assignments', '/folder_locks']) {
    const item = { type: 'file', id: file.id };
    const { status, bytes } = await box.call('POST', path, { token, json: { item, message: 'x' } });
    assert.deepEqual([status, bytes.length], [403, 0], path);
  }
});
