import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { bodyOf } from '../body.ts';
import { isBoxError } from '../errors.ts';
import { listed, openBox } from '../testing/open-box.ts';

test('a file is uploaded, read, changed, versioned, listed and deleted', async () => {
  await using box = await openBox();
  const { files, folders, trash } = box.client;
  const uploaded = await files.upload({
    name: 'a.txt',
    parentId: '0',
    body: bodyOf('one'),
    contentModifiedAt: new Date('2020-02-03T04:05:06.789Z'),
    contentCreatedAt: '2019-01-01T00:00:00-08:00',
  });
  assert.deepEqual([uploaded.name, uploaded.size, uploaded.parent?.id], ['a.txt', 3, '0']);
  assert.equal(
    Date.parse(String(uploaded.content_modified_at)),
    Date.parse('2020-02-03T04:05:06Z'),
  );
  assert.equal(Date.parse(String(uploaded.content_created_at)), Date.parse('2019-01-01T08:00:00Z'));

  const second = await files.uploadVersion(uploaded.id, { body: bodyOf('second') });
  assert.deepEqual([second.id, second.size], [uploaded.id, 6]);
  const versions = await listed(files.versions(uploaded.id));
  assert.deepEqual(
    versions.map(({ sha1 }) => sha1),
    [uploaded.sha1],
  );

  const folder = await folders.create({ name: 'Team', parentId: '0' });
  const changed = await files.update(
    uploaded.id,
    { name: 'b.txt', parentId: folder.id, contentModifiedAt: new Date('2021-01-01') },
    { fields: ['parent', 'content_modified_at'] },
  );
  assert.deepEqual([changed.name, changed.parent?.id], ['b.txt', folder.id]);
  assert.equal(Date.parse(String(changed.content_modified_at)), Date.parse('2021-01-01'));
  assert.equal((await files.get(uploaded.id, { fields: ['size'] })).size, 6);

  await files.delete(uploaded.id, { ifMatch: String(changed.etag) });
  assert.equal((await files.get(uploaded.id)).item_status, 'trashed');
  assert.deepEqual(
    (await listed(trash.items())).map(({ id }) => id),
    [uploaded.id],
  );
});

test('a time before 1970 is sent as the first that Box keeps', async () => {
  await using box = await openBox();
  const { content_modified_at } = await box.client.files.upload({
    name: 'old',
    parentId: '0',
    body: bodyOf(''),
    contentModifiedAt: new Date('1955-11-05'),
  });
  assert.equal(Date.parse(String(content_modified_at)), 0);
});

test('preflight says where to upload, or what is in the way', async () => {
  await using box = await openBox();
  const { files } = box.client;
  const name = 'a.txt';
  const { upload_url } = await files.preflight({ name, parentId: '0', sizeBytes: 3 });
  assert.ok(upload_url.startsWith(box.emulator.url));
  const { id } = await files.upload({ name, parentId: '0', body: bodyOf('abc') });
  await assert.rejects(files.preflight({ name, parentId: '0' }), (error) => {
    assert.ok(isBoxError(error, 'item_name_in_use'));
    assert.equal(error.conflict?.id, id);
    return true;
  });
  assert.ok((await files.preflight({ fileId: id, sizeBytes: 3 })).upload_url);
});

test('a past version can be downloaded', async () => {
  await using box = await openBox();
  const { files } = box.client;
  const { id } = await files.upload({ name: 'a', parentId: '0', body: bodyOf('first') });
  await files.uploadVersion(id, { body: bodyOf('second') });
  const [past] = await listed(files.versions(id));
  const { body } = await files.download(id, { versionId: past?.id });
  assert.equal((await buffer(body)).toString(), 'first');
});

test('a file that is in the trash when its deletion is repeated was deleted', async () => {
  await using box = await openBox();
  const { files } = box.client;
  for (const isBound of [false, true]) {
    const { id, etag } = await files.upload({ name: 'a', parentId: '0', body: bodyOf('a') });
    box.emulator.faults.add({
      match: { method: 'DELETE' },
      action: { cut: 'after', of: 'request' },
    });
    await files.delete(id, isBound ? { ifMatch: String(etag) } : {});
    assert.equal((await files.get(id)).item_status, 'trashed');
  }
});
