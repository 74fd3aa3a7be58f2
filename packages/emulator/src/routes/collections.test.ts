import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function favorites(box: BoxCalls, token = box.emulator.token) {
  const { json } = await box.get('/collections', { token });
  const [{ id, ...rest }] = json.entries;
  assert.deepEqual(rest, { type: 'collection', name: 'Favorites', collection_type: 'favorites' });
  return id as string;
}

test('an item is put in the Favorites and taken out again, and stays as it is', async (t) => {
  const box = await boxCalls(t);
  const id = await favorites(box);
  const file = await box.file('a', 'a');
  const folder = await box.folder('f');
  const mark = (path: string, collections: unknown) =>
    box.call('PUT', `${path}?fields=collections`, { json: { collections } });
  const { json } = await mark(`/files/${file.id}`, [{ id }]);
  assert.deepEqual(
    [json.collections.map((one: { id: string }) => one.id), json.etag],
    [[id], file.etag],
  );
  await mark(`/folders/${folder}`, [{ id }]);
  const items = (await box.get(`/collections/${id}/items?limit=1&offset=1`)).json;
  assert.deepEqual([items.total_count, items.limit, items.offset], [2, 1, 1]);
  assert.deepEqual([items.entries.length, items.entries[0].id], [1, file.id]);

  await box.call('DELETE', `/folders/${folder}`);
  assert.equal((await box.get(`/collections/${id}/items`)).json.total_count, 1);
  assert.deepEqual((await mark(`/files/${file.id}`, [])).json.collections, []);
  assert.equal((await box.get(`/collections/${id}/items`)).json.total_count, 0);
  assert.equal((await mark(`/files/${file.id}`, [{ id: '1' }])).status, 404);
  assert.equal((await mark(`/files/${file.id}`, 'x')).status, 400);
});

test('each user has a collection of their own', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const token = emulator.issueToken({ userId: emulator.externalUserId });
  const [mine, theirs] = [await favorites(box), await favorites(box, token)];
  assert.notEqual(mine, theirs);
  assert.equal(await favorites(box), mine);
  assert.equal((await box.get(`/collections/${mine}`)).json.id, mine);
  for (const path of [`/collections/${mine}`, `/collections/${mine}/items`]) {
    assert.equal((await box.get(path, { token })).status, 404);
  }
});

test('recent items: each once, the latest first, page after page, for ninety days', async (t) => {
  const box = await boxCalls(t);
  const old = await box.file('old', 'x');
  box.emulator.clock.advance(91 * 24 * 3600_000);
  const [a, b] = [await box.file('a', 'a'), await box.file('b', 'b')];
  await box.upload(`/files/${a.id}/content`, {}, 'aa');
  const gone = await box.file('gone', 'x');
  await box.call('DELETE', `/files/${gone.id}`);
  const recent = async (query = '') => (await box.get(`/recent_items${query}`)).json;
  const shown = ({ entries }: { entries: { item: { id: string }; interaction_type: string }[] }) =>
    entries.map((entry) => [entry.item.id, entry.interaction_type]);
  const all = await recent();
  assert.deepEqual(shown(all), [
    [a.id, 'item_modify'],
    [b.id, 'item_upload'],
  ]);
  assert.equal(all.next_marker, '');
  assert.equal(all.entries[0].interaction_shared_link, null);
  const first = await recent('?limit=1');
  const second = await recent(`?limit=1&marker=${encodeURIComponent(first.next_marker)}`);
  assert.deepEqual([...shown(first), ...shown(second)], shown(all));
  assert.equal(second.next_marker, '');
  await box.contents(old.id);
  assert.deepEqual(shown(await recent('?limit=1')), [[old.id, 'item_open']]);
});
