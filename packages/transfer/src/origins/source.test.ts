import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, rename, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha1Of, sha1OfSource } from '../hash.ts';
import { fingerprintOf } from '../state/hashes.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { openSource } from './source.ts';

const live = new AbortController().signal;
const changed = { code: 'changed-while-read', recovery: 'restart' };

test('a file is read as often as wanted, whole or in pieces, with the same SHA-1', async (t) => {
  const path = join(await temporaryFolder(t), 'a');
  const bytes = Buffer.alloc(1_300_000, 'abcdefg');
  await writeFile(path, bytes);
  await using source = disposable(await openSource(path));
  assert.equal(source.sizeBytes, bytes.byteLength);
  for (let reading = 0; reading < 2; reading++) {
    assert.deepEqual(Buffer.concat(await Array.fromAsync(source.read())), bytes);
  }
  assert.deepEqual(await source.readWhole(), bytes);
  assert.equal(await sha1OfSource(source, live), sha1Of(bytes));
});

test('its times are told to the second, and none from before 1970', async (t) => {
  const path = join(await temporaryFolder(t), 'a');
  await writeFile(path, '');
  await utimes(path, 0, new Date('2001-02-03T04:05:06.789Z'));
  await using source = disposable(await openSource(path));
  assert.equal(source.contentModifiedAt, '2001-02-03T04:05:06+00:00');
  await utimes(path, 0, new Date('1960-01-01T00:00:00Z'));
  await using old = disposable(await openSource(path));
  assert.equal(old.contentModifiedAt, undefined);
});

const changes: Record<string, (path: string) => Promise<void>> = {
  grows: (path) => appendFile(path, 'more'),
  shrinks: (path) => truncate(path, 10),
  'is written over': (path) => writeFile(path, Buffer.alloc(700_000, 'z')),
  'is replaced by another file': async (path) => {
    await writeFile(`${path}.new`, Buffer.alloc(700_000, 'z'));
    await rename(`${path}.new`, path);
  },
};

for (const [what, change] of Object.entries(changes)) {
  test(`a file that ${what} while it is read is never read to its end`, async (t) => {
    const path = join(await temporaryFolder(t), 'a');
    await writeFile(path, Buffer.alloc(700_000, 'a'));
    await using source = disposable(await openSource(path));
    const reading = source.read();
    let givenBytes = (await reading.next()).value?.byteLength ?? 0;
    await change(path);
    await assert.rejects(async () => {
      for await (const chunk of reading) givenBytes += chunk.byteLength;
    }, changed);
    assert.ok(givenBytes < 700_000, 'the last bytes were held back');
    await assert.rejects(source.readWhole(), changed);
    await assert.rejects(source.assertUnchanged(), changed);
  });
}

test('a link and a pipe are refused, without waiting for the pipe', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'a'), '');
  await symlink('a', join(folder, 'link'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await assert.rejects(openSource(join(folder, 'link')), { code: 'ELOOP' });
  await assert.rejects(openSource(join(folder, 'pipe')), { code: 'special-file' });
});

/** Opens a file that is remembered as it is now. */
async function remembered(path: string) {
  const stats = await stat(path, { bigint: true });
  const seen = fingerprintOf(stats);
  const opened: number[] = [];
  const source = await openSource(path, {
    assertWanted: (fd) => opened.push(fd),
    known: { find: ({ fingerprint }) => (fingerprint === seen ? 'its SHA-1' : undefined) },
  });
  return { source: disposable(source), opened };
}

test('a file that is remembered is not opened before it is read', async (t) => {
  const path = join(await temporaryFolder(t), 'a');
  await writeFile(path, 'abc');
  const { source, opened } = await remembered(path);
  assert.deepEqual([source.sha1, source.sizeBytes, opened.length], ['its SHA-1', 3, 0]);
  assert.equal(await sha1OfSource(source, live), 'its SHA-1');
  assert.equal(opened.length, 0);
  const readings = await Promise.all([source.readWhole(), source.readWhole()]);
  assert.deepEqual([readings.map(String), opened.length], [['abc', 'abc'], 1]);
  await source.close();
  await assert.rejects(source.readWhole(), /is closed/);
});

for (const [what, change] of Object.entries(changes)) {
  test(`a file that is remembered, and ${what} before it is read, is not read`, async (t) => {
    const path = join(await temporaryFolder(t), 'a');
    await writeFile(path, Buffer.alloc(700_000, 'a'));
    const { source } = await remembered(path);
    await change(path);
    await assert.rejects(source.readWhole(), changed);
    await assert.rejects(Array.fromAsync(source.read()), changed);
    await assert.rejects(source.assertUnchanged(), changed);
    await source.close();
  });
}

test('a link in the place of a file that is remembered is not followed', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a');
  await writeFile(path, 'abc');
  const { source } = await remembered(path);
  await rename(path, join(folder, 'b'));
  await symlink('b', path);
  await assert.rejects(source.readWhole(), { code: 'ELOOP' });
  await source.close();
  await assert.rejects(remembered(path), { code: 'ELOOP' });
});

function disposable<T extends { close(): Promise<void> }>(thing: T): T & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: () => thing.close() });
}

test('a file that has more in it than its size says is not taken for an empty one', {
  skip: process.platform === 'linux' ? false : 'only Linux has such files at a known place',
}, async () => {
  const source = await openSource('/proc/self/status');
  assert.equal(source.sizeBytes, 0);
  await assert.rejects(source.readWhole(), { code: 'special-file' });
  await assert.rejects(Array.fromAsync(source.read()), { code: 'special-file' });
  await source.close();
});
