import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

const dayMs = 24 * 3600 * 1000;

test('a deleted file still answers, as trashed; a deleted folder is 404 trashed', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const file = await box.file('a.txt', 'abc');
  assert.equal((await box.call('DELETE', `/files/${file.id}`)).status, 204);
  assert.equal((await box.call('DELETE', `/folders/${folder}`)).status, 204);
  const { status, json } = await box.get(`/files/${file.id}`);
  assert.deepEqual([status, json.item_status], [200, 'trashed']);
  assert.equal(Date.parse(json.purged_at) - Date.parse(json.trashed_at), 30 * dayMs);
  assert.deepEqual(json.path_collection, {
    total_count: 1,
    entries: [{ type: 'folder', id: '1', sequence_id: null, etag: null, name: 'Trash' }],
  });
  assert.equal(json.parent.id, '0');
  const gone = await box.get(`/folders/${folder}`);
  assert.deepEqual([gone.status, gone.json.code], [404, 'trashed']);
  assert.equal((await box.get(`/folders/${folder}/items`)).json.code, 'trashed');
  for (const [method, path] of [
    ['DELETE', `/files/${file.id}`],
    ['GET', `/files/${file.id}/content`],
    ['PUT', `/files/${file.id}`],
  ] as const) {
    assert.equal((await box.call(method, path, { json: { name: 'x' } })).json.code, 'trashed');
  }
  assert.deepEqual((await box.get('/folders/0/items')).json.entries, []);
});

test('the trash lists what was deleted by itself, in both styles of paging', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('folder');
  const inside = await box.file('inside', 'x', folder);
  for (const name of ['b', 'a', 'c']) {
    await box.call('DELETE', `/files/${(await box.file(name, name)).id}`);
  }
  await box.call('DELETE', `/folders/${folder}?recursive=true`);
  const { json } = await box.get('/folders/trash/items?fields=name&limit=3');
  assert.equal(json.total_count, 4);
  assert.deepEqual(
    json.entries.map((entry: { name: string }) => entry.name),
    ['folder', 'a', 'b'],
  );
  const seen = [];
  for (let marker = ''; ; ) {
    const page = await box.get(
      `/folders/trash/items?usemarker=true&limit=2&marker=${encodeURIComponent(marker)}`,
    );
    seen.push(...page.json.entries.map((entry: { name: string }) => entry.name));
    if (page.json.next_marker === null) break;
    marker = page.json.next_marker;
  }
  assert.deepEqual(seen, ['folder', 'a', 'b', 'c']);
  assert.equal((await box.get(`/files/${inside.id}/trash`)).status, 404);
  const mixed = await box.get('/folders/trash/items?usemarker=true&sort=name');
  assert.deepEqual([mixed.status, mixed.json.code], [400, 'invalid_parameter']);
  assert.match(mixed.json.message, /sort/);
});

test('a restored item returns to its folder, active, its etag one higher', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const file = await box.file('a', 'abc', folder);
  await box.call('DELETE', `/files/${file.id}`);
  assert.equal((await box.get(`/folders/${folder}`)).json.size, 0);
  const trashed = (await box.get(`/files/${file.id}/trash`)).json;
  const { status, json } = await box.call('POST', `/files/${file.id}`, {
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(status, 201);
  assert.deepEqual(
    [json.item_status, json.trashed_at, json.purged_at, json.parent.id],
    ['active', null, null, folder],
  );
  assert.equal(Number(json.etag), Number(trashed.etag) + 1);
  assert.equal(Number(json.sequence_id), Number(trashed.sequence_id) + 1);
  assert.equal((await box.get(`/folders/${folder}`)).json.size, 3);
  const again = await box.call('POST', `/files/${file.id}`);
  assert.deepEqual([again.status, again.json.code], [404, 'not_trashed']);
});

test('restoring needs another name when the old one is taken, and another folder when the old one is gone', async (t) => {
  const box = await boxCalls(t);
  const [folder, other] = [await box.folder('f'), await box.folder('other')];
  const file = await box.file('a', '1', folder);
  await box.call('DELETE', `/files/${file.id}`);
  await box.file('A', '2', folder);
  const taken = await box.call('POST', `/files/${file.id}`);
  assert.deepEqual([taken.status, taken.json.code], [409, 'item_name_in_use']);
  const renamed = await box.call('POST', `/files/${file.id}`, {
    json: { name: 'b', parent: { id: other } },
  });
  assert.deepEqual([renamed.json.name, renamed.json.parent.id], ['b', folder]);
  await box.call('DELETE', `/files/${file.id}`);
  await box.call('DELETE', `/folders/${folder}?recursive=true`);
  await box.call('DELETE', `/folders/${folder}/trash`);
  const homeless = await box.call('POST', `/files/${file.id}`);
  assert.equal(homeless.status, 404);
  const elsewhere = await box.call('POST', `/files/${file.id}`, {
    json: { parent: { id: other } },
  });
  assert.deepEqual([elsewhere.status, elsewhere.json.parent.id], [201, other]);
  assert.equal((await box.contents(file.id)).toString(), '1');
});

test('restoring a folder brings back all that is in it', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const inner = await box.folder('inner', folder);
  const file = await box.file('a', 'abc', inner);
  await box.call('DELETE', `/folders/${folder}?recursive=true`);
  assert.equal((await box.get(`/files/${file.id}`)).json.item_status, 'trashed');
  assert.equal((await box.get(`/folders/${inner}`)).json.code, 'trashed');
  assert.equal((await box.call('POST', `/folders/${folder}`)).status, 201);
  assert.equal((await box.get(`/files/${file.id}`)).json.item_status, 'active');
  assert.equal((await box.get(`/folders/${folder}`)).json.size, 3);
});

test('a permanent delete ends a tree, gives its space back, and keeps contents that others have', async (t) => {
  const box = await boxCalls(t);
  const spaceUsed = async () => (await box.get('/users/me')).json.space_used;
  const folder = await box.folder('f');
  const file = await box.file('a', 'the same', folder);
  const twin = await box.file('twin', 'the same');
  await box.file('b', 'another', folder);
  assert.equal(await spaceUsed(), 23);
  assert.equal((await box.call('DELETE', `/folders/${folder}/trash`)).json.code, 'not_trashed');
  await box.call('DELETE', `/folders/${folder}?recursive=true`);
  assert.equal(await spaceUsed(), 23);
  assert.equal((await box.call('DELETE', `/folders/${folder}/trash`)).status, 204);
  assert.equal(await spaceUsed(), 8);
  assert.equal((await box.get(`/files/${file.id}`)).json.code, 'not_found');
  assert.equal((await box.call('DELETE', `/folders/${folder}/trash`)).json.code, 'not_found');
  assert.equal((await box.contents(twin.id)).toString(), 'the same');
  assert.ok(BigInt(await box.folder('f')) > BigInt(twin.id));
});
