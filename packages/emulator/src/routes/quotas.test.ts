import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

const sessionBytes = 20_000_000;
const full = [403, 'storage_limit_exceeded'];
const tooLarge = [403, 'file_size_limit_exceeded'];

test('what is kept counts, whatever becomes of it, until it is deleted for good', async (t) => {
  const box = await boxCalls(t);
  const { call, emulator } = box;
  const used = () => spaceOf(box, emulator.adminUserId);
  const folder = await box.folder('folder');
  const file = await box.file('a', 'four', folder);
  assert.equal(await used(), 4);
  await box.upload(`/files/${file.id}/content`, { name: 'a' }, 'longer');
  assert.equal(await used(), 10, 'a past version counts');
  await call('POST', `/files/${file.id}/copy`, { json: { parent: { id: '0' } } });
  assert.equal(await used(), 16, 'a copy has the current version');
  await call('POST', `/folders/${folder}/copy`, { json: { parent: { id: '0' }, name: 'b' } });
  assert.equal(await used(), 22);
  await call('DELETE', `/folders/${folder}?recursive=true`);
  assert.equal(await used(), 22, 'the trash counts');
  await call('DELETE', `/folders/${folder}/trash`);
  assert.equal(await used(), 12);
});

test('what goes to another owner counts there', async (t) => {
  const box = await boxCalls(t);
  const { call, emulator } = box;
  const ann = await colleague(box, 'Ann');
  const folder = await box.folder('folder');
  const inside = await box.folder('inside', folder);
  const file = await box.file('a', 'four', inside);
  await box.upload(`/files/${file.id}/content`, { name: 'a' }, 'longer');
  await share(box, { type: 'folder', id: folder }, { type: 'user', id: ann.id }, 'editor');
  await box.upload('/files/content', { name: 'b', parent: { id: inside } }, 'of Ann', ann);
  const used = async () => [await spaceOf(box, emulator.adminUserId), await spaceOf(box, ann.id)];
  assert.deepEqual(await used(), [16, 0], 'the owner of the folder keeps it');
  const theirs = (
    await call('POST', '/folders', {
      json: { name: 'hers', parent: { id: '0' } },
      token: ann.token,
    })
  ).json.id;
  const admin = { type: 'user' as const, id: emulator.adminUserId };
  await share(
    {
      ...box,
      call: (method, path, options) => call(method, path, { ...options, token: ann.token }),
    },
    { type: 'folder', id: theirs },
    admin,
    'editor',
  );
  await call('PUT', `/folders/${inside}`, { json: { parent: { id: theirs } } });
  assert.deepEqual(await used(), [0, 16]);
});

test('nothing gets in beyond the space of an account, by any way', async (t) => {
  const box = await boxCalls(t);
  const { call } = box;
  const id = box.emulator.adminUserId;
  const file = await box.file('a', '12345');
  const folder = await box.folder('folder');
  await box.file('b', '12345', folder);
  const session = await call('POST', '/files/upload_sessions', {
    json: { folder_id: '0', file_name: 'large', file_size: sessionBytes },
  });
  await limitSpace(box, 14);
  const attributes = { name: 'c', parent: { id: '0' } };
  const intoRoot = { parent: { id: '0' }, name: 'copy' };
  const large = { folder_id: '0', file_name: 'l', file_size: sessionBytes };
  const refused = async () => [
    await box.upload('/files/content', attributes, '12345'),
    await box.upload(`/files/${file.id}/content`, { name: 'a' }, '12345'),
    await call('OPTIONS', '/files/content', { json: { ...attributes, size: 5 } }),
    await call('OPTIONS', `/files/${file.id}/content`, { json: { size: 5 } }),
    await call('POST', '/files/upload_sessions', { json: large }),
    await call('POST', `/files/${file.id}/upload_sessions`, { json: large }),
    await call('POST', `/files/${file.id}/copy`, { json: intoRoot }),
    await call('POST', `/folders/${folder}/copy`, { json: intoRoot }),
    await commit(box, session.json),
  ];
  for (const { status, json } of await refused()) assert.deepEqual([status, json.code], full);
  assert.equal(await spaceOf(box, id), 10);
  assert.equal((await box.upload('/files/content', attributes, '1234')).status, 201);
  await limitSpace(box, -1);
  assert.deepEqual(
    (await refused()).filter(({ status }) => status >= 400).map(({ json }) => json.code),
    ['item_name_in_use', 'item_name_in_use', 'item_name_in_use'],
    'the names of the file, of its preflight and of the second copy are taken',
  );
});

test('uploads at the same moment share what room there is', async (t) => {
  const box = await boxCalls(t);
  await limitSpace(box, 10);
  const names = ['a', 'b', 'c', 'd', 'e'];
  const answers = await Promise.all(
    names.map((name) => box.upload('/files/content', { name, parent: { id: '0' } }, '1234')),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 403, 403, 403]);
  assert.equal(await spaceOf(box, box.emulator.adminUserId), 8);
});

test('the largest file is what the account says', async (t) => {
  const box = await boxCalls(t, { maxUploadBytes: 100 });
  const { call } = box;
  assert.equal((await box.get('/users/me')).json.max_upload_size, 100);
  const attributes = { name: 'a', parent: { id: '0' } };
  const large = { folder_id: '0', file_name: 'l', file_size: sessionBytes };
  for (const { status, json } of [
    await box.upload('/files/content', attributes, 'x'.repeat(101)),
    await call('OPTIONS', '/files/content', { json: { ...attributes, size: 101 } }),
    await call('POST', '/files/upload_sessions', { json: large }),
  ]) {
    assert.deepEqual([status, json.code], tooLarge);
  }
  assert.equal((await box.upload('/files/content', attributes, 'x'.repeat(100))).status, 201);
});

async function spaceOf(box: BoxCalls, userId: string): Promise<number> {
  return (await box.get(`/users/${userId}?fields=space_used`)).json.space_used;
}

async function limitSpace(box: BoxCalls, bytes: number): Promise<void> {
  const json = { space_amount: bytes };
  const { status } = await box.call('PUT', `/users/${box.emulator.adminUserId}`, { json });
  assert.equal(status, 200);
}

/** Sends all parts of a session and commits it. */
async function commit({ call }: BoxCalls, session: { id: string; part_size: number }) {
  const contents = Buffer.alloc(sessionBytes);
  const parts: unknown[] = [];
  for (let offset = 0; offset < sessionBytes; offset += session.part_size) {
    const bytes = contents.subarray(offset, offset + session.part_size);
    const headers = {
      digest: `sha=${hash('sha1', bytes, 'base64')}`,
      'content-range': `bytes ${offset}-${offset + bytes.length - 1}/${sessionBytes}`,
    };
    const path = `/files/upload_sessions/${session.id}`;
    const { json } = await call('PUT', path, { body: bytes, headers });
    // A second time they are there already.
    if (json?.part) parts.push(json.part);
  }
  return call('POST', `/files/upload_sessions/${session.id}/commit`, {
    json: { parts: parts.length > 0 ? parts : await listed({ call }, session.id) },
    headers: { digest: `sha=${hash('sha1', contents, 'base64')}` },
  });
}

async function listed({ call }: Pick<BoxCalls, 'call'>, id: string): Promise<unknown[]> {
  return (await call('GET', `/files/upload_sessions/${id}/parts`)).json.entries;
}
