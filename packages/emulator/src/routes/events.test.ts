import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

interface Entry {
  event_type: string;
  event_id: string;
  source: { id: string; name: string; sequence_id: string; message?: string } | null;
}

async function events(box: BoxCalls, query = '', token?: string) {
  const { json, status } = await box.get(`/events?${query}`, token === undefined ? {} : { token });
  assert.equal(status, 200);
  return json as { chunk_size: number; next_stream_position: number | string; entries: Entry[] };
}

const types = ({ entries }: { entries: Entry[] }) => entries.map((entry) => entry.event_type);

test('each change is an event of the right type, with its item as it was right after', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('f');
  const file = await box.file('a', 'one');
  await box.upload(`/files/${file.id}/content`, {}, 'two');
  await box.call('PUT', `/files/${file.id}`, { json: { name: 'b' } });
  await box.call('PUT', `/files/${file.id}`, { json: { parent: { id: folder } } });
  await box.call('PUT', `/files/${file.id}`, { json: { name: 'c', parent: { id: '0' } } });
  await box.call('PUT', `/files/${file.id}`, { json: { description: 'new' } });
  await box.call('PUT', `/files/${file.id}`, { json: { description: 'new' } });
  await box.call('POST', `/folders/${folder}/copy`, { json: { name: 'g', parent: { id: '0' } } });
  await box.call('PUT', `/files/${file.id}`, { json: { lock: { access: 'lock' } } });
  await box.call('PUT', `/files/${file.id}`, { json: { lock: null } });
  const { json: versions } = await box.get(`/files/${file.id}/versions`);
  const promoted = { json: { type: 'file_version', id: versions.entries[0].id } };
  await box.call('POST', `/files/${file.id}/versions/current`, promoted);
  await box.call('DELETE', `/files/${file.id}`);
  await box.call('POST', `/files/${file.id}`);
  const changes = await events(box, 'stream_type=changes');
  assert.deepEqual(types(changes), [
    'ITEM_CREATE',
    'ITEM_UPLOAD',
    'ITEM_UPLOAD',
    'ITEM_RENAME',
    'ITEM_MOVE',
    'ITEM_MOVE',
    'ITEM_RENAME',
    'ITEM_MODIFY',
    'ITEM_COPY',
    'LOCK_CREATE',
    'LOCK_DESTROY',
    'ITEM_MAKE_CURRENT_VERSION',
    'ITEM_TRASH',
    'ITEM_UNDELETE_VIA_TRASH',
  ]);
  const [, , , renamed] = changes.entries;
  assert.deepEqual([renamed?.source?.name, renamed?.source?.sequence_id], ['b', '2']);
  assert.equal(changes.entries[8]?.source?.name, 'g');
  assert.equal(new Set(changes.entries.map((entry) => entry.event_id)).size, 14);
  assert.equal(changes.chunk_size, 14);
});

test('shared links, tags and downloads are in the stream of all alone', async (t) => {
  const box = await boxCalls(t);
  const { id } = await box.file('a', 'one');
  const { next_stream_position: after } = await events(box, 'stream_position=now');
  for (const link of [{}, { access: 'company' }, null]) {
    await box.call('PUT', `/files/${id}`, { json: { shared_link: link } });
  }
  await box.call('PUT', `/files/${id}`, { json: { tags: ['x'] } });
  await box.contents(id);
  const from = `stream_position=${after}`;
  assert.deepEqual(types(await events(box, from)), [
    'ITEM_SHARED_CREATE',
    'ITEM_SHARED_UNSHARE',
    'TAG_ITEM_CREATE',
    'ITEM_DOWNLOAD',
  ]);
  assert.deepEqual(types(await events(box, `${from}&stream_type=changes`)), []);
});

test('a file that is deleted while it is locked ends its lock without a source', async (t) => {
  const box = await boxCalls(t);
  const { id } = await box.file('a', 'one');
  await box.call('PUT', `/files/${id}`, { json: { lock: { access: 'lock' } } });
  await box.call('DELETE', `/files/${id}`);
  const { entries } = await events(box, 'stream_type=changes');
  assert.deepEqual(
    entries.slice(2).map((entry) => [entry.event_type, entry.source?.id]),
    [
      ['LOCK_DESTROY', undefined],
      ['ITEM_TRASH', id],
    ],
  );
});

test('what was refused or rolled back is no event', async (t) => {
  const box = await boxCalls(t);
  await box.folder('f');
  const { status } = await box.call('POST', '/folders', {
    json: { name: 'F', parent: { id: '0' } },
  });
  assert.equal(status, 409);
  assert.equal((await events(box)).chunk_size, 1);
});

test('positions: numbers for users, text for admins, never 0, the same again at the end', async (t) => {
  const box = await boxCalls(t);
  const start = await events(box);
  assert.ok(typeof start.next_stream_position === 'number' && start.next_stream_position > 0);
  const admin = await events(box, 'stream_type=admin_logs');
  assert.match(String(admin.next_stream_position), /^[1-9]\d+$/);
  assert.equal(typeof admin.next_stream_position, 'string');

  for (const name of ['a', 'b', 'c']) await box.folder(name);
  const first = await events(box, 'stream_position=0&limit=2');
  assert.deepEqual(
    first.entries.map((entry) => entry.source?.name),
    ['a', 'b'],
  );
  const second = await events(box, `stream_position=${first.next_stream_position}&limit=1000`);
  assert.deepEqual(
    second.entries.map((entry) => entry.source?.name),
    ['c'],
  );
  const end = await events(box, `stream_position=${second.next_stream_position}`);
  assert.deepEqual([end.chunk_size, end.next_stream_position], [0, second.next_stream_position]);
  const now = await events(box, 'stream_position=now');
  assert.deepEqual([now.chunk_size, now.next_stream_position], [0, second.next_stream_position]);

  for (const bad of ['stream_position=x', 'stream_type=some', 'stream_position=-1']) {
    assert.equal((await box.get(`/events?${bad}`)).status, 400, bad);
  }
  assert.equal((await box.get('/events?limit=many')).json.code, 'invalid_limit');
});

test('fields choose what the source shows; others than the owner see nothing', async (t) => {
  const box = await boxCalls(t);
  await box.file('a', 'one');
  const { entries } = await events(box, 'fields=name,created_at');
  assert.deepEqual(Object.keys(entries[0]?.source ?? {}).sort(), [
    'created_at',
    'etag',
    'id',
    'name',
    'sequence_id',
    'type',
  ]);
  const token = box.emulator.issueToken({ userId: box.emulator.externalUserId });
  assert.equal((await events(box, '', token)).chunk_size, 0);
});

test('the streams forget what is older than they keep', async (t) => {
  const box = await boxCalls(t);
  await box.folder('old');
  const days = (count: number) => box.emulator.clock.advance(count * 24 * 3600_000);
  const kept = async () => {
    const counts: Record<string, number> = {};
    for (const type of ['all', 'changes', 'admin_logs', 'admin_logs_streaming']) {
      counts[type] = (await events(box, `stream_type=${type}`)).chunk_size;
    }
    return counts;
  };
  assert.deepEqual(await kept(), { all: 1, changes: 1, admin_logs: 1, admin_logs_streaming: 1 });
  days(15);
  assert.deepEqual(await kept(), { all: 1, changes: 1, admin_logs: 1, admin_logs_streaming: 0 });
  days(7);
  assert.deepEqual(await kept(), { all: 0, changes: 0, admin_logs: 1, admin_logs_streaming: 0 });
  days(344);
  assert.deepEqual(await kept(), { all: 0, changes: 0, admin_logs: 0, admin_logs_streaming: 0 });
});

test('admins read of the whole enterprise, by type and time, items in a form of their own', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const token = emulator.issueToken({ userId: emulator.serviceAccountUserId });
  const begun = new Date(emulator.clock.now()).toISOString();
  await box.call('POST', '/folders', { token, json: { name: 'theirs', parent: { id: '0' } } });
  const file = await box.file('a', 'one');
  emulator.clock.advance(60_000);
  await box.call('PUT', `/files/${file.id}`, { json: { name: 'b' } });
  const { entries } = await events(box, 'stream_type=admin_logs');
  assert.deepEqual(types({ entries }), ['UPLOAD', 'UPLOAD', 'RENAME']);
  const { source, ...rename } = entries[2] as unknown as Record<string, Record<string, unknown>>;
  assert.deepEqual([source?.item_type, source?.item_id, source?.item_name], ['file', file.id, 'b']);
  assert.equal(source?.type, undefined);
  assert.deepEqual([rename.ip_address, rename.action_by], ['127.0.0.1', null]);
  assert.equal(rename.additional_details?.size, 3);

  const typed = await events(box, 'stream_type=admin_logs_streaming&event_type=RENAME,DELETE');
  assert.deepEqual(types(typed), ['RENAME']);
  const until = encodeURIComponent(new Date(emulator.clock.now() - 30_000).toISOString());
  const early = `stream_type=admin_logs&created_after=${begun}&created_before=${until}`;
  assert.deepEqual(types(await events(box, early)), ['UPLOAD', 'UPLOAD']);
});

test('no others than admins read admin streams', async (t) => {
  const box = await boxCalls(t);
  const token = box.emulator.issueToken({ userId: box.emulator.externalUserId });
  const { status, json } = await box.get('/events?stream_type=admin_logs', { token });
  assert.deepEqual([status, json.code], [403, 'access_denied_insufficient_permissions']);
});

test('events can come late and again', async (t) => {
  const box = await boxCalls(t);
  const { call, emulator } = box;
  await box.folder('a');
  emulator.events.hold();
  await box.folder('b');
  assert.deepEqual(types(await events(box)), ['ITEM_CREATE']);
  await call('POST', `${emulator.url}/_emulator/events/release`);
  await box.folder('c');
  await call('POST', `${emulator.url}/_emulator/events/repeat`, { json: { count: 2 } });
  const { entries } = await events(box);
  assert.deepEqual(
    entries.map((entry) => entry.source?.name),
    ['a', 'b', 'c', 'b', 'c'],
  );
  assert.equal(entries[1]?.event_id, entries[3]?.event_id);
  await call('POST', `${emulator.url}/_emulator/events/hold`);
  emulator.reset();
  await box.folder('d');
  assert.equal((await events(box)).chunk_size, 1);
});

test('synced folders and what is in them have a stream of their own', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('synced');
  await box.call('PUT', `/folders/${folder}`, { json: { sync_state: 'synced' } });
  await box.file('in', 'it', folder);
  await box.file('out', 'of it');
  assert.deepEqual(types(await events(box, 'stream_type=sync&limit=2')), [
    'ITEM_CREATE',
    'ITEM_SYNC',
  ]);
  assert.deepEqual(types(await events(box, 'stream_type=sync')).at(-1), 'ITEM_UPLOAD');
});

test('what hangs on a file is told of too: to users by itself, to admins by the file', async (t) => {
  const box = await boxCalls(t);
  const { id } = await box.file('a', 'one');
  const item = { type: 'file', id };
  await box.call('POST', '/comments', { json: { item, message: 'hello' } });
  await box.call('POST', '/tasks', { json: { item } });
  await box.call('POST', `/files/${id}/metadata/global/properties`, { json: { a: 'b' } });
  const { entries } = await events(box);
  assert.deepEqual(types({ entries }), ['ITEM_UPLOAD', 'COMMENT_CREATE', 'TASK_CREATE']);
  assert.equal(entries[1]?.source?.message, 'hello');
  const admin = await events(box, 'stream_type=admin_logs');
  assert.deepEqual(types(admin), [
    'UPLOAD',
    'COMMENT_CREATE',
    'TASK_CREATE',
    'METADATA_INSTANCE_CREATE',
  ]);
  const sources = admin.entries.map(({ source }) => source as unknown as { item_id: string });
  assert.deepEqual(
    sources.map((source) => source.item_id),
    [id, id, id, id],
  );
});

test('those who collaborate on a folder read of what happens in it', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const folder = await box.folder('shared');
  const accessible_by = { type: 'user', id: emulator.serviceAccountUserId };
  await box.call('POST', '/collaborations', {
    json: { item: { type: 'folder', id: folder }, accessible_by, role: 'editor' },
  });
  const token = emulator.issueToken({ userId: emulator.serviceAccountUserId });
  const { next_stream_position: from } = await events(box, 'stream_position=now', token);
  await box.file('ours', 'x', folder);
  const away = await box.file('mine', 'x', folder);
  await box.call('PUT', `/files/${away.id}`, { json: { parent: { id: '0' } } });
  await box.file('private', 'x');
  const theirs = await events(box, `stream_type=changes&stream_position=${from}`, token);
  assert.deepEqual(
    theirs.entries.map((entry) => entry.source?.name),
    ['ours', 'mine', 'mine'],
  );
  const admin = await events(box, 'stream_type=admin_logs&event_type=UPLOAD');
  assert.equal(admin.chunk_size, 4);
});

test('tokens for less than all that a user has read no streams', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: emulator.token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'item_upload',
  });
  const { json } = await box.call('POST', `${emulator.url}/oauth2/token`, { body: `${form}` });
  const token = json.access_token;
  const calls = ['/events', '/events?stream_type=admin_logs', '/recent_items', '/collections'];
  for (const path of calls) {
    const { status, bytes } = await box.get(path, { token });
    assert.deepEqual([status, bytes.length], [403, 0], path);
  }
  assert.equal((await box.call('OPTIONS', '/events', { token })).status, 403);
});
