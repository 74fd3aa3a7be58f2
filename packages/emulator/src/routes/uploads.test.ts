import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { boxCalls, type FormPart, multipart } from '../testing/box-calls.ts';

const sha1 = (contents: string | Buffer) => createHash('sha1').update(contents).digest('hex');
const toRoot = (name: string) => ({ name, parent: { id: '0' } });

test('a new file comes wrapped, standard, its members in the order of Box', async (t) => {
  const box = await boxCalls(t);
  const { status, json } = await box.upload('/files/content', toRoot('a.txt'), 'hello');
  assert.deepEqual([status, json.total_count, json.entries.length], [201, 1, 1]);
  const [file] = json.entries;
  assert.deepEqual(Object.keys(file), [
    'type',
    'id',
    'file_version',
    'sequence_id',
    'etag',
    'sha1',
    'name',
    'description',
    'size',
    'path_collection',
    'created_at',
    'modified_at',
    'trashed_at',
    'purged_at',
    'content_created_at',
    'content_modified_at',
    'created_by',
    'modified_by',
    'owned_by',
    'shared_link',
    'parent',
    'item_status',
  ]);
  assert.deepEqual([file.name, file.size, file.sha1], ['a.txt', 5, sha1('hello')]);
  assert.deepEqual([file.etag, file.sequence_id, file.shared_link], ['0', '0', null]);
  assert.equal(file.file_version.sha1, file.sha1);
  assert.notEqual(file.file_version.id, file.id);
});

test('content times and description are kept; fields shapes the answer; the upload path works as well', async (t) => {
  const box = await boxCalls(t);
  const attributes = {
    ...toRoot('a'),
    content_created_at: '2001-02-03T04:05:06Z',
    content_modified_at: '2002-02-03T04:05:06.789+00:00',
    description: 'old',
  };
  const url = `${box.emulator.url}/api/2.0/files/content?fields=content_created_at,content_modified_at,description`;
  const { json } = await box.upload(url, attributes, '');
  const [file] = json.entries;
  assert.equal(Date.parse(file.content_created_at), Date.parse('2001-02-03T04:05:06Z'));
  assert.equal(Date.parse(file.content_modified_at), Date.parse('2002-02-03T04:05:06Z'));
  assert.equal(file.description, 'old');
  assert.equal(file.size, undefined);
});

test('an empty file, a file past what stays in memory, and every length around the parser’s chunks arrive whole', async (t) => {
  const box = await boxCalls(t);
  for (const size of [0, 1, 4095, 65535, 65536, 65537, 5_000_001]) {
    const contents = Buffer.alloc(size, `\r\n--boundary ${size}`);
    const file = await box.file(`f${size}`, contents);
    assert.deepEqual([file.size, file.sha1], [size, sha1(contents)]);
    assert.ok((await box.contents(file.id)).equals(contents), `${size} bytes`);
  }
});

test('any field may hold the file, forms come in chunks, names come from the form in the old way', async (t) => {
  const box = await boxCalls(t);
  const attributes = ['attributes', JSON.stringify(toRoot('chunked'))] as const;
  const chunked = multipart([[...attributes], ['contents', 'by rclone', 'x']]);
  const sent = await box.call('POST', '/files/content', {
    headers: chunked.headers,
    body: Readable.from(chunked.body.toString().match(/.{1,7}/gs) ?? []),
  });
  assert.deepEqual([sent.status, sent.json.entries[0].name], [201, 'chunked']);
  const nameless = multipart([
    ['attributes', JSON.stringify(toRoot('py'))],
    ['file', 'x', ''],
  ]);
  assert.equal((await box.call('POST', '/files/content', nameless)).status, 201);
  const old = multipart([
    ['parent_id', '0'],
    ['content_modified_at', '2001-01-01T00:00:00Z'],
    ['old.txt', 'x', 'old.txt'],
  ]);
  const file = (await box.call('POST', '/files/content', old)).json.entries[0];
  assert.equal(file.name, 'old.txt');
  assert.equal(Date.parse(file.content_modified_at), Date.parse('2001-01-01T00:00:00Z'));
});

test('contents need no file name, and attributes may have one', async (t) => {
  const box = await boxCalls(t);
  const attributes = (name: string) => JSON.stringify(toRoot(name));
  const forms: FormPart[][] = [
    [
      ['attributes', attributes('plain')],
      ['file', 'hello'],
    ],
    [
      ['attributes', attributes('contents')],
      ['contents', 'hello'],
    ],
    [
      ['attributes', attributes('nameless')],
      ['file', 'hello', ''],
    ],
    [
      ['attributes', attributes('blob'), 'blob'],
      ['file', 'hello', 'x'],
    ],
  ];
  for (const [at, form] of forms.entries()) {
    const answer = await box.call('POST', '/files/content', multipart(form));
    assert.equal(answer.status, 201, String(at));
    assert.equal(answer.json.entries[0].sha1, sha1('hello'));
  }
});

test('metadata behind the contents, no metadata, no file and no form are refused with 400', async (t) => {
  const box = await boxCalls(t);
  const attributes = ['attributes', JSON.stringify(toRoot('a'))] as const;
  const post = (form: ReturnType<typeof multipart>) => box.call('POST', '/files/content', form);
  const late = await post(multipart([['file', 'x', 'x'], [...attributes]]));
  assert.deepEqual([late.status, late.json.code], [400, 'metadata_after_file_contents']);
  const alone = await post(multipart([['file', 'x', 'x']]));
  assert.deepEqual([alone.status, alone.json.context_info.errors[0].name], [400, 'parent']);
  assert.equal((await post(multipart([[...attributes]]))).status, 400);
  assert.equal(
    (
      await post(
        multipart([
          ['attributes', 'no json'],
          ['file', 'x', 'x'],
        ]),
      )
    ).status,
    400,
  );
  assert.equal((await box.call('POST', '/files/content', { json: toRoot('a') })).status, 400);
  const whole = multipart([[...attributes], ['file', 'x'.repeat(1000), 'x']]);
  const cut = { ...whole, body: whole.body.subarray(0, -50) };
  assert.equal((await post(cut)).status, 400);
  assert.deepEqual((await box.get('/folders/0/items')).json.entries, []);
});

test('a connection that ends within the contents leaves nothing', async (t) => {
  const box = await boxCalls(t);
  const { body, headers } = multipart([
    ['attributes', JSON.stringify(toRoot('cut'))],
    ['file', Buffer.alloc(6_000_000, 1), 'x'],
  ]);
  const { hostname, port } = new URL(box.emulator.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /2.0/files/content HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${box.emulator.token}\r\n` +
      `content-type: ${headers['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.write(body.subarray(0, 5_500_000), resolve));
  socket.destroy();
  const { json } = await box.upload('/files/content', toRoot('next'), 'next');
  assert.equal(json.total_count, 1);
  const items = await box.get('/folders/0/items');
  assert.deepEqual(
    items.json.entries.map((entry: { name: string }) => entry.name),
    ['next'],
  );
});

test('Content-MD5 is the SHA-1 in hex, and is checked', async (t) => {
  const box = await boxCalls(t);
  const upload = (name: string, digest: string) =>
    box.upload('/files/content', toRoot(name), 'hello', { headers: { 'content-md5': digest } });
  assert.equal((await upload('right', sha1('hello').toUpperCase())).status, 201);
  const wrong = await upload('wrong', sha1('other'));
  assert.deepEqual([wrong.status, wrong.json.code], [400, 'bad_digest']);
  assert.equal((await box.get('/folders/0/items')).json.total_count, 1);
});

test('a taken name is a conflict with one object, a mini of what has it, for upload and preflight', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'first');
  const folder = await box.folder('b');
  for (const [name, taken] of [
    ['A.TXT', file.id],
    ['B', folder],
  ]) {
    const uploaded = await box.upload('/files/content', toRoot(name), 'second');
    const asked = await box.call('OPTIONS', '/files/content/', { json: toRoot(name) });
    for (const { status, json } of [uploaded, asked]) {
      assert.deepEqual([status, json.code], [409, 'item_name_in_use']);
      assert.equal(json.context_info.conflicts.id, taken);
      assert.equal(typeof json.context_info.conflicts.sequence_id, 'string');
    }
  }
  assert.equal((await box.contents(file.id)).toString(), 'first');
});

test('preflight answers where to upload; refuses sizes below zero and above the limits', async (t) => {
  const box = await boxCalls(t);
  const ask = (json: object) => box.call('OPTIONS', '/files/content', { json });
  const { status, json } = await ask({ ...toRoot('a'), size: 5 });
  assert.equal(status, 200);
  assert.equal(json.upload_token, null);
  assert.equal((await box.upload(json.upload_url, toRoot('a'), 'x')).status, 201);
  assert.equal((await ask({ ...toRoot('b'), size: -1 })).status, 400);
  assert.equal((await ask({ ...toRoot('b'), size: 6e10 })).json.code, 'file_size_limit_exceeded');
  assert.equal((await ask({ name: 'b', parent: { id: '77' } })).status, 404);
  assert.equal((await ask({ name: 'b/', parent: { id: '0' } })).json.code, 'item_name_invalid');
  for (const wrong of [{ size: true }, { size: [] }, { size: '' }, { name: 5 }, { name: {} }]) {
    const json = { name: 'b', parent: { id: '0' }, ...wrong };
    const { status } = await box.call('OPTIONS', '/files/content', { json });
    assert.equal(status, 400, JSON.stringify(wrong));
  }
});

test('a new version keeps the id, raises etag and sequence id, and may rename', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'one');
  const second = await box.upload(`/files/${file.id}/content`, {}, 'two!');
  assert.equal(second.status, 201);
  const [now] = second.json.entries;
  assert.deepEqual(
    [now.id, now.name, now.size, now.etag, now.sequence_id],
    [file.id, 'a.txt', 4, '1', '1'],
  );
  assert.notEqual(now.file_version.id, file.file_version.id);
  const form = multipart([['content', 'three', 'other-name']]);
  const third = await box.call('POST', `/files/${file.id}/content`, form);
  assert.deepEqual([third.status, third.json.entries[0].name], [201, 'a.txt']);
  const renamed = await box.upload(`/files/${file.id}/content`, { name: 'b.txt' }, 'four');
  assert.equal(renamed.json.entries[0].name, 'b.txt');
  await box.file('taken', 'x');
  const taken = await box.upload(`/files/${file.id}/content`, { name: 'taken' }, 'five');
  assert.deepEqual([taken.status, taken.json.code], [409, 'item_name_in_use']);
  assert.equal((await box.get('/folders/0')).json.size, 5);
  assert.equal((await box.get('/users/me')).json.space_used, 17);
  const ask = await box.call('OPTIONS', `/files/${file.id}/content`, { json: { size: 3 } });
  assert.equal((await box.upload(ask.json.upload_url, {}, 'six')).status, 201);
});

test('If-Match on a new version: 412 for another etag and for a file that is gone', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'one');
  const send = (id: string, etag?: string) =>
    box.upload(`/files/${id}/content`, {}, 'two', etag ? { headers: { 'if-match': etag } } : {});
  assert.equal((await send(file.id, '3')).json.code, 'precondition_failed');
  assert.equal((await send(file.id, '0')).status, 201);
  assert.equal((await send('12345', '0')).status, 412);
  assert.equal((await send('12345')).status, 404);
  assert.equal((await box.contents(file.id)).toString(), 'two');
});

test('of many uploads of one name at the same time one wins, the others conflict', async (t) => {
  const box = await boxCalls(t);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => box.upload('/files/content', toRoot('one'), `${n}`)),
  );
  const statuses = answers.map((answer) => answer.status).sort();
  assert.deepEqual(statuses, [201, ...Array.from({ length: 19 }, () => 409)]);
});
