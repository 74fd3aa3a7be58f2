import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../testing/disk.ts';
import { StateDatabase } from './database.ts';
import { StagedFiles } from './staged-files.ts';

const SEALED = { fingerprint: 'f', sealedSha1: 's', holds: { sha1: 'h', sizeBytes: 1 } };
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

async function staged(t: TestContext) {
  const folder = await temporaryFolder(t);
  const database = new StateDatabase(folder);
  t.after(() => database.close());
  const file = (name: string) => {
    writeFileSync(join(folder, name), name);
    return join(folder, name);
  };
  return { files: new StagedFiles(database), file };
}

test('what was completed is gone on with, by one at a time', async (t) => {
  const { files, file } = await staged(t);
  const path = file('a');
  assert.deepEqual(files.claim('key', 'contents', path), {});
  assert.equal(files.claim('key', 'contents', file('b')), undefined);
  files.complete('key', path, 'contents', SEALED);
  files.release('key');
  assert.deepEqual(files.claim('key', 'contents', file('c')), { left: { path, ...SEALED } });
  files.remove('key');
  assert.ok(!existsSync(path));
  assert.deepEqual(files.claim('key', 'contents', file('d')), {});
  files.remove('key');
});

test('what is of other contents, or was not completed, is removed when the next takes its place', async (t) => {
  const { files, file } = await staged(t);
  const [first, second, third] = [file('1'), file('2'), file('3')];
  files.claim('key', 'contents', first);
  files.complete('key', first, 'contents', SEALED);
  files.release('key');
  assert.deepEqual(files.claim('key', 'others', second), {});
  assert.ok(!existsSync(first));
  files.release('key');
  assert.deepEqual(files.claim('key', 'others', third), {});
  assert.ok(!existsSync(second) && existsSync(third));
  files.remove('key');
});

test('nothing lies for ever: half files go at once, whole ones after a week', async (t) => {
  const { files, file } = await staged(t);
  const [half, whole, inHand] = [file('half'), file('whole'), file('in hand')];
  files.claim('half', 'contents', half);
  files.release('half');
  files.claim('whole', 'contents', whole);
  files.complete('whole', whole, 'contents', SEALED);
  files.release('whole');
  files.claim('in hand', 'contents', inHand);
  files.removeForgotten();
  assert.deepEqual([half, whole, inHand].map(existsSync), [false, true, true]);
  files.removeForgotten(Date.now() + WEEK_MS + 1);
  assert.deepEqual([whole, inHand].map(existsSync), [false, true]);
  files.remove('in hand');
});
