import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

test('items say which app items they belong to', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const folder = await box.folder('f');
  const fields = 'fields=is_associated_with_app_item';
  const none = { entries: [], limit: 100, next_marker: null };
  assert.deepEqual((await box.get(`/files/${file.id}/app_item_associations`)).json, none);
  assert.equal(
    (await box.get(`/files/${file.id}?${fields}`)).json.is_associated_with_app_item,
    false,
  );
  const { id } = box.emulator.addAppItem({
    items: [
      { type: 'file', id: file.id },
      { type: 'folder', id: folder },
    ],
  });
  for (const path of [`/files/${file.id}`, `/folders/${folder}`]) {
    const { entries } = (await box.get(`${path}/app_item_associations`)).json;
    assert.deepEqual(entries[0].app_item, { id, type: 'app_item', application_type: 'hubs' });
    assert.equal(`/${entries[0].item.type}s/${entries[0].item.id}`, path);
    const ofOthers = await box.get(`${path}/app_item_associations?application_type=other`);
    assert.deepEqual(ofOthers.json, none);
    assert.equal((await box.get(`${path}?${fields}`)).json.is_associated_with_app_item, true);
  }
  assert.equal((await box.get('/files/12/app_item_associations')).status, 404);
});

test('an app item is found by its shared link', async (t) => {
  const box = await boxCalls(t);
  const made = await box.call('POST', `${box.emulator.url}/_emulator/app_items`, {
    json: { application_type: 'hubs', items: [] },
  });
  const boxapi = `shared_link=${made.json.url}`;
  const found = await box.get('/shared_items', { headers: { boxapi } });
  const appItem = { id: made.json.id, type: 'app_item', application_type: 'hubs' };
  assert.deepEqual(found.json, appItem);
  const other = await box.get('/shared_items', { headers: { boxapi: `${boxapi}x` } });
  assert.equal(other.status, 404);
});

test('there are no invocations of skills', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const skill = { status: 'success', metadata: { cards: [] }, file: { type: 'file', id: file.id } };
  assert.equal((await box.call('PUT', '/skill_invocations/12', { json: skill })).status, 404);
  assert.equal((await box.call('PUT', '/skill_invocations/12', { json: {} })).status, 400);
  assert.deepEqual(box.emulator.notEmulated(), {});
});
