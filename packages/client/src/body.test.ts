import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { bodyOf, bodyOfFile, hashed, openExactly, type RequestBody } from './body.ts';

let folder = '';
let path = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boxhaul-body-'));
  path = join(folder, 'digits');
  await writeFile(path, '0123456789');
});
after(() => rm(folder, { recursive: true }));

async function text(body: RequestBody): Promise<string> {
  return (await buffer(openExactly(body))).toString();
}

test('text is sent as UTF-8, and its size counts bytes', async () => {
  const body = bodyOf('naïve 🎈');
  assert.equal(body.sizeBytes, 11);
  assert.equal(await text(body), 'naïve 🎈');
});

for (const { range, expected } of [
  { range: undefined, expected: '0123456789' },
  { range: { start: 0, end: 0 }, expected: '0' },
  { range: { start: 3, end: 6 }, expected: '3456' },
  { range: { start: 7 }, expected: '789' },
  { range: { start: 10 }, expected: '' },
]) {
  test(`a file gives the range ${JSON.stringify(range)}, end included, each time it is opened`, async () => {
    const body = await bodyOfFile(path, range);
    assert.equal(body.sizeBytes, expected.length);
    assert.equal(await text(body), expected);
    assert.equal(await text(body), expected);
  });
}

for (const range of [{ start: 0, end: 10 }, { start: 11 }, { start: -1 }, { start: 5, end: 3 }]) {
  test(`a range outside the file is refused before anything is sent: ${JSON.stringify(range)}`, async () => {
    await assert.rejects(bodyOfFile(path, range), { code: 'input', message: /10 bytes/ });
  });
}

test('an empty file is a body of no bytes', async () => {
  const empty = join(folder, 'empty');
  await writeFile(empty, '');
  assert.equal(await text(await bodyOfFile(empty)), '');
});

test('a file that shrank since is an error; what was appended since is not sent', async () => {
  const changing = join(folder, 'changing');
  await writeFile(changing, 'twelve bytes');
  const body = await bodyOfFile(changing);
  await truncate(changing, 6);
  await assert.rejects(text(body), { code: 'body_length', recovery: 'restart' });
  await appendFile(changing, ' bytes, and more');
  assert.equal(await text(body), 'twelve bytes');
});

test('the SHA-1 of a body is known once it was read to its end, and not before', async () => {
  const body = hashed(await bodyOfFile(path));
  for await (const _ of body.open()) break;
  assert.equal(body.sha1(), undefined);
  await text(body);
  assert.equal(body.sha1(), '87acec17cd9dcd20a716cc2cf67417b71c8a7016');
  assert.equal(hashed(bodyOf('0123456789')).sha1(), '87acec17cd9dcd20a716cc2cf67417b71c8a7016');
});
