import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { download } from './download/download-tree.ts';
import { openBox, recorder } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import { upload } from './upload/upload-tree.ts';

const deep = Array.from({ length: 12 }, (_, level) => `level ${level}`).join('/');

const photos = {
  'photos/one.txt': 'one',
  'photos/empty file': '',
  'photos/empty folder/': '',
  'photos/with spaces/ü composed.txt': 'c',
  'photos/with spaces/u\u0308 decomposed.txt': 'd',
  'photos/😀/🎉.bin': 'party',
  [`photos/${deep}/bottom`]: 'deep',
  [`photos/${'n'.repeat(200)}`]: 'long',
  'photos/middle.bin': randomBytes(3_000_000).toString('latin1'),
};

test('a tree goes up and comes down the same, listed once a folder and not at all where it is new', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await makeTree(join(disk, 'up'), photos);
  const modified = new Date('2019-08-07T06:05:04Z');
  await utimes(join(disk, 'up/photos/one.txt'), modified, modified);
  const folderId = await box.folder();

  box.emulator.resetCounts();
  const { events, onEvent } = recorder();
  const up = await upload({
    client: box.client,
    sources: [join(disk, 'up/photos')],
    folderId,
    mode: 'upload',
    onEvent,
  });
  const files = 8;
  const folders = 1 + 1 + 1 + 1 + 12;
  assert.deepEqual([up.transferred, up.skipped, up.failed], [files, 0, 0]);
  assert.equal(up.ended, 'complete');
  assert.equal(up.foldersCreated, folders);
  assert.equal(up.calls.calls, files + folders + 1);
  assert.equal(box.emulator.counts()['GET /folders/:id/items'], 1);
  const last = events.findLast((event) => event.type === 'planned');
  assert.deepEqual(last, { type: 'planned', files, bytes: up.bytes, final: true });
  assert.deepEqual(await box.tree(folderId), await readTree(join(disk, 'up')));

  box.emulator.resetCounts();
  const down = await download({ client: box.client, folderId, directory: join(disk, 'down') });
  assert.deepEqual([down.transferred, down.skipped, down.failed], [files, 0, 0]);
  assert.equal(box.emulator.counts()['GET /folders/:id/items'], folders + 1);
  assert.deepEqual(await readTree(join(disk, 'down')), await readTree(join(disk, 'up')));
  assert.deepEqual((await stat(join(disk, 'down/photos/one.txt'))).mtime, modified);

  const againUp = await upload({
    client: box.client,
    sources: [join(disk, 'up/photos')],
    folderId,
    mode: 'update',
  });
  assert.deepEqual([againUp.transferred, againUp.skippedBy], [0, { same: files }]);
  const againDown = await download({ client: box.client, folderId, directory: join(disk, 'down') });
  assert.deepEqual([againDown.transferred, againDown.skippedBy], [0, { same: files }]);
  assert.equal(againDown.calls.downloads, 0);
});
