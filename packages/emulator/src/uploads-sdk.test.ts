/** Box's own SDK for Node, unmodified, uploads in parts. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { sdk } from './testing/sdk.ts';

test('upload sessions: a big file in one call', async (t) => {
  const { client } = await sdk(t);
  const contents = Buffer.alloc(21_000_001, 'a big file ');
  const file = await client.chunkedUploads.uploadBigFile(
    Readable.from(chunksOf(contents, 1_000_000)),
    'big',
    contents.length,
    '0',
  );
  assert.equal(file.size, contents.length);
  assert.equal(file.sha1, createHash('sha1').update(contents).digest('hex'));
  const stream = await client.downloads.downloadFile(file.id);
  assert.ok(stream && (await buffer(stream)).equals(contents));
});

test('upload sessions: every call, by id and by URL, for a file and for a version', async (t) => {
  const { client } = await sdk(t);
  const { chunkedUploads } = client;
  const contents = Buffer.alloc(20_971_520, 'by hand ');
  const created = await chunkedUploads.createFileUploadSession({
    fileName: 'big',
    fileSize: contents.length,
    folderId: '0',
  });
  const file = await sendByHand(created);
  const session = await chunkedUploads.createFileUploadSessionForExistingFile(file.id, {
    fileSize: contents.length,
  });
  assert.equal((await sendByHand(session)).etag, '1');
  const unused = await chunkedUploads.createFileUploadSession({
    fileName: 'unused',
    fileSize: contents.length,
    folderId: '0',
  });
  await chunkedUploads.deleteFileUploadSessionByUrl(unused.sessionEndpoints?.abort ?? '');

  async function sendByHand({ id = '', sessionEndpoints, partSize = 0 }: typeof created) {
    const parts = [];
    for (let offset = 0; offset < contents.length; offset += partSize) {
      const bytes = contents.subarray(offset, offset + partSize);
      const headers = {
        digest: digestOf(bytes),
        contentRange: `bytes ${offset}-${offset + bytes.length - 1}/${contents.length}`,
      };
      const body = Readable.from([bytes]);
      const sent =
        offset === 0
          ? await chunkedUploads.uploadFilePart(id, body, headers)
          : await chunkedUploads.uploadFilePartByUrl(
              sessionEndpoints?.uploadPart ?? '',
              body,
              headers,
            );
      assert.ok(sent.part);
      parts.push(sent.part);
    }
    const state = await chunkedUploads.getFileUploadSessionById(id);
    assert.equal(state.numPartsProcessed, parts.length);
    await chunkedUploads.getFileUploadSessionByUrl(sessionEndpoints?.status ?? '');
    const listed = await chunkedUploads.getFileUploadSessionParts(id);
    assert.equal(listed.totalCount, parts.length);
    await chunkedUploads.getFileUploadSessionPartsByUrl(sessionEndpoints?.listParts ?? '');
    const commit = await chunkedUploads.createFileUploadSessionCommit(
      id,
      { parts },
      { digest: digestOf(contents) },
    );
    const again = await chunkedUploads.createFileUploadSessionCommitByUrl(
      sessionEndpoints?.commit ?? '',
      { parts },
      { digest: digestOf(contents) },
    );
    assert.equal(commit?.entries?.[0]?.id, again?.entries?.[0]?.id);
    await chunkedUploads.deleteFileUploadSessionById(id);
    const made = commit?.entries?.[0];
    assert.ok(made);
    return made;
  }
});

test('upload sessions: parts in parallel, the last one first', async (t) => {
  const { client } = await sdk(t);
  const { chunkedUploads } = client;
  const contents = Buffer.from(Uint32Array.from({ length: 5_250_000 }, (_, n) => n).buffer);
  const session = await chunkedUploads.createFileUploadSession({
    fileName: 'parallel',
    fileSize: contents.length,
    folderId: '0',
  });
  const { id = '', partSize = 0, totalParts = 0 } = session;
  const offsets = Array.from({ length: totalParts }, (_, n) => n * partSize);
  const sent = await Promise.all(
    offsets.reverse().map((offset) => {
      const bytes = contents.subarray(offset, offset + partSize);
      const contentRange = `bytes ${offset}-${offset + bytes.length - 1}/${contents.length}`;
      const headers = { digest: digestOf(bytes), contentRange };
      return chunkedUploads.uploadFilePart(id, Readable.from([bytes]), headers);
    }),
  );
  const { entries } = await chunkedUploads.getFileUploadSessionParts(id);
  const inOrder = entries?.map((part) => part.offset);
  assert.deepEqual(inOrder, offsets.toReversed());
  const parts = sent.flatMap(({ part }) => part ?? []).reverse();
  const digest = digestOf(contents);
  const done = await chunkedUploads.createFileUploadSessionCommit(id, { parts }, { digest });
  const stream = await client.downloads.downloadFile(done?.entries?.[0]?.id ?? '');
  assert.ok(stream && (await buffer(stream)).equals(contents));
});

function digestOf(bytes: Buffer): string {
  return `sha=${createHash('sha1').update(bytes).digest('base64')}`;
}

function* chunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
