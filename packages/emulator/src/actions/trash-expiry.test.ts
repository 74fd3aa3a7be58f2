import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const dayMs = 24 * 3600 * 1000;

test('the trash keeps things for 30 days of the emulator’s clock', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const folder = await box.folder('folder');
  const file = await box.file('a', 'same', folder);
  const twin = await box.file('twin', 'same');
  await call('DELETE', `/folders/${folder}?recursive=true`);
  emulator.clock.advance(29 * dayMs);
  const later = await box.file('later', 'later');
  await call('DELETE', `/files/${later.id}`);
  assert.deepEqual(await trashed(box), ['folder', 'later']);
  emulator.clock.advance(dayMs);
  assert.deepEqual(await trashed(box), ['later']);
  assert.equal((await get(`/files/${file.id}`)).status, 404);
  assert.equal((await call('POST', `/folders/${folder}`, { json: {} })).status, 404);
  assert.equal((await box.contents(twin.id)).toString(), 'same', 'others have the contents still');
  assert.equal((await get('/users/me')).json.space_used, 4 + 5);
});

test('so it is with past versions', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const { id } = await box.file('a', 'first');
  await box.upload(`/files/${id}/content`, { name: 'a' }, 'second');
  const past = (await get(`/files/${id}/versions`)).json.entries[0].id;
  await call('DELETE', `/files/${id}/versions/${past}`);
  emulator.clock.advance(30 * dayMs - 60_000);
  assert.equal((await get(`/files/${id}/versions`)).json.total_count, 1);
  emulator.clock.advance(60_000);
  assert.equal((await get(`/files/${id}/versions`)).json.total_count, 0);
  assert.equal((await get('/users/me')).json.space_used, 6);
});

async function trashed(box: BoxCalls): Promise<string[]> {
  const { entries } = (await box.get('/folders/trash/items')).json;
  return entries.map(({ name }: { name: string }) => name);
}
