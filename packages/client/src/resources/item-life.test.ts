import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf } from '../body.ts';
import { listed, openBox } from '../testing/open-box.ts';

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await listed(body)).toString();
}

test('files and folders are copied, renamed, moved, deleted, restored and deleted for good', async () => {
  await using box = await openBox();
  const { files, folders, trash } = box.client;
  const made = await box.emulator.seed({ '/a.txt': 'hello', '/d/b.txt': 'inner' });
  const file = await files.get(made['/a.txt']?.id ?? '');
  const folder = await folders.get(made['/d']?.id ?? '');
  const copy = await files.copy(file.id, { parentId: folder.id, name: 'c.txt' });
  assert.deepEqual([copy.name, copy.sha1, copy.parent?.id], ['c.txt', file.sha1, folder.id]);
  const folderCopy = await folders.copy(folder.id, { parentId: '0', name: 'e' });
  assert.equal(folderCopy.item_collection?.total_count, 2);
  await assert.rejects(files.copy(file.id, { parentId: '0' }), { boxCode: 'item_name_in_use' });
  assert.equal((await files.rename(file.id, 'z.txt')).name, 'z.txt');
  assert.equal((await files.move(file.id, folder.id)).parent?.id, folder.id);
  assert.equal((await folders.rename(folderCopy.id, 'f')).name, 'f');
  assert.equal((await folders.move(folderCopy.id, folder.id)).parent?.id, folder.id);

  await files.delete(file.id);
  assert.equal((await trash.get(file)).item_status, 'trashed');
  const restored = await trash.restore(file, { name: 'back.txt' }, { fields: ['item_status'] });
  assert.deepEqual([restored.name, restored.item_status], ['back.txt', 'active']);
  await folders.delete(folder.id, { recursive: true });
  await trash.delete(folder);
  await assert.rejects(trash.get(folder), { status: 404 });
  await assert.rejects(files.get(file.id), { status: 404 });
});

test('what was in a folder that is gone is restored to another one', async () => {
  await using box = await openBox();
  const { files, folders, trash } = box.client;
  const made = await box.emulator.seed({ '/old/a.txt': 'hello', '/new/': '' });
  const file = { type: 'file', id: made['/old/a.txt']?.id ?? '' } as const;
  const old = { type: 'folder', id: made['/old']?.id ?? '' } as const;
  await files.delete(file.id);
  await folders.delete(old.id);
  await trash.delete(old);
  await assert.rejects(trash.restore(file), { recovery: 'skip' });
  const restored = await trash.restore(file, { parentId: made['/new']?.id });
  assert.equal(restored.parent?.id, made['/new']?.id);
  assert.equal(await files.path(file.id), '/new/a.txt');
});

test('the trash is listed in the order that is asked for, or in any', async () => {
  await using box = await openBox();
  const { files, trash } = box.client;
  const made = await box.emulator.seed({ '/a': 'three', '/b': '1', '/c': '22' });
  for (const { id } of Object.values(made)) await files.delete(id);
  const names = async (options: Parameters<typeof trash.items>[0]) =>
    (await listed(trash.items({ pageSize: 2, ...options }))).map(({ name }) => name).join('');
  assert.equal(await names({ sort: 'size' }), 'bca');
  assert.equal(await names({ direction: 'DESC' }), 'cba');
  assert.equal(await names({}), 'abc');
});

test('a restoration and a deletion for good whose answers were lost are found done', async () => {
  await using box = await openBox();
  const { files, trash } = box.client;
  const made = await box.emulator.seed({ '/a.txt': 'hello' });
  const file = await files.get(made['/a.txt']?.id ?? '');
  await files.delete(file.id);
  const cut = { cut: 'after', of: 'request' } as const;
  box.emulator.faults.add({ match: { method: 'POST', path: '/files/:id' }, action: cut });
  assert.equal((await trash.restore(file)).id, file.id);
  await files.delete(file.id);
  box.emulator.faults.add({ match: { method: 'DELETE', path: '/files/:id/trash' }, action: cut });
  await trash.delete(file);
  await assert.rejects(trash.delete(file), { status: 404 });
});

test('versions are listed, read, promoted, deleted and restored', async () => {
  await using box = await openBox();
  const { files, fileVersions } = box.client;
  const { id } = await files.upload({ name: 'a', parentId: '0', body: bodyOf('one') });
  await files.uploadVersion(id, { body: bodyOf('two') });
  const [past] = await listed(fileVersions.list(id, { fields: ['size'] }));
  assert.ok(past);
  assert.equal(await textOf((await fileVersions.download(id, past.id)).body), 'one');
  await fileVersions.delete(id, past.id);
  assert.ok((await fileVersions.get(id, past.id)).trashed_at);
  assert.equal((await fileVersions.restore(id, past.id)).trashed_at, null);
  const promoted = await fileVersions.promote(id, past.id);
  assert.deepEqual([promoted.sha1, promoted.id === past.id], [past.sha1, false]);
  assert.equal(await textOf((await files.download(id)).body), 'one');
  const copy = await files.copy(id, { parentId: '0', name: 'b', versionId: past.id });
  assert.equal(copy.sha1, past.sha1);
});

test('web links live as files do', async () => {
  await using box = await openBox();
  const { trash, webLinks } = box.client;
  const url = 'https://example.com/a';
  const link = await webLinks.create({ url, parentId: '0', name: 'a', description: 'd' });
  assert.deepEqual([link.type, link.url, link.description], ['web_link', url, 'd']);
  const changed = await webLinks.update(
    link.id,
    { name: 'b', url: 'https://example.com/b' },
    { ifMatch: String(link.etag), fields: ['parent'] },
  );
  assert.deepEqual([changed.name, changed.url], ['b', 'https://example.com/b']);
  const copy = await webLinks.copy(link.id, { parentId: '0', name: 'c' });
  assert.notEqual(copy.id, link.id);
  await webLinks.delete(link.id);
  assert.equal((await webLinks.get(link.id)).item_status, 'trashed');
  assert.equal((await trash.restore(link)).name, 'b');
  await webLinks.delete(link.id);
  await trash.delete(link);
  await assert.rejects(webLinks.get(link.id), { status: 404 });
  await assert.rejects(webLinks.create({ url: 'ftp://x', parentId: '0' }), { status: 400 });
});

test('links to share are made on each kind of item, changed, and taken away', async () => {
  await using box = await openBox();
  const { files, folders, sharedItems, sharedLinks, webLinks } = box.client;
  const items = [
    await files.upload({ name: 'a', parentId: '0', body: bodyOf('x') }),
    await folders.create({ name: 'd', parentId: '0' }),
    await webLinks.create({ url: 'https://example.com', parentId: '0' }),
  ];
  for (const item of items) {
    assert.equal(await sharedLinks.get(item), undefined);
    const link = await sharedLinks.set(item, { access: 'open', password: 'Secret&123' });
    assert.equal(link.is_password_enabled, true);
    const password = 'Secret&123';
    assert.equal((await sharedItems.get(link.url, { password })).id, item.id);
    const unsharedAt = new Date(box.emulator.clock.now() + 3_600_000);
    const changed = await sharedLinks.set(item, { password: null, canDownload: false, unsharedAt });
    assert.deepEqual([changed.url, changed.is_password_enabled], [link.url, false]);
    assert.equal(changed.effective_permission, 'can_preview');
    assert.ok(changed.unshared_at);
    assert.equal((await sharedLinks.set(item, { unsharedAt: null })).unshared_at, null);
    assert.equal((await sharedLinks.get(item))?.url, link.url);
    await sharedLinks.remove(item);
    assert.equal(await sharedLinks.get(item), undefined);
  }
});

test('links to share have names of their own, and allow what they are told to', async () => {
  await using box = await openBox();
  const { files, folders, sharedItems, sharedLinks } = box.client;
  const file = await files.upload({ name: 'a', parentId: '0', body: bodyOf('x') });
  const link = await sharedLinks.set(file, {
    access: 'open',
    vanityName: 'our-annual-report',
    canDownload: true,
    canEdit: true,
  });
  assert.equal(link.vanity_name, 'our-annual-report');
  assert.equal(link.effective_permission, 'can_edit');
  assert.equal((await sharedItems.get(link.vanity_url ?? '')).id, file.id);
  const company = await sharedLinks.set(file, { access: 'company', canEdit: false });
  assert.deepEqual([company.access, company.effective_permission], ['company', 'can_download']);
  const folder = await folders.create({ name: 'd', parentId: '0' });
  await assert.rejects(sharedLinks.set(folder, { canEdit: true }), { status: 400 });
  const invited = await sharedLinks.set(folder, { access: 'collaborators' });
  assert.equal(invited.access, 'collaborators');
  for (const wrong of [
    { vanityName: 'short' },
    { access: 'company', password: 'Secret&1' },
  ] as const) {
    await assert.rejects(sharedLinks.set(file, wrong), { status: 400 });
  }
});

test('what may be done with a folder and a file is changed', async () => {
  await using box = await openBox();
  const { files, folders } = box.client;
  const { id, etag } = await folders.create({ name: 'd', parentId: '0' });
  const cut = { cut: 'after', of: 'request' } as const;
  box.emulator.faults.add({ match: { method: 'PUT', path: '/folders/:id' }, action: cut });
  const changes = {
    canNonOwnersInvite: false,
    isCollaborationRestrictedToEnterprise: true,
    uploadEmail: 'collaborators',
  } as const;
  const fields = ['can_non_owners_invite', 'folder_upload_email'];
  // Its answer is lost, and it is found done.
  const changed = await folders.update(id, changes, { ifMatch: String(etag), fields });
  assert.equal(changed.can_non_owners_invite, false);
  assert.equal(changed.folder_upload_email?.access, 'collaborators');
  const closed = await folders.update(id, { uploadEmail: null }, { fields });
  assert.equal(closed.folder_upload_email, null);
  const file = await files.upload({ name: 'a', parentId: id, body: bodyOf('x') });
  await files.update(file.id, { canDownload: 'company', dispositionAt: new Date('2040-01-01') });
});

test('a link’s password is in no error, even when Box repeats it', async () => {
  await using box = await openBox();
  const folder = await box.client.folders.create({ name: 'd', parentId: '0' });
  const password = 'Secret&123';
  const action = { status: 400, code: 'bad_request', message: `Invalid value '${password}'` };
  box.emulator.faults.add({ match: { method: 'PUT' }, action });
  await assert.rejects(box.client.sharedLinks.set(folder, { password }), (error: Error) => {
    assert.match(error.message, /Invalid value '\[hidden\]'/);
    return true;
  });
});
