/** Folders that were renamed or moved on this machine: one call each in Box, however much they hold. */
import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { numbersFrom } from '../testing/numbers.ts';
import type { UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';

const album = {
  'album/cover.jpg': 'cover',
  'album/notes': '',
  'album/day one/1.jpg': 'first',
  'album/day one/2.jpg': 'second',
  'other/a.txt': 'a',
  'top.txt': 'top',
};

async function stage(t: TestContext, box: TestBox, tree: Record<string, string>) {
  const disk = await temporaryFolder(t);
  await makeTree(disk, tree);
  const folderId = await box.folder();
  const { client } = box;
  const usual = { client, sources: [`${disk}/`], folderId, mode: 'update' } as const;
  await upload(usual);
  const up = (options: Partial<UploadOptions> = {}) =>
    upload({ ...usual, deleteExtra: true, maxDelete: '100%', ...options });
  return { disk, folderId, up };
}

async function idOf(box: TestBox, folderId: string, name: string): Promise<string | undefined> {
  const items = await Array.fromAsync(box.client.folders.items(folderId));
  return items.find((item) => item.name === name)?.id;
}

test('a folder that was renamed costs one call, keeps its id, and nothing in it is sent', async (t) => {
  await using box = await openBox();
  const { disk, folderId, up } = await stage(t, box, album);
  const id = await idOf(box, folderId, 'album');
  await rename(join(disk, 'album'), join(disk, 'holidays'));
  await writeFile(join(disk, 'holidays/more.txt'), 'more');
  const listings = 4;
  const predicted = await up({ dryRun: true });
  assert.equal(predicted.predictedCalls, listings + 1 + 1);
  assert.deepEqual(await idOf(box, folderId, 'album'), id);
  const { events, onEvent } = recorder();
  const report = await up({ onEvent });
  assert.deepEqual([report.calls.calls, report.calls.uploads], [listings + 1 + 1, 1]);
  assert.equal(report.predictedCalls, report.calls.calls);
  assert.deepEqual(report.mirror, { held: 6, extra: 0, movedFolders: 1, trashed: 0 });
  assert.deepEqual([report.transferredBy, report.skippedBy], [{ new: 1 }, { same: 6 }]);
  assert.equal(await idOf(box, folderId, 'holidays'), id);
  assert.deepEqual(await box.tree(folderId), await readTree(disk));
  assert.ok(events.some((event) => event.type === 'folder' && event.state === 'moved'));
  assert.deepEqual(await box.trash(), []);
  assert.equal((await up()).transferred, 0);
});

test('a folder goes into another one that is there; into a new one its files go one by one', async (t) => {
  await using box = await openBox();
  const { disk, folderId, up } = await stage(t, box, album);
  await rename(join(disk, 'album'), join(disk, 'other/album'));
  const moved = await up();
  assert.deepEqual([moved.mirror?.movedFolders, moved.calls.uploads], [1, 0]);
  assert.deepEqual(await box.tree(folderId), await readTree(disk));
  await mkdir(join(disk, 'new/deep'), { recursive: true });
  await rename(join(disk, 'other/album'), join(disk, 'new/deep/album'));
  const report = await up();
  assert.deepEqual([report.transferredBy, report.mirror?.trashed], [{ moved: 3, new: 1 }, 1]);
  assert.deepEqual(await box.tree(folderId), await readTree(disk));
});

for (const [what, change] of Object.entries<(disk: string) => Promise<void>>({
  'a file of it is gone': (disk) => rename(join(disk, 'new/cover.jpg'), join(disk, 'cover.jpg')),
  'a file of it has other contents': (disk) => writeFile(join(disk, 'new/cover.jpg'), 'other'),
  'an empty file of it is not empty any more': (disk) => writeFile(join(disk, 'new/notes'), 'n'),
})) {
  test(`a folder is not taken for another if ${what}; what it holds is moved within`, async (t) => {
    await using box = await openBox();
    const { disk, folderId, up } = await stage(t, box, album);
    await rename(join(disk, 'album'), join(disk, 'new'));
    await change(disk);
    const report = await up();
    // The folder in it is wanted as it is, but where it goes there is nothing yet.
    assert.equal(report.mirror?.movedFolders, undefined);
    assert.ok((report.transferredBy.moved ?? 0) >= 2);
    assert.deepEqual(await box.tree(folderId), await readTree(disk));
  });
}

test('a folder that Box does not let go is moved file by file, or sent', async (t) => {
  await using box = await openBox();
  const { disk, folderId, up } = await stage(t, box, album);
  await rename(join(disk, 'album'), join(disk, 'new'));
  box.emulator.faults.add({
    match: { method: 'PUT', path: '/folders/:id' },
    action: { status: 403 },
  });
  const report = await up();
  assert.deepEqual([report.failed, report.transferredBy], [0, { moved: 3, new: 1 }]);
  assert.deepEqual(await box.tree(folderId), await readTree(disk));
});

test('whatever folders are renamed, Box follows without a single upload of what has contents', async (t) => {
  for (let seed = 1; seed <= 4; seed++) {
    await using box = await openBox();
    const next = numbersFrom(seed);
    const paths = Array.from(
      { length: 14 },
      (_, index) => `${'abc'[next(3)]}/${'de'[next(2)]}/${index}`,
    );
    const tree = Object.fromEntries(paths.map((path) => [path, `contents ${next(6)}`]));
    const { disk, folderId, up } = await stage(t, box, tree);
    const folders = [...new Set(paths.map((path) => path.slice(0, 3)))].filter(() => next(2) === 0);
    for (const folder of folders) await rename(join(disk, folder), join(disk, `${folder} renamed`));
    if (next(2) === 0) await rename(join(disk, paths[0]?.[0] ?? 'a'), join(disk, 'z'));
    const report = await up();
    assert.equal(report.calls.uploads, 0, `seed ${seed}`);
    assert.deepEqual([report.failures, report.mirror?.left], [[], undefined]);
    assert.deepEqual(await box.tree(folderId), await readTree(disk), `seed ${seed}`);
    assert.deepEqual((await up()).mirror?.extra, 0);
  }
});
