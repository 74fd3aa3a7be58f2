import assert from 'node:assert/strict';
import { type BigIntStats, statSync } from 'node:fs';
import { appendFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha1Of } from '../hash.ts';
import { openBox } from '../testing/box.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { upload } from '../upload/upload-tree.ts';
import { likenessOf } from './hashes.ts';
import { openState } from './state.ts';

function looks(path: string): BigIntStats {
  return statSync(path, { bigint: true });
}

test('a SHA-1 is known for as long as the file stays what it was', async (t) => {
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'state');
  const path = join(folder, 'a');
  const later = Date.now() + 10_000;
  const changes: [string, () => Promise<void>][] = [
    ['longer', () => appendFile(path, 'more')],
    ['another time', () => utimes(path, 1, 1)],
    [
      'another file',
      async () => {
        await writeFile(join(folder, 'b'), 'x');
        await rename(join(folder, 'b'), path);
      },
    ],
  ];
  for (const [how, change] of changes) {
    await writeFile(path, 'contents');
    const state = openState(directory);
    state.hashes.learn(likenessOf(path, looks(path), later), 'abc');
    state.close();
    const again = openState(directory);
    t.after(() => again.close());
    assert.equal(again.hashes.find(likenessOf(path, looks(path), later)), 'abc');
    await change();
    assert.equal(again.hashes.find(likenessOf(path, looks(path), later)), undefined, how);
  }
});

test('a file that was just written is not remembered: it may be written to unseen', async (t) => {
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'state');
  const path = join(folder, 'a');
  await writeFile(path, 'contents');
  const stats = looks(path);
  const writtenMs = Number(stats.ctimeMs);
  const found = (readFromMs: number) => {
    const state = openState(directory);
    state.hashes.learn(likenessOf(path, stats, readFromMs), 'abc');
    state.close();
    const again = openState(directory);
    const sha1 = again.hashes.find(likenessOf(path, stats, readFromMs));
    again.close();
    return sha1;
  };
  assert.equal(found(writtenMs + 1), undefined);
  assert.equal(found(writtenMs + 5_000), 'abc');
});

test('a SHA-1 that is remembered wrong sends no wrong file', async (t) => {
  await using box = await openBox();
  const folder = await temporaryFolder(t);
  const state = openState(join(folder, 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'a', title: '', command: { argv: [], cwd: '/' } };
  for (const sizeBytes of [1_000, 2_000_000]) {
    const path = join(folder, String(sizeBytes));
    const contents = Buffer.alloc(sizeBytes, 'contents');
    await writeFile(path, contents);
    state.hashes.write(path, looks(path), 'a'.repeat(40));
    const options = { client: box.client, folderId: '0', mode: 'overwrite', remember } as const;
    const report = await upload({ ...options, sources: [path] });
    assert.deepEqual([report.transferred, report.failures], [1, []], path);
    assert.equal((await box.file('0', String(sizeBytes))).sha1, sha1Of(contents));
  }
});
