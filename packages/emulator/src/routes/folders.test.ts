import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

const names = (entries: { name: string }[]) => entries.map((entry) => entry.name);

test('a new folder comes back standard, its members in the order of Box, its ids as text', async (t) => {
  const box = await boxCalls(t);
  const { status, json } = await box.call('POST', '/folders', {
    json: { name: 'Reports', parent: { id: 0 } },
  });
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(json), [
    'type',
    'id',
    'sequence_id',
    'etag',
    'name',
    'created_at',
    'modified_at',
    'description',
    'size',
    'path_collection',
    'created_by',
    'modified_by',
    'trashed_at',
    'purged_at',
    'content_created_at',
    'content_modified_at',
    'owned_by',
    'shared_link',
    'folder_upload_email',
    'parent',
    'item_status',
    'item_collection',
  ]);
  assert.match(json.id, /^\d{12}$/);
  assert.deepEqual([json.etag, json.sequence_id, json.description], ['0', '0', '']);
  assert.match(json.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[78]:00$/);
  assert.deepEqual(json.parent, {
    type: 'folder',
    id: '0',
    sequence_id: null,
    etag: null,
    name: 'All Files',
  });
  assert.deepEqual(json.path_collection, { total_count: 1, entries: [json.parent] });
  assert.equal(json.owned_by.id, box.emulator.adminUserId);
});

test('the root folder has nulls where Box has them', async (t) => {
  const box = await boxCalls(t);
  const { json } = await box.get('/folders/0');
  assert.deepEqual(
    [json.id, json.name, json.etag, json.sequence_id, json.parent, json.created_at],
    ['0', 'All Files', null, null, null, null],
  );
  assert.deepEqual(json.path_collection, { total_count: 0, entries: [] });
  assert.deepEqual(json.created_by, { type: 'user', id: '', name: '', login: '' });
});

test('the root folder is neither renamed, moved, deleted nor copied', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('a');
  assert.equal((await box.call('PUT', '/folders/0', { json: { name: 'x' } })).status, 403);
  assert.equal((await box.call('PUT', '/folders/0', { json: { parent: { id } } })).status, 403);
  assert.equal((await box.call('DELETE', '/folders/0?recursive=true')).status, 403);
  const copy = await box.call('POST', '/folders/0/copy', { json: { parent: { id } } });
  assert.equal(copy.status, 500);
});

test('a name is taken whatever its case and whatever has it; folders show a list of conflicts', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('Payments');
  const file = await box.file('notes.txt', 'x');
  for (const [name, taken] of [
    ['payments', id],
    ['NOTES.txt', file.id],
  ]) {
    const { status, json } = await box.call('POST', '/folders', {
      json: { name, parent: { id: '0' } },
    });
    assert.equal(status, 409);
    assert.equal(json.code, 'item_name_in_use');
    assert.equal(json.context_info.conflicts[0].id, taken);
  }
  assert.equal((await box.call('DELETE', `/folders/${id}`)).status, 204);
  assert.ok(await box.folder('payments'));
});

test('create refuses a missing name or parent with 400, an unknown parent with 404', async (t) => {
  const box = await boxCalls(t);
  const create = (json: unknown) => box.call('POST', '/folders', { json });
  const noName = await create({ parent: { id: '0' } });
  assert.deepEqual([noName.status, noName.json.code], [400, 'bad_request']);
  assert.equal(noName.json.context_info.errors[0].reason, 'missing_parameter');
  const noParent = await create({ name: 'a' });
  assert.equal(noParent.json.context_info.errors[0].name, 'parent');
  const unknown = await create({ name: 'a', parent: { id: '12345' } });
  assert.deepEqual([unknown.status, unknown.json.code], [404, 'not_found']);
  assert.equal(unknown.json.context_info.errors[0].name, 'parent');
  assert.match(unknown.json.context_info.errors[0].message, /'d_12345'/);
  const invalid = await create({ name: 'a/b', parent: { id: '0' } });
  assert.deepEqual([invalid.status, invalid.json.code], [400, 'item_name_invalid']);
  const { json } = await box.call('POST', '/folders', { json: {} });
  assert.deepEqual(
    json.context_info.errors.map((fault: { name: string }) => fault.name),
    ['name', 'parent'],
  );
});

test('an id that is no number answers 405, one that belongs to nothing 404', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'a');
  assert.equal((await box.get('/folders/abc')).json.code, 'method_not_allowed');
  assert.equal((await box.get('/folders/99999999999999999999')).json.code, 'not_found');
  const { status, json } = await box.get(`/folders/${file.id}`);
  assert.equal(status, 404);
  assert.deepEqual(json.context_info.errors[0], {
    reason: 'invalid_parameter',
    name: 'folder',
    message: `Invalid value 'd_${file.id}'. 'folder' with value 'd_${file.id}' not found`,
  });
});

test('lists folders before files before web links, each by name without case', async (t) => {
  const box = await boxCalls(t);
  for (const name of ['b.txt', 'A.txt']) await box.file(name, name);
  for (const name of ['zoo', 'Bar']) await box.folder(name);
  await box.call('POST', '/web_links', {
    json: { url: 'https://a.example', parent: { id: '0' }, name: 'aa' },
  });
  const { json } = await box.get('/folders/0/items');
  assert.deepEqual(names(json.entries), ['Bar', 'zoo', 'A.txt', 'b.txt', 'aa']);
  assert.deepEqual(Object.keys(json), ['total_count', 'entries', 'offset', 'limit', 'order']);
  assert.deepEqual([json.total_count, json.offset, json.limit], [5, 0, 100]);
  assert.deepEqual(json.order, [
    { by: 'type', direction: 'ASC' },
    { by: 'name', direction: 'ASC' },
  ]);
  const file = json.entries[2];
  assert.deepEqual(Object.keys(file), [
    'type',
    'id',
    'file_version',
    'sequence_id',
    'etag',
    'sha1',
    'name',
  ]);
  assert.deepEqual((await box.get('/folders/0')).json.item_collection, json);
});

test('fields of a folder are written of the items in it, beside their mini members', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  await box.file('a.txt', 'abc', id);
  await box.folder('sub', id);
  const { json } = await box.get(`/folders/${id}?fields=size,permissions,item_collection`);
  const [folder, file] = json.item_collection.entries;
  assert.deepEqual([folder.name, folder.size, folder.permissions.can_upload], ['sub', 0, true]);
  assert.deepEqual([file.name, file.size, file.permissions.can_preview], ['a.txt', 3, true]);
  assert.deepEqual([file.etag, file.created_at], ['0', undefined]);
});

test('offset pages cover a folder; sorting by size turns around with direction', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  for (const size of [3, 1, 2]) await box.file(`n${size}`, 'x'.repeat(size), id);
  const page = await box.get(`/folders/${id}/items?limit=2&offset=2`);
  assert.deepEqual(names(page.json.entries), ['n3']);
  assert.equal(page.json.total_count, 3);
  const sorted = await box.get(`/folders/${id}/items?sort=size&direction=DESC`);
  assert.deepEqual(names(sorted.json.entries), ['n3', 'n2', 'n1']);
  assert.equal((await box.get(`/folders/${id}/items?limit=5000`)).json.limit, 1000);
  assert.equal((await box.get(`/folders/${id}/items?limit=x`)).json.code, 'invalid_limit');
  assert.equal((await box.get(`/folders/${id}/items?offset=10001`)).json.code, 'invalid_offset');
});

test('marker pages show each item once and end with a null marker, whatever is deleted meanwhile', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  const made = [];
  for (let n = 0; n < 7; n++) made.push(await box.file(`n${n}`, `${n}`, id));
  const seen: string[] = [];
  let marker = '';
  for (;;) {
    const { json } = await box.get(
      `/folders/${id}/items?usemarker=True&limit=3&marker=${encodeURIComponent(marker)}`,
    );
    assert.deepEqual(Object.keys(json), ['entries', 'limit', 'next_marker']);
    seen.push(...names(json.entries));
    if (seen.length === 3) await box.call('DELETE', `/files/${made[2].id}`);
    if (json.next_marker === null) break;
    marker = json.next_marker;
  }
  assert.deepEqual(seen, ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
  assert.equal((await box.get(`/folders/${id}/items?usemarker=true&marker=nonsense`)).status, 400);
});

test('fields gives type, id, etag and what it names, in a list and for one item', async (t) => {
  const box = await boxCalls(t);
  await box.file('a.txt', 'abc');
  const { json } = await box.get('/folders/0/items?fields=size,name,unheard_of');
  assert.deepEqual(Object.keys(json.entries[0]), ['type', 'id', 'etag', 'name', 'size']);
  const folder = await box.get('/folders/0?fields=permissions');
  assert.deepEqual(Object.keys(folder.json), ['type', 'id', 'etag', 'permissions']);
  assert.ok(Object.values(folder.json.permissions).every((value) => value === true));
});

test('a folder moves with what is in it; not into itself, nor to where its name is taken', async (t) => {
  const box = await boxCalls(t);
  const [a, b] = [await box.folder('a'), await box.folder('b')];
  const inner = await box.folder('inner', a);
  const file = await box.file('f', '12345', inner);
  const cyclic = await box.call('PUT', `/folders/${a}`, { json: { parent: { id: inner } } });
  assert.deepEqual([cyclic.status, cyclic.json.code], [400, 'cyclical_folder_structure']);
  const moved = await box.call('PUT', `/folders/${inner}`, { json: { parent: { id: b } } });
  assert.deepEqual([moved.status, moved.json.etag, moved.json.parent.id], [200, '1', b]);
  const { json } = await box.get(`/files/${file.id}`);
  assert.deepEqual(names(json.path_collection.entries), ['All Files', 'b', 'inner']);
  const sizes = [];
  for (const id of [a, b, inner, '0']) sizes.push((await box.get(`/folders/${id}`)).json.size);
  assert.deepEqual(sizes, [0, 5, 5, 5]);
  await box.folder('inner', a);
  const taken = await box.call('PUT', `/folders/${inner}`, { json: { parent: { id: a } } });
  assert.deepEqual([taken.status, taken.json.code], [409, 'item_name_in_use']);
});

test('a move to the root folder may say whose it is: one’s own', async (t) => {
  const { call, folder, emulator } = await boxCalls(t);
  const outer = await folder('outer');
  const id = await folder('inner', outer);
  const move = async (parent: unknown) =>
    (await call('PUT', `/folders/${id}`, { json: { parent } })).status;
  const user_id = emulator.adminUserId;
  assert.equal(await move({ id: outer, user_id }), 400);
  assert.equal(await move({ id: '0', user_id: emulator.externalUserId }), 403);
  assert.equal(await move({ id: '0', user_id }), 200);
});

test('an item can be renamed to another case of its own name', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('readme');
  const { status, json } = await box.call('PUT', `/folders/${id}`, { json: { name: 'README' } });
  assert.deepEqual([status, json.name, json.etag, json.sequence_id], [200, 'README', '1', '1']);
});

test('a member of a wrong type is refused, and nothing changes', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('a');
  for (const json of [
    { sync_state: 'x' },
    { can_non_owners_invite: 1 },
    { collections: ['1'] },
    { folder_upload_email: 'open' },
    { tags: 'x' },
    { shared_link: 'open' },
  ]) {
    const { status } = await box.call('PUT', `/folders/${id}`, { json });
    assert.equal(status, 400, JSON.stringify(json));
  }
  assert.equal((await box.get(`/folders/${id}`)).json.etag, '0');
});

test('description, tags and seldom used members are kept; a description of 257 characters is refused', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  const json = { description: 'what it is', tags: ['a', 'b'], can_non_owners_invite: false };
  const changed = await box.call(
    'PUT',
    `/folders/${id}?fields=description,tags,can_non_owners_invite`,
    { json },
  );
  assert.deepEqual(
    [changed.json.description, changed.json.tags, changed.json.can_non_owners_invite],
    ['what it is', ['a', 'b'], false],
  );
  const long = await box.call('PUT', `/folders/${id}`, { json: { description: 'x'.repeat(257) } });
  assert.equal(long.status, 400);
});

test('If-Match guards rename and delete, a pure move takes the latest item, a missing one is 412', async (t) => {
  const box = await boxCalls(t);
  const [id, target] = [await box.folder('f'), await box.folder('t')];
  const stale = { headers: { 'if-match': '7' } };
  const rename = await box.call('PUT', `/folders/${id}`, { ...stale, json: { name: 'g' } });
  assert.deepEqual([rename.status, rename.json.code], [412, 'precondition_failed']);
  assert.equal((await box.call('DELETE', `/folders/${id}`, stale)).status, 412);
  const move = await box.call('PUT', `/folders/${id}`, {
    ...stale,
    json: { parent: { id: target } },
  });
  assert.equal(move.status, 200);
  const right = { headers: { 'if-match': `"${move.json.etag}"` } };
  assert.equal(
    (await box.call('PUT', `/folders/${id}`, { ...right, json: { name: 'g' } })).status,
    200,
  );
  assert.equal((await box.call('DELETE', '/folders/12345', stale)).status, 412);
  assert.equal((await box.call('DELETE', '/folders/12345')).status, 404);
});

test('If-None-Match answers 304 without a body while nothing changed', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  const known = { headers: { 'if-none-match': '0' } };
  const same = await box.get(`/folders/${id}`, known);
  assert.deepEqual([same.status, same.bytes.length], [304, 0]);
  await box.call('PUT', `/folders/${id}`, { json: { name: 'g' } });
  assert.equal((await box.get(`/folders/${id}`, known)).status, 200);
  assert.equal((await box.get('/folders/12345', known)).status, 404);
  const root = await box.get('/folders/0', { headers: { 'if-none-match': '0' } });
  assert.equal(root.status, 200, 'the root folder has no etag');
});

test('delete refuses a folder with content unless recursive; one with only trashed content counts as empty', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('f');
  const file = await box.file('a', 'a', id);
  const refused = await box.call('DELETE', `/folders/${id}?recursive=false`);
  assert.deepEqual([refused.status, refused.json.code], [400, 'folder_not_empty']);
  await box.call('DELETE', `/files/${file.id}`);
  assert.equal((await box.call('DELETE', `/folders/${id}`)).status, 204);
  const full = await box.folder('full');
  await box.file('a', 'a', full);
  assert.equal((await box.call('DELETE', `/folders/${full}?recursive=True`)).status, 204);
});

test('a copied folder has new ids, the same contents, and starts at etag 0', async (t) => {
  const box = await boxCalls(t);
  const [source, target] = [await box.folder('source'), await box.folder('target')];
  const inner = await box.folder('inner', source);
  const file = await box.file('f.txt', 'hello', inner);
  const copied = await box.call('POST', `/folders/${source}/copy`, {
    json: { parent: { id: target } },
  });
  assert.deepEqual([copied.status, copied.json.etag, copied.json.size], [201, '0', 5]);
  assert.notEqual(copied.json.id, source);
  const copiedInner = (await box.get(`/folders/${copied.json.id}/items`)).json.entries[0];
  const copiedFile = (await box.get(`/folders/${copiedInner.id}/items`)).json.entries[0];
  assert.deepEqual([copiedFile.name, copiedFile.sha1], ['f.txt', file.sha1]);
  assert.notEqual(copiedFile.id, file.id);
  assert.equal((await box.contents(copiedFile.id)).toString(), 'hello');
  const again = await box.call('POST', `/folders/${source}/copy`, {
    json: { parent: { id: target } },
  });
  assert.equal(again.json.context_info.conflicts[0].id, copied.json.id);
  const intoItself = await box.call('POST', `/folders/${source}/copy`, {
    json: { parent: { id: source }, name: 'again' },
  });
  assert.equal(intoItself.status, 201);
});

test('folders of other users do not exist for the caller', async (t) => {
  const box = await boxCalls(t);
  const id = await box.folder('mine');
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.get(`/folders/${id}`, { token })).status, 404);
  assert.deepEqual((await box.get('/folders/0/items', { token })).json.entries, []);
});
