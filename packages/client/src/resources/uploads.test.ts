import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { bodyOf, type RequestBody } from '../body.ts';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

const CONTENT = randomBytes(300_000);
const SHA1 = createHash('sha1').update(CONTENT).digest('hex');
const FILE = { name: 'a.bin', parentId: '0' };
const UPLOADS = { method: 'POST', path: '/files/content' };
const VERSIONS = { method: 'POST', path: '/files/:id/content' };
const TEN_MINUTES_MS = 600_000;

/** As a file on disk gives it: piece by piece, its SHA-1 unknown before it was read. */
const streamed: RequestBody = {
  sizeBytes: CONTENT.byteLength,
  async *open() {
    for (let at = 0; at < CONTENT.byteLength; at += 65_536) yield CONTENT.subarray(at, at + 65_536);
  },
};

const bodies: readonly {
  readonly how: string;
  readonly body: RequestBody;
  readonly sha1?: string;
}[] = [
  { how: 'in memory', body: bodyOf(CONTENT) },
  { how: 'streamed', body: streamed },
  { how: 'streamed with a known SHA-1', body: streamed, sha1: SHA1 },
];

async function filesIn(box: TestBox) {
  return (await listed(box.client.folders.items('0'))).map(
    (item) => item.type === 'file' && item.sha1,
  );
}

for (const { how, ...content } of bodies) {
  test(`content ${how} arrives whole, and its progress is told`, async () => {
    await using box = await openBox();
    const progress: number[] = [];
    const uploaded = await box.client.files.upload(
      { ...FILE, ...content },
      { onProgress: (sentBytes) => progress.push(sentBytes) },
    );
    assert.deepEqual([uploaded.sha1, uploaded.size], [SHA1, CONTENT.byteLength]);
    assert.equal(progress.at(-1), CONTENT.byteLength);
    assert.deepEqual(
      progress,
      [...progress].sort((a, b) => a - b),
    );
  });

  test(`a new file ${how} whose answer was lost is found, not sent again`, async () => {
    await using box = await openBox();
    box.emulator.faults.add({ match: UPLOADS, action: { cut: 'after' } });
    const uploaded = await box.client.files.upload({ ...FILE, ...content }, { fields: ['parent'] });
    assert.deepEqual([uploaded.sha1, uploaded.parent?.id], [SHA1, '0']);
    assert.equal(box.emulator.counts()['POST /files/content'], 1);
    assert.deepEqual(await filesIn(box), [SHA1]);
  });

  for (const cut of ['before', 'in'] as const) {
    test(`a new file ${how} is sent again when the connection broke ${cut} its body`, async () => {
      await using box = await openBox();
      box.emulator.faults.add({ match: UPLOADS, action: { cut } });
      assert.equal((await box.client.files.upload({ ...FILE, ...content })).sha1, SHA1);
      assert.equal(box.emulator.counts()['POST /files/content'], 2);
      assert.deepEqual(await filesIn(box), [SHA1]);
    });
  }

  test(`a new version ${how} whose answer was lost is found, etag or not`, async () => {
    await using box = await openBox();
    const { files } = box.client;
    const first = await files.upload({ ...FILE, body: bodyOf('first') });
    box.emulator.faults.add({ match: VERSIONS, action: { cut: 'after' } });
    const second = await files.uploadVersion(first.id, content, { ifMatch: String(first.etag) });
    assert.equal(second.sha1, SHA1);
    assert.equal((await listed(files.versions(first.id))).length, 1);
    assert.equal(box.emulator.counts()['POST /files/:id/content'], 1);
  });
}

test('a 5xx after which the file does not stand there is repeated', async () => {
  await using box = await openBox();
  box.emulator.faults.add({ match: UPLOADS, action: { status: 500 }, times: 2 });
  assert.equal((await box.client.files.upload({ ...FILE, body: streamed })).sha1, SHA1);
  assert.equal(box.emulator.counts()['POST /files/content'], 3);
});

test('a repetition that is refused because the first attempt went through after all is a success', async () => {
  await using box = await openBox();
  // Box is still at work when it is asked, so that the lookup finds nothing and the upload is repeated.
  box.emulator.faults.add({ match: UPLOADS, action: { cut: 'after' } });
  box.emulator.faults.add({
    match: { method: 'OPTIONS' },
    action: { status: 200, body: '{"upload_url":"https://upload.box.com/"}' },
  });
  assert.equal((await box.client.files.upload({ ...FILE, body: streamed })).sha1, SHA1);
  assert.equal(box.emulator.counts()['POST /files/content'], 2);
  assert.deepEqual(await filesIn(box), [SHA1]);
});

test('the same file that was there long before is a conflict, even after an attempt that broke', async () => {
  await using box = await openBox();
  await box.emulator.seed({ '/a.bin': CONTENT });
  box.emulator.clock.advance(TEN_MINUTES_MS);
  await assert.rejects(box.client.files.upload({ ...FILE, body: streamed }), {
    code: 'item_name_in_use',
  });
  box.emulator.faults.add({ match: UPLOADS, action: { cut: 'before' } });
  await assert.rejects(box.client.files.upload({ ...FILE, body: streamed }), {
    code: 'item_name_in_use',
  });
});

test('another file that took the name meanwhile is a conflict', async () => {
  await using box = await openBox();
  await box.emulator.seed({ '/a.bin': 'something else' });
  box.emulator.faults.add({ match: UPLOADS, action: { cut: 'before' } });
  await assert.rejects(box.client.files.upload({ ...FILE, body: streamed }), {
    code: 'item_name_in_use',
  });
});

test('a version is refused when somebody else changed the file, even after an attempt that broke', async () => {
  await using box = await openBox();
  const { files } = box.client;
  const first = await files.upload({ ...FILE, body: bodyOf('first') });
  await files.uploadVersion(first.id, { body: bodyOf('theirs') });
  box.emulator.faults.add({ match: VERSIONS, action: { cut: 'before' } });
  await assert.rejects(
    files.uploadVersion(first.id, { body: streamed }, { ifMatch: String(first.etag) }),
    { code: 'precondition_failed', recovery: 'restart' },
  );
  assert.equal((await listed(files.versions(first.id))).length, 1);
});

test('a version that did not arrive is sent again, though somebody else changed the file just before', async () => {
  await using box = await openBox();
  const { files } = box.client;
  const theirs = Buffer.alloc(CONTENT.byteLength);
  const first = await files.upload({ ...FILE, body: bodyOf(theirs) });
  box.emulator.faults.add({ match: VERSIONS, action: { cut: 'before' } });
  const second = await files.uploadVersion(first.id, { body: streamed, sha1: SHA1 });
  assert.equal(second.sha1, SHA1);
  assert.equal(box.emulator.counts()['POST /files/:id/content'], 2);
});

test('bytes that were changed on the way are refused by Box, and nothing is stored', async () => {
  await using box = await openBox();
  box.emulator.faults.add({ match: UPLOADS, action: { wrongBytes: true }, times: 'always' });
  await assert.rejects(box.client.files.upload({ ...FILE, body: streamed, sha1: SHA1 }), {
    code: 'bad_digest',
    recovery: 'restart',
  });
  assert.deepEqual(await filesIn(box), []);
});

test('bytes that were changed on the way are noticed without a SHA-1 beforehand too', async () => {
  await using box = await openBox();
  box.emulator.faults.add({ match: UPLOADS, action: { wrongBytes: true } });
  await assert.rejects(box.client.files.upload({ ...FILE, body: streamed }), {
    code: 'sha1_mismatch',
    message: new RegExp(SHA1),
  });
});

for (const { how, sizeBytes } of [
  { how: 'fewer', sizeBytes: CONTENT.byteLength + 1 },
  { how: 'more', sizeBytes: CONTENT.byteLength - 1 },
]) {
  test(`a source that gives ${how} bytes than it said fails the upload, once, and nothing is stored`, async () => {
    await using box = await openBox();
    await assert.rejects(box.client.files.upload({ ...FILE, body: { ...streamed, sizeBytes } }), {
      code: 'body_length',
      recovery: 'restart',
    });
    assert.deepEqual(await filesIn(box), []);
    assert.ok((box.emulator.counts()['POST /files/content'] ?? 0) <= 1);
  });
}

test('a source that cannot be read fails the upload with its own error', async () => {
  await using box = await openBox();
  const broken: RequestBody = {
    sizeBytes: 10,
    async *open() {
      yield Buffer.from('half');
      throw new Error('the disk is gone');
    },
  };
  await assert.rejects(box.client.files.upload({ ...FILE, body: broken }), /the disk is gone/);
});

test('an upload that is given up ends with the reason', async () => {
  await using box = await openBox();
  box.emulator.faults.add({ match: UPLOADS, action: { stall: 'before' } });
  const stop = new AbortController();
  const uploading = box.client.files.upload(
    { ...FILE, body: streamed },
    {
      signal: stop.signal,
      onProgress: (sent) => sent === CONTENT.byteLength && stop.abort(new Error('enough')),
    },
  );
  await assert.rejects(uploading, /enough/);
});
