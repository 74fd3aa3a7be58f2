/** Box's own SDK for Node, unmodified, makes its calls to the emulator and parses every answer. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { BoxClient } from 'box-node-sdk';
import { sdk, sdkWithToken } from './testing/sdk.ts';

const root = { id: '0' };

async function upload(client: BoxClient, name: string, contents: string | Buffer) {
  const { entries } = await client.uploads.uploadFile({
    attributes: { name, parent: root },
    file: Readable.from([Buffer.from(contents)]),
  });
  const file = entries?.[0];
  assert.ok(file);
  return file;
}

async function download(
  client: BoxClient,
  id: string,
  options: { version?: string; range?: string } = {},
): Promise<Buffer> {
  const { version, range } = options;
  const stream = await client.downloads.downloadFile(id, {
    ...(version === undefined ? {} : { queryParams: { version } }),
    ...(range === undefined ? {} : { headers: { range } }),
  });
  assert.ok(stream);
  return buffer(stream);
}

/** The error that the SDK makes of an answer. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => assert.fail('the call was not refused'),
    (reason: unknown) => reason,
  );
  const { responseInfo } = error as {
    responseInfo: {
      statusCode: number;
      body?: { code?: string; context_info?: { conflicts?: unknown } };
    };
  };
  return responseInfo;
}

test('users: me, and one by id', async (t) => {
  const { client, emulator } = await sdk(t);
  const me = await client.users.getUserMe();
  assert.equal(me.id, emulator.adminUserId);
  const fields = { queryParams: { fields: ['role', 'enterprise'] } };
  const full = await client.users.getUserById(me.id, fields);
  assert.equal(full.role, 'admin');
  assert.equal(full.enterprise?.id, emulator.enterpriseId);
});

test('folders: create, get, items in both styles, update, move, copy, delete', async (t) => {
  const { client } = await sdk(t);
  const folder = await client.folders.createFolder({ name: 'a', parent: root });
  const target = await client.folders.createFolder({ name: 'b', parent: root });
  assert.equal((await client.folders.getFolderById('0')).name, 'All Files');
  const got = await client.folders.getFolderById(folder.id, {
    queryParams: { fields: ['permissions', 'tags', 'has_collaborations', 'shared_link'] },
  });
  assert.equal(got.permissions?.canUpload, true);
  const page = await client.folders.getFolderItems('0', { queryParams: { limit: 1 } });
  assert.deepEqual([page.totalCount, page.entries?.length], [2, 1]);
  const marked = await client.folders.getFolderItems('0', {
    queryParams: { usemarker: true, limit: 1 },
  });
  assert.ok(marked.nextMarker);
  const moved = await client.folders.updateFolderById(folder.id, {
    requestBody: { name: 'c', description: 'd', parent: { id: target.id }, tags: ['t'] },
  });
  assert.deepEqual([moved.name, moved.description, moved.parent?.id], ['c', 'd', target.id]);
  const copy = await client.folders.copyFolder(target.id, { parent: root, name: 'copy' });
  assert.equal(copy.itemCollection?.entries?.[0]?.name, 'c');
  const full = await refusal(client.folders.deleteFolderById(target.id));
  assert.equal(full.statusCode, 400); // it reads no body after a DELETE
  await client.folders.deleteFolderById(target.id, { queryParams: { recursive: true } });
  assert.equal((await refusal(client.folders.getFolderById(target.id))).statusCode, 404);
});

test('files: preflight, upload, get, update, copy, delete', async (t) => {
  const { client } = await sdk(t);
  const checked = await client.uploads.preflightFileUploadCheck({
    name: 'a',
    size: 5,
    parent: root,
  });
  assert.ok(checked.uploadUrl);
  const file = await upload(client, 'a', 'hello');
  assert.equal(file.sha1, createHash('sha1').update('hello').digest('hex'));
  const taken = await refusal(
    client.uploads.preflightFileUploadCheck({ name: 'A', size: 5, parent: root }),
  );
  assert.deepEqual([taken.statusCode, taken.body?.code], [409, 'item_name_in_use']);
  const withCheck = await client.uploads.uploadWithPreflightCheck({
    attributes: { name: 'checked', parent: root, size: 7 },
    file: Readable.from([Buffer.from('checked')]),
  });
  assert.equal(withCheck.entries?.[0]?.size, 7);
  const full = await client.files.getFileById(file.id, {
    queryParams: { fields: ['permissions', 'lock', 'version_number', 'is_externally_owned'] },
  });
  assert.equal(full.permissions?.canDownload, true);
  const updated = await client.files.updateFileById(file.id, {
    requestBody: { name: 'b', description: 'd' },
    headers: { ifMatch: '0' },
  });
  assert.deepEqual([updated.name, updated.etag], ['b', '1']);
  const stale = client.files.updateFileById(file.id, {
    requestBody: { name: 'c' },
    headers: { ifMatch: '0' },
  });
  assert.equal((await refusal(stale)).statusCode, 412);
  const copy = await client.files.copyFile(file.id, { parent: root, name: 'copy' });
  assert.equal((await download(client, copy.id)).toString(), 'hello');
  await client.files.deleteFileById(file.id);
  assert.equal((await client.files.getFileById(file.id)).itemStatus, 'trashed');
});

test('locks: set, seen and taken off', async (t) => {
  const { client } = await sdk(t);
  const file = await upload(client, 'a', 'a');
  const fields = { fields: ['lock'] };
  const locked = await client.files.updateFileById(file.id, {
    requestBody: { lock: { access: 'lock', isDownloadPrevented: false } },
    queryParams: fields,
  });
  assert.equal(locked.lock?.isDownloadPrevented, false);
  const free = await client.files.updateFileById(file.id, {
    requestBody: { lock: null },
    queryParams: fields,
  });
  assert.ok(!free.lock);
});

test('versions: upload, list, get, download, delete, restore, promote', async (t) => {
  const { client } = await sdk(t);
  const file = await upload(client, 'a', 'one');
  const uploaded = await client.uploads.uploadFileVersion(file.id, {
    attributes: { name: 'b' },
    file: Readable.from([Buffer.from('two')]),
  });
  assert.deepEqual([uploaded.entries?.[0]?.id, uploaded.entries?.[0]?.name], [file.id, 'b']);
  const [past] = (await client.fileVersions.getFileVersions(file.id)).entries ?? [];
  assert.ok(past);
  assert.equal((await download(client, file.id)).toString(), 'two');
  assert.equal((await download(client, file.id, { version: past.id })).toString(), 'one');
  await client.fileVersions.deleteFileVersionById(file.id, past.id);
  const trashed = await client.fileVersions.getFileVersionById(file.id, past.id);
  assert.ok(trashed.trashedAt);
  const restored = await client.fileVersions.updateFileVersionById(file.id, past.id, {
    requestBody: { trashedAt: null },
  });
  assert.ok(restored.restoredAt);
  const promoted = await client.fileVersions.promoteFileVersion(file.id, {
    requestBody: { id: past.id, type: 'file_version' },
  });
  assert.equal(promoted.name, 'a');
  assert.notEqual(promoted.id, past.id);
  assert.equal((await client.files.getFileById(file.id)).name, 'a');
});

test('downloads: whole, in part, by URL, and of a file that is not there', async (t) => {
  const { client } = await sdk(t);
  const contents = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 253));
  const file = await upload(client, 'a', contents);
  assert.ok((await download(client, file.id)).equals(contents));
  const part = await download(client, file.id, { range: 'bytes=1000-1999' });
  assert.ok(part.equals(contents.subarray(1000, 2000)));
  const url = await client.downloads.getDownloadFileUrl(file.id);
  assert.ok(url.includes('/d/1/'));
  assert.equal((await refusal(client.downloads.downloadFile('12345'))).statusCode, 404);
});

test('trash: list, get, restore and delete for good; files, folders and web links', async (t) => {
  const { client } = await sdk(t);
  const file = await upload(client, 'file', 'x');
  const folder = await client.folders.createFolder({ name: 'folder', parent: root });
  const link = await client.webLinks.createWebLink({ url: 'https://box.com', parent: root });
  await client.files.deleteFileById(file.id);
  await client.folders.deleteFolderById(folder.id);
  await client.webLinks.deleteWebLinkById(link.id);
  assert.equal((await client.trashedItems.getTrashedItems()).entries?.length, 3);
  const marked = await client.trashedItems.getTrashedItems({ usemarker: true, limit: 2 });
  assert.ok(marked.nextMarker);
  assert.equal((await client.trashedFiles.getTrashedFileById(file.id)).itemStatus, 'trashed');
  assert.equal((await client.trashedFolders.getTrashedFolderById(folder.id)).id, folder.id);
  assert.equal((await client.trashedWebLinks.getTrashedWebLinkById(link.id)).id, link.id);
  const restored = await client.trashedFiles.restoreFileFromTrash(file.id);
  assert.equal(restored.itemStatus, 'active');
  await client.trashedFolders.restoreFolderFromTrash(folder.id);
  await client.trashedWebLinks.restoreWeblinkFromTrash(link.id);
  await client.files.deleteFileById(file.id);
  await client.trashedFiles.deleteTrashedFileById(file.id);
  await client.folders.deleteFolderById(folder.id);
  await client.trashedFolders.deleteTrashedFolderById(folder.id);
  await client.webLinks.deleteWebLinkById(link.id);
  await client.trashedWebLinks.deleteTrashedWebLinkById(link.id);
  assert.equal((await client.trashedItems.getTrashedItems()).entries?.length, 0);
  assert.equal((await refusal(client.files.getFileById(file.id))).statusCode, 404);
});

test('web links: create, get, update', async (t) => {
  const { client } = await sdk(t);
  const link = await client.webLinks.createWebLink({
    url: 'https://example.com/',
    parent: root,
    name: 'example',
    description: 'd',
  });
  const updated = await client.webLinks.updateWebLinkById(link.id, {
    requestBody: { name: 'other' },
  });
  assert.deepEqual([updated.name, updated.url], ['other', 'https://example.com/']);
  assert.equal((await client.webLinks.getWebLinkById(link.id)).description, 'd');
});

test('shared links: add, get, update, remove, and found by someone else with the password', async (t) => {
  const { client, emulator } = await sdk(t);
  const file = await upload(client, 'a', 'a');
  const folder = await client.folders.createFolder({ name: 'f', parent: root });
  const link = await client.webLinks.createWebLink({ url: 'https://box.com', parent: root });
  const fields = { fields: 'shared_link' };
  const sharedLink = { access: 'open', password: 'Secret123@' } as const;
  await client.sharedLinksFiles.addShareLinkToFile(file.id, { sharedLink }, fields);
  await client.sharedLinksFolders.addShareLinkToFolder(folder.id, { sharedLink }, fields);
  await client.sharedLinksWebLinks.addShareLinkToWebLink(link.id, { sharedLink }, fields);
  const ofFile = await client.sharedLinksFiles.getSharedLinkForFile(file.id, fields);
  const ofFolder = await client.sharedLinksFolders.getSharedLinkForFolder(folder.id, fields);
  const ofLink = await client.sharedLinksWebLinks.getSharedLinkForWebLink(link.id, fields);
  const other = sdkWithToken(
    emulator,
    emulator.issueToken({ userId: emulator.serviceAccountUserId }),
  );
  const boxapi = (url = '', password = 'Secret123@') => ({
    boxapi: `shared_link=${url}&shared_link_password=${password}`,
  });
  const found = await other.sharedLinksFiles.findFileForSharedLink(
    {},
    boxapi(ofFile.sharedLink?.url),
  );
  assert.equal(found.id, file.id);
  const foundFolder = await other.sharedLinksFolders.findFolderForSharedLink(
    {},
    boxapi(ofFolder.sharedLink?.url),
  );
  assert.equal(foundFolder.id, folder.id);
  const foundLink = await other.sharedLinksWebLinks.findWebLinkForSharedLink(
    {},
    boxapi(ofLink.sharedLink?.url),
  );
  assert.equal(foundLink.id, link.id);
  const wrong = other.sharedLinksFiles.findFileForSharedLink(
    {},
    boxapi(ofFile.sharedLink?.url, 'Wrong123@'),
  );
  assert.equal((await refusal(wrong)).statusCode, 403);
  const updated = await client.sharedLinksFiles.updateSharedLinkOnFile(
    file.id,
    { sharedLink: { access: 'collaborators' } },
    fields,
  );
  assert.equal(updated.sharedLink?.access, 'collaborators');
  const removed = await client.sharedLinksFiles.removeSharedLinkFromFile(
    file.id,
    { sharedLink: null },
    fields,
  );
  assert.ok(!removed.sharedLink);
});

test('requests of one’s own, for what the SDK has no method for', async (t) => {
  const { client, emulator } = await sdk(t);
  const file = await upload(client, 'a', 'a');
  const checked = await client.makeRequest({
    method: 'OPTIONS',
    url: `${emulator.url}/2.0/files/${file.id}/content`,
    data: { size: 5 },
  });
  assert.ok((checked.data as { upload_url?: string }).upload_url);
  const link = await client.webLinks.createWebLink({ url: 'https://box.com', parent: root });
  const copied = await client.makeRequest({
    method: 'POST',
    url: `${emulator.url}/2.0/web_links/${link.id}/copy`,
    data: { parent: root, name: 'copy' },
  });
  assert.equal((copied.data as { name?: string }).name, 'copy');
});

test('an error reaches the caller with Box’s status and code', async (t) => {
  const { client } = await sdk(t);
  const folder = await client.folders.createFolder({ name: 'a', parent: root });
  const taken = await refusal(client.folders.createFolder({ name: 'A', parent: root }));
  assert.deepEqual([taken.statusCode, taken.body?.code], [409, 'item_name_in_use']);
  const conflicts = taken.body?.context_info?.conflicts as { id: string }[];
  assert.equal(conflicts[0]?.id, folder.id);
});
