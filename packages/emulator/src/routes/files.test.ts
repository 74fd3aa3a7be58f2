import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

test('content times are set by PUT alone, as rclone does', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'a');
  const { status, json } = await box.call('PUT', `/files/${file.id}?fields=content_modified_at`, {
    json: { content_modified_at: '2010-01-01T00:00:00+01:00' },
  });
  assert.equal(status, 200);
  assert.equal(Date.parse(json.content_modified_at), Date.parse('2009-12-31T23:00:00Z'));
  assert.equal(json.etag, '1');
  const wrong = await box.call('PUT', `/files/${file.id}`, {
    json: { content_modified_at: 'yesterday' },
  });
  assert.equal(wrong.status, 400);
});

test('rename and move in one PUT; a taken name is refused and nothing changes', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const [file, other] = [await box.file('a', 'aaa'), await box.file('b', 'b')];
  const json = { name: 'c', parent: { id: folder } };
  const moved = (await box.call('PUT', `/files/${file.id}`, { json })).json;
  assert.deepEqual([moved.name, moved.parent.id, moved.etag], ['c', folder, '1']);
  const taken = await box.call('PUT', `/files/${other.id}`, { json: { ...json, name: 'C' } });
  assert.deepEqual([taken.status, taken.json.code], [409, 'item_name_in_use']);
  const same = (await box.get(`/files/${other.id}`)).json;
  assert.deepEqual([same.name, same.etag, same.parent.id], ['b', '0', '0']);
  assert.equal((await box.get(`/folders/${folder}`)).json.size, 3);
});

test('a copy has an id and an etag of its own, the content times, and a name without bad signs', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'hello');
  await box.call('PUT', `/files/${file.id}`, {
    json: { content_modified_at: '2001-01-01T00:00:00Z', description: 'd' },
  });
  const copy = (json: object) => box.call('POST', `/files/${file.id}/copy`, { json });
  const { status, json } = await copy({ parent: { id: '0' }, name: 'b/c.txt' });
  assert.deepEqual([status, json.name, json.etag, json.sha1], [201, 'bc.txt', '0', file.sha1]);
  assert.notEqual(json.id, file.id);
  assert.notEqual(json.file_version.id, file.file_version.id);
  assert.equal(Date.parse(json.content_modified_at), Date.parse('2001-01-01T00:00:00Z'));
  assert.equal((await copy({ parent: { id: '0' } })).json.context_info.conflicts[0].id, file.id);
  assert.equal((await copy({})).status, 400);
  await box.upload(`/files/${file.id}/content`, {}, 'newer');
  const old = await copy({ parent: { id: '0' }, name: 'old', version: file.file_version.id });
  assert.equal((await box.contents(old.json.id)).toString(), 'hello');
});

test('null as the name of a copy means the old one; what is no text is refused', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'a');
  const folder = await box.folder('b');
  const copy = (name: unknown) =>
    box.call('POST', `/files/${file.id}/copy`, { json: { name, parent: { id: folder } } });
  assert.deepEqual(
    [(await copy(5)).status, (await copy({})).json.code],
    [400, 'item_name_invalid'],
  );
  assert.equal((await copy(null)).json.name, 'a.txt');
});

test('a lock is set, shown by fields, runs out, and is taken off', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'a');
  const inAnHour = new Date(box.emulator.clock.now() + 3_600_000).toISOString();
  const put = (lock: unknown) =>
    box.call('PUT', `/files/${file.id}?fields=lock`, { json: { lock } });
  const { json } = await put({ access: 'lock', expires_at: inAnHour });
  assert.equal(json.lock.type, 'lock');
  assert.equal(json.lock.created_by.id, box.emulator.adminUserId);
  assert.equal(json.lock.expired_at, json.lock.expires_at);
  assert.equal((await put(null)).json.lock, null);
  await put({ type: 'lock', expires_at: inAnHour });
  box.emulator.clock.advance(3_600_001);
  assert.equal((await box.get(`/files/${file.id}?fields=lock`)).json.lock, null);
});

test('a full file has every member that SDKs parse', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.tar.gz', 'a');
  const fields =
    'extension,permissions,tags,lock,version_number,comment_count,is_package,uploader_display_name,expiring_embed_link';
  const { json } = await box.get(`/files/${file.id}?fields=${fields}`);
  assert.match(json.expiring_embed_link.url, /^https:\/\/app\.box\.com\/preview\//);
  assert.equal(json.extension, 'gz');
  assert.equal(Object.keys(json.permissions).length, 13);
  assert.deepEqual([json.tags, json.lock, json.is_package], [[], null, false]);
});

test('web links: made, named after their address, changed, copied, refused unless http', async (t) => {
  const box = await boxCalls(t);
  const make = (json: object) => box.call('POST', '/web_links', { json });
  const { status, json } = await make({ url: 'https://example.com', parent: { id: '0' } });
  assert.deepEqual([status, json.type, json.name], [201, 'web_link', 'example.com']);
  const folder = await box.folder('f');
  const unnamed = { url: 'https://example.com', parent: { id: folder }, name: null };
  assert.equal((await make(unnamed)).json.name, 'example.com');
  const bad = await make({ url: 'ftp://example.com', parent: { id: '0' } });
  assert.equal(bad.status, 400);
  const changed = await box.call('PUT', `/web_links/${json.id}`, {
    json: { url: 'http://example.org/', name: 'org' },
  });
  assert.deepEqual([changed.json.url, changed.json.name], ['http://example.org/', 'org']);
  const copy = await box.call('POST', `/web_links/${json.id}/copy`, {
    json: { parent: { id: folder } },
  });
  assert.deepEqual([copy.status, copy.json.url], [201, 'http://example.org/']);
  assert.equal((await box.call('DELETE', `/web_links/${json.id}`)).status, 204);
  assert.equal((await box.get(`/web_links/${json.id}`)).json.item_status, 'trashed');
  assert.equal((await box.call('POST', `/web_links/${json.id}`)).status, 201);
});

test('users: the standard form has no role or enterprise, fields brings them', async (t) => {
  const box = await boxCalls(t);
  const me = (await box.get('/users/me')).json;
  assert.equal(me.id, box.emulator.adminUserId);
  assert.equal(typeof me.space_amount, 'number');
  assert.equal('role' in me || 'enterprise' in me, false);
  const { json } = await box.get(`/users/${me.id}?fields=role,enterprise,login`);
  assert.deepEqual(Object.keys(json), ['type', 'id', 'login', 'role', 'enterprise']);
  assert.equal(json.enterprise.id, box.emulator.enterpriseId);
  assert.equal((await box.get('/users/1')).status, 404);
});
