import assert from 'node:assert/strict';
import { type BigIntStats, statSync } from 'node:fs';
import { appendFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/disk.ts';
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
    state.hashes.learn(path, looks(path), 'abc', later);
    state.close();
    const again = openState(directory);
    t.after(() => again.close());
    assert.equal(again.hashes.find(path, looks(path)), 'abc');
    await change();
    assert.equal(again.hashes.find(path, looks(path)), undefined, how);
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
    state.hashes.learn(path, stats, 'abc', readFromMs);
    state.close();
    const again = openState(directory);
    const sha1 = again.hashes.find(path, stats);
    again.close();
    return sha1;
  };
  assert.equal(found(writtenMs + 1), undefined);
  assert.equal(found(writtenMs + 5_000), 'abc');
});
