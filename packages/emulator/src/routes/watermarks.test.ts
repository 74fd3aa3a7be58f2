import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

const imprint = { json: { watermark: { imprint: 'default' } } };

test('a watermark is put on, renewed, seen on the item, and taken off', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const path = `/files/${file.id}/watermark`;
  assert.equal((await box.get(path)).status, 404);
  const first = await box.call('PUT', path, imprint);
  assert.equal(first.status, 201);
  box.emulator.clock.advance(60_000);
  const again = await box.call('PUT', path, imprint);
  assert.equal(again.status, 200);
  assert.equal(again.json.watermark.created_at, first.json.watermark.created_at);
  assert.notEqual(again.json.watermark.modified_at, first.json.watermark.modified_at);
  assert.deepEqual((await box.get(path)).json, again.json);
  const { json } = await box.get(`/files/${file.id}?fields=watermark_info`);
  assert.equal(json.watermark_info.is_watermarked, true);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await box.call('DELETE', path)).status, 404);
});

test('a folder’s watermark is on what it holds', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const file = await box.file('a', 'x', folder);
  assert.equal((await box.call('PUT', `/folders/${folder}/watermark`, imprint)).status, 201);
  const { json } = await box.get(`/files/${file.id}?fields=watermark_info`);
  assert.deepEqual(json.watermark_info, {
    is_watermarked: true,
    is_watermark_inherited: true,
    is_watermarked_by_access_policy: false,
  });
});

test('a watermark that cannot be is refused', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const path = `/files/${file.id}/watermark`;
  assert.equal((await box.call('PUT', path, { json: {} })).status, 400);
  const other = { json: { watermark: { imprint: 'other' } } };
  assert.equal((await box.call('PUT', path, other)).status, 400);
  assert.equal((await box.call('PUT', '/folders/0/watermark', imprint)).status, 403);
  assert.equal((await box.call('PUT', '/files/12/watermark', imprint)).status, 404);
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.call('PUT', path, { ...imprint, token })).status, 404);
});
