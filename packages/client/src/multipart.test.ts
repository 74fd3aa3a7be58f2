import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyOf, type RequestBody } from './body.ts';
import { multipartUpload } from './multipart.ts';

/** Reads a form with Node's own parser, which is not ours. */
async function parsed(contentType: string, bytes: Uint8Array<ArrayBuffer>): Promise<FormData> {
  return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
}

async function collected(body: RequestBody): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await buffer(body.open()));
}

/** A body in pieces, so that nothing depends on how the bytes are cut. */
function inPieces(
  content: Uint8Array,
  pieceBytes: number,
  sizeBytes = content.byteLength,
): RequestBody {
  return {
    sizeBytes,
    async *open() {
      for (let at = 0; at < content.byteLength; at += pieceBytes) {
        yield content.subarray(at, at + pieceBytes);
      }
    },
  };
}

test('any bytes under any name arrive as they were, of just the length that was promised', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2000 }),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 1, max: 700 }),
      async (content, name, pieceBytes) => {
        for (const file of [bodyOf(content), inPieces(content, pieceBytes)]) {
          const form = multipartUpload({ name, parent: { id: '0' } }, file);
          const sent = await collected(form);
          assert.equal(sent.byteLength, form.sizeBytes);
          if (form.bytes) assert.deepEqual(Buffer.from(form.bytes), Buffer.from(sent));
          const fields = await parsed(form.contentType, sent);
          assert.deepEqual([...fields.keys()], ['attributes', 'file']);
          assert.deepEqual(JSON.parse(String(fields.get('attributes'))), {
            name,
            parent: { id: '0' },
          });
          const received = fields.get('file');
          assert.ok(received instanceof File);
          assert.deepEqual(new Uint8Array(await received.arrayBuffer()), new Uint8Array(content));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('content that looks like the form around it stays content', async () => {
  const content = Buffer.from(
    'a\r\n--line\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n{}\r\n',
  );
  const form = multipartUpload({ name: 'a' }, bodyOf(content));
  const file = (await parsed(form.contentType, await collected(form))).get('file');
  assert.ok(file instanceof File);
  assert.equal(await file.text(), content.toString());
});

test('a form can be opened again and gives the same bytes', async () => {
  const form = multipartUpload({ name: 'a' }, inPieces(Buffer.from('hello, again'), 5));
  assert.deepEqual(await collected(form), await collected(form));
});

for (const { title, sizeBytes, given } of [
  { title: 'fewer bytes', sizeBytes: 13, given: 'only 12' },
  { title: 'more bytes', sizeBytes: 11, given: 'more than that' },
]) {
  test(`a source that gives ${title} than it promised is an error, and the form is never closed`, async () => {
    const form = multipartUpload(
      { name: 'a' },
      inPieces(Buffer.from('hello, again'), 5, sizeBytes),
      'line',
    );
    const sent: Buffer[] = [];
    await assert.rejects(
      async () => {
        for await (const chunk of form.open()) sent.push(Buffer.from(chunk));
      },
      {
        code: 'body_length',
        recovery: 'restart',
        message: new RegExp(`${sizeBytes} bytes.*${given}`),
      },
    );
    assert.ok(!Buffer.concat(sent).toString().includes('--line--'));
  });
}
