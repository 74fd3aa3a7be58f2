import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

async function shared(box: TestBox, link: object) {
  const { '/Team/a.txt': file } = await box.emulator.seed({ '/Team/a.txt': 'a' });
  const path = `/files/${file?.id}`;
  const { data } = await box.client.request({
    method: 'PUT',
    path,
    query: { fields: 'shared_link' },
    json: { shared_link: link },
  });
  const { shared_link } = data as { shared_link: { url: string } };
  return { id: file?.id, url: shared_link.url };
}

test('a shared link leads to its item', async () => {
  await using box = await openBox();
  const { id, url } = await shared(box, {});
  const item = await box.client.sharedItems.get(url, { fields: ['size'] });
  assert.deepEqual([item.type, item.id, item.type === 'file' && item.size], ['file', id, 1]);
});

test('a shared link with a password wants the password, which no error repeats', async () => {
  await using box = await openBox();
  const { id, url } = await shared(box, { access: 'open', password: 'Sesame & 123' });
  assert.equal((await box.client.sharedItems.get(url, { password: 'Sesame & 123' })).id, id);
  await assert.rejects(box.client.sharedItems.get(url, { password: 'Wrong & 456' }), (error) => {
    assert.ok(error instanceof Error && 'code' in error);
    assert.equal(error.code, 'incorrect_shared_item_password');
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /456/);
    return true;
  });
});

test('a link that leads nowhere is not found', async () => {
  await using box = await openBox();
  await assert.rejects(box.client.sharedItems.get('https://app.box.com/s/nothing'), {
    status: 404,
  });
});

test('somebody else’s folder is opened by its link, and by nothing else', async () => {
  await using box = await openBox();
  const { client, emulator } = box;
  const made = await emulator.seed({ '/Team/a.txt': 'a' });
  const folderId = made['/Team']?.id ?? '';
  const fileId = made['/Team/a.txt']?.id ?? '';
  const password = 'Sesame & 123';
  const folder = { type: 'folder', id: folderId } as const;
  const { url } = await client.sharedLinks.set(folder, { access: 'open', password });
  const outsider = client.asUser(
    (await client.users.create({ name: 'Ed', login: 'ed@x.example' })).id,
  );
  await assert.rejects(outsider.folders.get(folderId), { status: 404 });
  const item = await outsider.sharedItems.get(url, { password });
  assert.equal(item.id, folderId);
  const viewer = outsider.withSharedLink(url, password);
  const names = (await listed(viewer.folders.items(folderId))).map(({ name }) => name);
  assert.deepEqual(names, ['a.txt']);
  const { body } = await viewer.files.download(fileId);
  assert.equal(Buffer.concat(await listed(body)).toString(), 'a');
  await client.sharedLinks.set(folder, { canDownload: false });
  await assert.rejects(viewer.files.download(fileId), { status: 403 });
  await client.sharedLinks.remove(folder);
  await assert.rejects(viewer.files.get(fileId), { status: 404 });
});
