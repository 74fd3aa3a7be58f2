import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function fileWithVersions(box: BoxCalls, contents: readonly string[]) {
  const [first = '', ...rest] = contents;
  const file = await box.file('a.txt', first);
  const versionIds = [file.file_version.id];
  for (const next of rest) {
    const { json } = await box.upload(`/files/${file.id}/content`, {}, next);
    versionIds.push(json.entries[0].file_version.id);
  }
  return { id: file.id as string, versionIds };
}

test('the list has past versions only, newest first; one is looked at and downloaded by its id', async (t) => {
  const box = await boxCalls(t);
  const { id, versionIds } = await fileWithVersions(box, ['one', 'two', 'three']);
  const { json } = await box.get(`/files/${id}/versions`);
  assert.deepEqual(Object.keys(json), ['total_count', 'entries', 'limit', 'offset']);
  assert.equal(json.total_count, 2);
  assert.deepEqual(
    json.entries.map((entry: { id: string }) => entry.id),
    [versionIds[1], versionIds[0]],
  );
  const version = (await box.get(`/files/${id}/versions/${versionIds[0]}`)).json;
  assert.deepEqual([version.type, version.name, version.size], ['file_version', 'a.txt', 3]);
  assert.deepEqual([version.trashed_at, 'version_number' in version], [null, false]);
  const { json: full } = await box.get(`/files/${id}/versions?fields=version_number`);
  assert.deepEqual(full.entries[0], {
    type: 'file_version',
    id: versionIds[1],
    version_number: '2',
  });
  assert.equal((await box.contents(id, `?version=${versionIds[0]}`)).toString(), 'one');
  assert.equal((await box.contents(id, `?version=${versionIds[2]}`)).toString(), 'three');
  assert.equal((await box.get(`/files/${id}/versions/12345`)).status, 404);
  assert.equal((await box.get(`/files/${id}?fields=version_number`)).json.version_number, '3');
});

test('a version goes to the version trash and comes back', async (t) => {
  const box = await boxCalls(t);
  const { id, versionIds } = await fileWithVersions(box, ['one', 'two']);
  const path = `/files/${id}/versions/${versionIds[0]}`;
  const stale = await box.call('DELETE', path, { headers: { 'if-match': '0' } });
  assert.equal(stale.status, 412);
  assert.equal((await box.call('DELETE', path)).status, 204);
  const trashed = (await box.get(path)).json;
  assert.ok(trashed.trashed_at && trashed.purged_at);
  assert.equal(trashed.trashed_by.id, box.emulator.adminUserId);
  const restored = await box.call('PUT', path, { json: { trashed_at: null } });
  assert.deepEqual([restored.status, restored.json.trashed_at], [200, null]);
  assert.ok(restored.json.restored_at);
  assert.equal(restored.json.restored_by.id, box.emulator.adminUserId);
  const current = await box.call('DELETE', `/files/${id}/versions/${versionIds[1]}`);
  assert.equal(current.status, 400);
});

test('a file and a version name where their contents are, for web pages that add their token', async (t) => {
  const box = await boxCalls(t);
  const { id, versionIds } = await fileWithVersions(box, ['one', 'two']);
  const fields = 'fields=authenticated_download_url,is_download_available';
  const file = (await box.get(`/files/${id}?${fields}`)).json;
  const version = (await box.get(`/files/${id}/versions/${versionIds[0]}?${fields}`)).json;
  assert.deepEqual([file.is_download_available, version.is_download_available], [true, true]);
  const read = async (url: string) => (await fetch(url)).text();
  const token = `access_token=${box.emulator.token}`;
  assert.equal(await read(`${file.authenticated_download_url}?${token}`), 'two');
  assert.equal(await read(`${version.authenticated_download_url}&${token}`), 'one');
});

test('a version tells by name what may be done with it', async (t) => {
  const box = await boxCalls(t);
  const { id } = await fileWithVersions(box, ['one', 'two']);
  const { entries } = (await box.get(`/files/${id}/versions?fields=extension,permissions`)).json;
  assert.equal(entries[0].extension, 'txt');
  assert.deepEqual(entries[0].permissions, {
    can_delete: true,
    can_download: true,
    can_preview: true,
  });
});

test('promoting brings back contents and name under a version id of its own', async (t) => {
  const box = await boxCalls(t);
  const { id, versionIds } = await fileWithVersions(box, ['one', 'two']);
  await box.call('PUT', `/files/${id}`, { json: { name: 'renamed.txt' } });
  await box.upload(`/files/${id}/content`, {}, 'three');
  const { status, json } = await box.call('POST', `/files/${id}/versions/current`, {
    json: { type: 'file_version', id: versionIds[0] },
  });
  assert.deepEqual([status, json.type, json.name], [201, 'file_version', 'a.txt']);
  assert.ok(!versionIds.includes(json.id));
  const file = (await box.get(`/files/${id}`)).json;
  assert.deepEqual([file.name, file.file_version.id, file.size], ['a.txt', json.id, 3]);
  assert.equal((await box.contents(id)).toString(), 'one');
  assert.equal((await box.get(`/files/${id}/versions`)).json.total_count, 3);
});

test('deleting a file for good gives back the space of all its versions', async (t) => {
  const box = await boxCalls(t);
  const { id } = await fileWithVersions(box, ['one', 'twos', 'three']);
  const spaceUsed = async () => (await box.get('/users/me')).json.space_used;
  assert.equal(await spaceUsed(), 12);
  await box.call('DELETE', `/files/${id}`);
  await box.call('DELETE', `/files/${id}/trash`);
  assert.equal(await spaceUsed(), 0);
});
