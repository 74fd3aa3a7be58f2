import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBoxError } from '../errors.ts';
import { pathOfItem } from '../reference.ts';
import { resolveReference } from '../resolve-reference.ts';
import { listed, openBox } from '../testing/open-box.ts';

const TEN_MINUTES_MS = 600_000;

test('a folder is made, read, renamed, moved and deleted', async () => {
  await using box = await openBox();
  const { folders } = box.client;
  const made = await folders.create({ name: 'Team', parentId: '0' });
  assert.deepEqual([made.type, made.name, made.parent?.id], ['folder', 'Team', '0']);

  const other = await folders.create({ name: 'Other', parentId: '0' }, { fields: ['size'] });
  assert.deepEqual([other.name, other.size, other.parent], ['Other', 0, undefined]);

  const changed = await folders.update(
    made.id,
    { name: 'Crew', parentId: other.id, description: 'ours' },
    { fields: ['description', 'parent'] },
  );
  assert.deepEqual(
    [changed.name, changed.parent?.id, changed.description],
    ['Crew', other.id, 'ours'],
  );
  assert.equal((await folders.get(made.id)).name, 'Crew');

  await assert.rejects(folders.delete(other.id), { code: 'folder_not_empty', status: 400 });
  await folders.delete(other.id, { recursive: true });
  await assert.rejects(folders.get(other.id), { status: 404, recovery: 'skip' });
});

test('items lists every page, one call each, and only as far as the loop goes', async () => {
  await using box = await openBox();
  await box.emulator.seed({
    '/d/': '',
    '/b.txt': 'b',
    '/c.txt': 'c',
    '/a.txt': 'a',
    '/e.txt': 'e',
  });
  const { folders } = box.client;
  box.emulator.resetCounts();
  const items = await listed(folders.items('0', { pageSize: 2 }));
  assert.deepEqual(items.map(({ name }) => name).sort(), ['a.txt', 'b.txt', 'c.txt', 'd', 'e.txt']);
  assert.equal(box.emulator.counts()['GET /folders/:id/items'], 3);

  const sizes = await listed(folders.items('0', { fields: ['size'] }));
  for (const item of sizes)
    assert.equal(item.type === 'file' && item.size, item.type === 'file' && 1);

  box.emulator.resetCounts();
  for await (const _ of folders.items('0', { pageSize: 2 })) break;
  assert.equal(box.emulator.counts()['GET /folders/:id/items'], 1);
});

test('items come in an order that is asked for, all pages and one', async () => {
  await using box = await openBox();
  const made = await box.emulator.seed({ '/d/a': '333', '/d/b': '1', '/d/c': '22', '/d/e/': '' });
  const { folders } = box.client;
  const id = made['/d']?.id ?? '';
  const order = { sort: 'size', direction: 'DESC' } as const;
  const items = await listed(folders.items(id, { ...order, pageSize: 2 }));
  assert.equal(items.map(({ name }) => name).join(' '), 'e a c b');
  const { entries, ...page } = await folders.itemsPage(id, { ...order, offset: 1, limit: 2 });
  assert.equal(entries.map(({ name }) => name).join(' '), 'a c');
  assert.deepEqual([page.total_count, page.offset, page.limit], [4, 1, 2]);
});

test('an item has a path, from the root of whoever asks', async () => {
  await using box = await openBox();
  const { files, folders, webLinks } = box.client;
  const made = await box.emulator.seed({ '/Team/Reports/a.pdf': 'a' });
  const folderId = made['/Team/Reports']?.id ?? '';
  assert.equal(await folders.path('0'), '/');
  assert.equal(await folders.path(folderId), '/Team/Reports');
  const path = await files.path(made['/Team/Reports/a.pdf']?.id ?? '');
  assert.equal(path, '/Team/Reports/a.pdf');
  const file = await resolveReference(box.client, path);
  assert.throws(() => pathOfItem(file), /path_collection/);
  const link = await webLinks.create({ url: 'https://box.com', parentId: '0', name: 'Box' });
  assert.equal(await webLinks.path(link.id), '/Box');
  await files.delete(file.id);
  await assert.rejects(files.path(file.id), { code: 'bad_reference', message: /in the trash/ });
});

test('a name in use is a refusal that says which item has it', async () => {
  await using box = await openBox();
  const first = await box.client.folders.create({ name: 'Team', parentId: '0' });
  await assert.rejects(box.client.folders.create({ name: 'TEAM', parentId: '0' }), (error) => {
    assert.ok(isBoxError(error, 'item_name_in_use'));
    assert.equal(error.conflict?.id, first.id);
    return true;
  });
});

test('a folder whose answer was lost is found again instead of being refused', async () => {
  await using box = await openBox();
  box.emulator.faults.add({
    match: { method: 'POST', path: '/folders' },
    action: { cut: 'after', of: 'request' },
  });
  const made = await box.client.folders.create(
    { name: 'Team', parentId: '0' },
    { fields: ['parent'] },
  );
  assert.deepEqual([made.name, made.parent?.id], ['Team', '0']);
  assert.equal((await listed(box.client.folders.items('0'))).length, 1);
  assert.equal(box.emulator.counts()['POST /folders'], 2);
});

test('a folder that was there long before is not taken for the one whose answer was lost', async () => {
  await using box = await openBox();
  await box.emulator.seed({ '/Team/': '' });
  box.emulator.clock.advance(TEN_MINUTES_MS);
  box.emulator.faults.add({
    match: { method: 'POST', path: '/folders' },
    action: { cut: 'before' },
  });
  await assert.rejects(box.client.folders.create({ name: 'Team', parentId: '0' }), {
    code: 'item_name_in_use',
  });
});

test('a change bound to an etag whose answer was lost is found done', async () => {
  await using box = await openBox();
  const { id, etag } = await box.client.folders.create({ name: 'Team', parentId: '0' });
  box.emulator.faults.add({
    match: { method: 'PUT', path: '/folders/:id' },
    action: { cut: 'after', of: 'request' },
  });
  const ifMatch = String(etag);
  const changed = await box.client.folders.update(id, { name: 'Crew' }, { ifMatch });
  assert.equal(changed.name, 'Crew');
  await assert.rejects(box.client.folders.update(id, { name: 'Third' }, { ifMatch }), {
    code: 'precondition_failed',
  });
});

test('a change bound to an etag that somebody else raised meanwhile is refused', async () => {
  await using box = await openBox();
  const { id, etag } = await box.client.folders.create({ name: 'Team', parentId: '0' });
  await box.client.folders.update(id, { description: 'changed by somebody else' });
  box.emulator.faults.add({ match: { method: 'PUT' }, action: { cut: 'before' } });
  await assert.rejects(box.client.folders.update(id, { name: 'Crew' }, { ifMatch: String(etag) }), {
    code: 'precondition_failed',
  });
});

test('a folder that is gone when its deletion is repeated was deleted', async () => {
  await using box = await openBox();
  for (const isBound of [false, true]) {
    const { id, etag } = await box.client.folders.create({
      name: `bound ${isBound}`,
      parentId: '0',
    });
    box.emulator.faults.add({
      match: { method: 'DELETE' },
      action: { cut: 'after', of: 'request' },
    });
    await box.client.folders.delete(id, isBound ? { ifMatch: String(etag) } : {});
    await assert.rejects(box.client.folders.delete(id), { status: 404 });
  }
});

test('an id that is no id never becomes part of an address', async () => {
  await using box = await openBox();
  await assert.rejects(box.client.folders.get('../users/me'), { name: 'InputError' });
  await assert.rejects(box.client.folders.get(''), { name: 'InputError' });
});
