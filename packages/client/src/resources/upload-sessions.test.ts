import assert from 'node:assert/strict';
import { createHash, hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { bodyOf } from '../body.ts';
import type { BoxPart, BoxUploadSession } from '../box-types.ts';
import type { BoxClient } from '../client.ts';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

/** Just over the least that a session takes, and not a whole number of parts. */
const CONTENT = Buffer.alloc(20_971_520 + 12_345, 'a file in parts; ');
const SHA1 = createHash('sha1').update(CONTENT).digest('hex');
const FILE = { folderId: '0', fileName: 'big.bin', fileSizeBytes: CONTENT.byteLength };
const PARTS = { method: 'PUT', path: '/files/upload_sessions/:id' };
const COMMITS = { method: 'POST', path: '/files/upload_sessions/:id/commit' };

async function uploadPart(
  client: BoxClient,
  session: BoxUploadSession,
  index: number,
): Promise<BoxPart> {
  const offset = index * session.part_size;
  const bytes = CONTENT.subarray(offset, offset + session.part_size);
  return await client.uploadSessions.uploadPart(session, {
    offset,
    body: bodyOf(bytes),
    sha1: hash('sha1', bytes),
    totalBytes: CONTENT.byteLength,
  });
}

async function uploadParts(client: BoxClient, session: BoxUploadSession): Promise<BoxPart[]> {
  const indices = Array.from({ length: session.total_parts }, (_, index) => index);
  return await Promise.all(indices.map((index) => uploadPart(client, session, index)));
}

async function open(box: TestBox) {
  const session = await box.client.uploadSessions.create(FILE);
  return { session, parts: await uploadParts(box.client, session) };
}

test('a file in parts is made, listed and committed', async () => {
  await using box = await openBox();
  const { uploadSessions, files } = box.client;
  const { session, parts } = await open(box);
  assert.equal((await uploadSessions.get(session.id)).num_parts_processed, parts.length);
  const known = await listed(uploadSessions.parts(session));
  assert.deepEqual(
    known.map(({ part_id }) => part_id).sort(),
    parts.map(({ part_id }) => part_id).sort(),
  );
  const file = await uploadSessions.commit(
    session,
    { parts, sha1: SHA1, contentModifiedAt: new Date('2020-01-01') },
    { fields: ['size', 'content_modified_at'] },
  );
  assert.deepEqual([file.name, file.sha1, file.size], ['big.bin', SHA1, CONTENT.byteLength]);
  assert.equal(Date.parse(String(file.content_modified_at)), Date.parse('2020-01-01'));
  const { body } = await files.download(file.id);
  assert.ok((await buffer(body)).equals(CONTENT));
  await uploadSessions.abort(session);
});

test('a session on a file makes a version of it, bound to an etag if asked', async () => {
  await using box = await openBox();
  const { uploadSessions, files } = box.client;
  const first = await files.upload({ name: 'big.bin', parentId: '0', body: bodyOf('first') });
  const session = await uploadSessions.createForFile(first.id, {
    fileSizeBytes: CONTENT.byteLength,
  });
  const parts = await uploadParts(box.client, session);
  const commit = { parts, sha1: SHA1 };
  await files.update(first.id, { description: 'somebody was here' });
  await assert.rejects(uploadSessions.commit(session, commit, { ifMatch: String(first.etag) }), {
    code: 'precondition_failed',
  });
  const file = await uploadSessions.commit(session, commit);
  assert.deepEqual([file.id, file.sha1], [first.id, SHA1]);
});

for (const cut of ['before', 'in', 'after'] as const) {
  test(`a part is stored once when the connection breaks ${cut} its body`, async () => {
    await using box = await openBox();
    box.emulator.faults.add({ match: PARTS, action: { cut } });
    const { session, parts } = await open(box);
    assert.equal((await listed(box.client.uploadSessions.parts(session))).length, parts.length);
    assert.equal(
      (await box.client.uploadSessions.commit(session, { parts, sha1: SHA1 })).sha1,
      SHA1,
    );
  });
}

test('a part that is stored already is taken as it is; other bytes in its place are refused', async () => {
  await using box = await openBox();
  const { session, parts } = await open(box);
  assert.deepEqual(await uploadPart(box.client, session, 1), parts[1]);
  const other = Buffer.alloc(session.part_size);
  const part = {
    offset: 0,
    body: bodyOf(other),
    sha1: hash('sha1', other),
    totalBytes: CONTENT.byteLength,
  };
  await assert.rejects(box.client.uploadSessions.uploadPart(session, part), {
    code: 'range_overlaps_existing_part',
  });
});

test('a part whose bytes were changed on the way is refused', async () => {
  await using box = await openBox();
  const session = await box.client.uploadSessions.create(FILE);
  box.emulator.faults.add({ match: PARTS, action: { wrongBytes: true }, times: 'always' });
  await assert.rejects(uploadPart(box.client, session, 0), { status: 412 });
  assert.deepEqual(await listed(box.client.uploadSessions.parts(session)), []);
});

test('a commit that Box is still at work on is waited for as long as Box asks', async () => {
  await using box = await openBox();
  const { session, parts } = await open(box);
  box.emulator.faults.add({ action: { commit202: 3 }, times: 2 });
  const file = await box.client.uploadSessions.commit(session, { parts, sha1: SHA1 });
  assert.equal(file.sha1, SHA1);
  assert.deepEqual(box.clock.sleeps, [3000, 3000]);
});

test('parts that Box does not see yet are waited for, within a minute', async () => {
  await using box = await openBox();
  const { session, parts } = await open(box);
  const action = { status: 400, code: 'parts_mismatch' };
  box.emulator.faults.add({ match: COMMITS, action, times: 2 });
  const commit = { parts, sha1: SHA1 };
  assert.equal((await box.client.uploadSessions.commit(session, commit)).sha1, SHA1);

  box.emulator.faults.add({ match: COMMITS, action, times: 'always' });
  await assert.rejects(box.client.uploadSessions.commit(session, commit), {
    code: 'parts_mismatch',
  });
  const waitedMs = box.clock.sleeps.reduce((sum, ms) => sum + ms, 0);
  assert.ok(waitedMs <= 65_000, `${waitedMs}`);
});

test('a commit whose answer was lost is answered with the file that it made', async () => {
  await using box = await openBox();
  const { session, parts } = await open(box);
  box.emulator.faults.add({ match: COMMITS, action: { cut: 'after', of: 'request' } });
  assert.equal((await box.client.uploadSessions.commit(session, { parts, sha1: SHA1 })).sha1, SHA1);
});

test('a commit whose answer was lost is found by its target if Box has forgotten the session', async () => {
  await using box = await openBox();
  const { session, parts } = await open(box);
  box.emulator.faults.add({ match: COMMITS, action: { cut: 'after', of: 'request' } });
  box.emulator.faults.add({
    match: COMMITS,
    action: { status: 404, code: 'not_found' },
    times: 'always',
  });
  const target = { name: 'big.bin', parentId: '0' };
  const file = await box.client.uploadSessions.commit(session, { parts, sha1: SHA1, target });
  assert.equal(file.sha1, SHA1);
});

test('addresses on a host that must not see the token are not used: the documented paths are', async () => {
  await using box = await openBox();
  const session = await box.client.uploadSessions.create(FILE);
  const elsewhere = 'https://upload.example.com/api/2.0/files/upload_sessions/1';
  const session_endpoints = {
    ...session.session_endpoints,
    upload_part: elsewhere,
    commit: `${elsewhere}/commit`,
    list_parts: `${elsewhere}/parts`,
    abort: 'https://upload.box.com/api/2.0/files/upload_sessions/1',
  };
  const astray = { ...session, session_endpoints };
  const parts = await uploadParts(box.client, astray);
  assert.equal((await listed(box.client.uploadSessions.parts(astray))).length, parts.length);
  assert.equal((await box.client.uploadSessions.commit(astray, { parts, sha1: SHA1 })).sha1, SHA1);
  await box.client.uploadSessions.abort(astray);
});

test('an aborted session is gone; aborting it again is no error', async () => {
  await using box = await openBox();
  const { uploadSessions } = box.client;
  const session = await uploadSessions.create(FILE);
  await uploadSessions.abort(session);
  await uploadSessions.abort(session);
  await assert.rejects(uploadSessions.get(session.id), { name: 'BoxApiError' });
});

test('a session open for the name is taken after an attempt whose answer was lost, if it holds nothing', async () => {
  await using box = await openBox();
  const open = await box.client.uploadSessions.create(FILE);
  const match = { method: 'POST', path: '/files/upload_sessions' };
  const refusal = (session: object) =>
    ({
      status: 409,
      body: JSON.stringify({ type: 'error', code: 'session_conflict', context_info: { session } }),
    }) as const;
  box.emulator.faults.add({ match, action: refusal(open) });
  await assert.rejects(box.client.uploadSessions.create(FILE), { code: 'session_conflict' });
  box.emulator.faults.add({ match, action: { cut: 'before' } });
  box.emulator.faults.add({ match, action: refusal(open) });
  assert.equal((await box.client.uploadSessions.create(FILE)).id, open.id);
  box.emulator.faults.add({ match, action: { cut: 'before' } });
  box.emulator.faults.add({ match, action: refusal({ ...open, num_parts_processed: 1 }) });
  await assert.rejects(box.client.uploadSessions.create(FILE), { code: 'session_conflict' });
});
