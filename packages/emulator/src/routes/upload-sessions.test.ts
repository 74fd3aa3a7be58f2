import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const size = 20_971_523;
const contents = Buffer.alloc(size, 'every part differs, for 8 MiB is no multiple of this');
const digestOf = (bytes: Buffer) => `sha=${createHash('sha1').update(bytes).digest('base64')}`;
const sha1 = createHash('sha1').update(contents).digest('hex');

async function create(box: BoxCalls, json: object = {}) {
  return box.call('POST', `${box.emulator.url}/api/2.0/files/upload_sessions`, {
    json: { folder_id: '0', file_name: 'big', file_size: size, ...json },
  });
}

/** Sends the part at an offset; `changes` replaces what would be right. */
async function putPart(
  box: BoxCalls,
  session: { part_size: number; session_endpoints: { upload_part: string } },
  offset: number,
  changes: { bytes?: Buffer; digest?: string; range?: string } = {},
) {
  const bytes = changes.bytes ?? contents.subarray(offset, offset + session.part_size);
  return box.call('PUT', session.session_endpoints.upload_part, {
    body: bytes,
    headers: {
      'content-type': 'application/octet-stream',
      digest: changes.digest ?? digestOf(bytes),
      'content-range': changes.range ?? `bytes ${offset}-${offset + bytes.length - 1}/${size}`,
    },
  });
}

async function putAll(box: BoxCalls, session: Parameters<typeof putPart>[1]) {
  const offsets = [0, 8_388_608, 16_777_216].reverse();
  const answers = await Promise.all(offsets.map((offset) => putPart(box, session, offset)));
  return answers.map((answer) => answer.json.part);
}

function commit(
  box: BoxCalls,
  session: { session_endpoints: { commit: string } },
  json: object,
  headers: Record<string, string> = {},
) {
  return box.call('POST', session.session_endpoints.commit, {
    json,
    headers: { digest: digestOf(contents), ...headers },
  });
}

test('a session takes its parts in any order and at once, lists them, and becomes a file', async (t) => {
  const box = await boxCalls(t);
  const { status, json: session } = await create(box);
  assert.equal(status, 201);
  assert.match(session.id, /^[0-9A-F]{32}$/);
  assert.deepEqual(
    [session.type, session.part_size, session.total_parts, session.num_parts_processed],
    ['upload_session', 8_388_608, 3, 0],
  );
  assert.match(session.session_expires_at, /Z$/);
  const parts = await putAll(box, session);
  assert.match(parts[0].part_id, /^[0-9A-F]{8}$/);
  const listed = (await box.call('GET', session.session_endpoints.list_parts)).json;
  assert.equal(listed.total_count, 3);
  assert.deepEqual(
    listed.entries.map((part: { offset: number }) => part.offset),
    [0, 8_388_608, 16_777_216],
  );
  const state = (await box.call('GET', session.session_endpoints.status)).json;
  assert.equal(state.num_parts_processed, 3);
  const attributes = { content_modified_at: '2001-01-01T00:00:00Z', description: 'd' };
  const done = await commit(box, session, { parts, attributes });
  assert.deepEqual([done.status, done.json.total_count], [201, 1]);
  const [file] = done.json.entries;
  assert.deepEqual([file.name, file.size, file.sha1, file.description], ['big', size, sha1, 'd']);
  assert.equal(Date.parse(file.content_modified_at), Date.parse('2001-01-01T00:00:00Z'));
  assert.ok((await box.contents(file.id)).equals(contents));
  const again = await commit(box, session, { parts });
  assert.deepEqual([again.status, again.json.entries[0].id], [201, file.id]);
  assert.equal((await box.call('DELETE', session.session_endpoints.abort)).status, 204);
  assert.equal((await box.contents(file.id)).length, size);
});

test('every address that a session names is there, that of the log too', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const { log_event: log, list_parts: parts, status } = session.session_endpoints;
  const told = await box.call('POST', log, { json: { event_type: 'part_failure' } });
  assert.equal(told.status, 204);
  assert.deepEqual([(await box.get(parts)).status, (await box.get(status)).status], [200, 200]);
  await box.call('DELETE', session.session_endpoints.abort);
  assert.equal((await box.call('POST', log, { json: {} })).status, 404);
});

test('creating is refused in the words of Box', async (t) => {
  const box = await boxCalls(t);
  const cases: [changes: object, status: number, code: string][] = [
    [{ folder_id: undefined }, 400, 'missing_destination'],
    [{ folder_id: 'x' }, 400, 'invalid_folder_id'],
    [{ file_id: '1' }, 400, 'multiple_destinations'],
    [{ file_name: undefined }, 400, 'missing_file_name'],
    [{ file_name: 'a/b' }, 400, 'item_name_invalid'],
    [{ file_size: undefined }, 400, 'missing_file_size'],
    [{ file_size: 'many' }, 400, 'invalid_file_size'],
    [{ file_size: 19_999_999 }, 400, 'file_size_too_small'],
    [{ file_size: 6e10 }, 403, 'file_size_limit_exceeded'],
    [{ folder_id: '12345' }, 404, 'not_found'],
  ];
  for (const [changes, status, code] of cases) {
    const answer = await create(box, changes);
    assert.deepEqual([answer.status, answer.json.code], [status, code]);
  }
  const taken = await box.file('BIG', 'x');
  const conflict = await create(box);
  assert.deepEqual([conflict.status, conflict.json.context_info.conflicts.id], [409, taken.id]);
});

test('a part is refused for its range, its length, its digest, and when it is there already', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const short = contents.subarray(0, 100);
  const first = contents.subarray(0, session.part_size);
  const cases: [changes: Parameters<typeof putPart>[3], status: number][] = [
    [{ range: `bytes 1-8388608/${size}` }, 400],
    [{ bytes: short }, 400],
    [{ bytes: short, range: `bytes 0-8388607/${size}` }, 400],
    [{ range: 'bytes 0-8388607/999' }, 400],
    [{ range: 'nonsense' }, 400],
    [{ range: `bytes 25165824-33554431/${size}` }, 416],
    [{ digest: digestOf(short) }, 412],
    [{ digest: 'md5=x' }, 400],
  ];
  for (const [changes, status] of cases) {
    assert.equal(
      (await putPart(box, session, 0, changes)).status,
      status,
      JSON.stringify(changes?.range),
    );
  }
  assert.equal((await box.call('GET', session.session_endpoints.list_parts)).json.total_count, 0);
  assert.equal(
    (await putPart(box, session, 0, { digest: digestOf(first).replace('sha', 'SHA') })).status,
    200,
  );
  const again = await putPart(box, session, 0);
  assert.deepEqual([again.status, again.json.code], [409, 'range_overlaps_existing_part']);
});

test('of a part that comes twice at once one is taken and the other told so', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const answers = await Promise.all([putPart(box, session, 0), putPart(box, session, 0)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assert.equal(
    answers.find(({ status }) => status === 409)?.json.code,
    'range_overlaps_existing_part',
  );
});

test('a commit is refused without all parts or with a digest of something else, and can be mended', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const { json } = await putPart(box, session, 0);
  const early = await commit(box, session, { parts: [json.part] });
  assert.deepEqual([early.status, early.json.code], [400, 'parts_mismatch']);
  const parts = [json.part];
  for (const offset of [8_388_608, 16_777_216]) {
    parts.push((await putPart(box, session, offset)).json.part);
  }
  assert.equal((await commit(box, session, { parts: parts.slice(1) })).json.code, 'parts_mismatch');
  const wrong = await commit(box, session, { parts }, { digest: digestOf(Buffer.from('x')) });
  assert.deepEqual([wrong.status, wrong.json.code], [400, 'bad_digest']);
  assert.equal((await commit(box, session, { parts })).status, 201);
});

test('a session for a file makes a version; If-Match and a name taken meanwhile stop its commit', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('small', 'small');
  const { status, json: session } = await box.call('POST', `/files/${file.id}/upload_sessions`, {
    json: { file_size: size, file_name: 'renamed' },
  });
  assert.equal(status, 201);
  const parts = await putAll(box, session);
  const stale = await commit(box, session, { parts }, { 'if-match': '5' });
  assert.deepEqual([stale.status, stale.json.code], [412, 'precondition_failed']);
  const blocker = await box.file('Renamed', 'x');
  const taken = await commit(box, session, { parts });
  assert.deepEqual([taken.status, taken.json.context_info.conflicts.id], [409, blocker.id]);
  await box.call('DELETE', `/files/${blocker.id}`);
  const done = await commit(box, session, { parts }, { 'if-match': '0' });
  const [now] = done.json.entries;
  assert.deepEqual([done.status, now.id, now.name, now.etag], [201, file.id, 'renamed', '1']);
  assert.equal((await box.get(`/files/${file.id}/versions`)).json.total_count, 1);
});

test('two commits at once make one file', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const parts = await putAll(box, session);
  const answers = await Promise.all([1, 2, 3].map(() => commit(box, session, { parts })));
  const ids = new Set(answers.map((answer) => answer.json.entries[0].id));
  assert.deepEqual([ids.size, answers.every((answer) => answer.status === 201)], [1, true]);
  assert.equal((await box.get('/folders/0/items')).json.total_count, 1);
  assert.equal((await box.get('/users/me')).json.space_used, size);
});

test('a session is its user’s own, ends by abort and after seven days', async (t) => {
  const box = await boxCalls(t);
  const { json: session } = await create(box);
  const url = session.session_endpoints.status;
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.call('GET', url, { token })).json.code, 'forbidden');
  assert.equal((await box.call('DELETE', url)).status, 204);
  assert.equal((await box.call('GET', url)).status, 404);
  const { json: late } = await create(box);
  box.emulator.clock.advance(7 * 24 * 3600 * 1000);
  const expired = await putPart(box, late, 0);
  assert.deepEqual([expired.status, expired.json.code], [410, 'session_expired']);
});

test('a folder that goes to the trash while its file is committed takes the file along, or refuses it', async (t) => {
  const box = await boxCalls(t);
  const outer = await box.folder('outer');
  const inner = await box.folder('inner', outer);
  const { json: session } = await create(box, { folder_id: inner });
  const parts = await putAll(box, session);
  const [committed, deleted] = await Promise.all([
    commit(box, session, { parts }),
    box.call('DELETE', `/folders/${outer}?recursive=true`),
  ]);
  assert.equal(deleted.status, 204);
  assert.ok([201, 404].includes(committed.status), String(committed.status));
  assert.equal((await box.get('/folders/0?fields=size')).json.size, 0);
});
