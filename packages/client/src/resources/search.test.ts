import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, openBox } from '../testing/open-box.ts';
import type { SearchQuery } from './search.ts';

test('a search finds words, narrowed by every filter, over all pages', async () => {
  await using box = await openBox();
  const { client, emulator } = box;
  const made = await emulator.seed({
    '/f/plan a.txt': 'whale',
    '/f/plan b.md': 'fox',
    '/plan': '',
  });
  const found = async (search: SearchQuery) =>
    (await listed(client.search.items(search, { pageSize: 2, fields: ['name'] })))
      .map(({ name }) => name)
      .sort()
      .join(', ');
  const query = 'plan';
  const everything = 'plan, plan a.txt, plan b.md';
  assert.equal(await found({ query }), everything);
  assert.equal(await found({ query: 'whale' }), 'plan a.txt');
  assert.equal(await found({ query: 'whale', contentTypes: ['name', 'tags'] }), '');
  assert.equal(await found({ query, fileExtensions: ['md', 'pdf'] }), 'plan b.md');
  const ancestorFolderIds = [made['/f']?.id ?? ''];
  assert.equal(await found({ query, ancestorFolderIds }), 'plan a.txt, plan b.md');
  assert.equal(await found({ query, sizeBytes: { least: 4 } }), 'plan a.txt');
  assert.equal(await found({ query, sizeBytes: { most: 3 } }), 'plan, plan b.md');
  assert.equal(await found({ query, createdAt: { to: new Date(0) } }), '');
  const long = new Date('2001-01-01');
  assert.equal(await found({ query, updatedAt: { from: long } }), everything);
  assert.equal(await found({ query, updatedAt: {}, sizeBytes: {}, type: 'file' }), everything);
  assert.equal(await found({ query, type: 'folder' }), '');
  assert.equal(await found({ query, ownerUserIds: ['1', '2'] }), '');
  assert.equal(await found({ query, sort: 'modified_at', direction: 'ASC' }), everything);
  await client.files.delete(made['/plan']?.id ?? '');
  assert.equal(await found({ query, trashContent: 'trashed_only' }), 'plan');
});

test('a search can tell of what was seen through links, too', async () => {
  await using box = await openBox();
  const { '/plan.txt': file } = await box.emulator.seed({ '/plan.txt': 'x' });
  const [found] = await listed(box.client.search.results({ query: 'plan' }, { fields: ['size'] }));
  assert.deepEqual([found?.item.id, found?.accessible_via_shared_link], [file?.id, null]);
  assert.throws(() => box.client.search.results({}), { name: 'InputError' });
});

test('a search by metadata needs no words, but one of the two', async () => {
  await using box = await openBox();
  const { client, emulator } = box;
  const made = await emulator.seed({ '/a.txt': 'a' });
  const file = made['/a.txt'] ?? assert.fail();
  const properties = { scope: 'global', templateKey: 'properties' } as const;
  await client.metadata.create(file, properties, { case: '7' });
  const metadata = { ...properties, filters: { case: '7' } };
  const found = await listed(client.search.items({ metadata }));
  assert.deepEqual(
    found.map(({ id }) => id),
    [file.id],
  );
  assert.throws(() => client.search.items({ query: ' ' }), { name: 'InputError' });
});
