import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { download } from '../download/download-tree.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { TransferEvent, TransferOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';

const tree = {
  'kept.txt': 'kept',
  'renamed here.txt': 'to be renamed',
  'gone.txt': 'gone',
  'sub/deep/moved.bin': 'to be moved',
  'sub/deep/gone too.bin': 'gone too',
  'old/one.txt': 'old one',
  'old/below/two.txt': 'old two',
};

/** The tree on one side and in Box, the same. */
async function bothSides(t: TestContext, box: TestBox) {
  const disk = join(await temporaryFolder(t), 'here');
  await makeTree(disk, tree);
  const folderId = await box.folder();
  await upload({ client: box.client, sources: [`${disk}/`], folderId, mode: 'update' });
  return { disk, folderId };
}

function mirrorUp(box: TestBox, disk: string, folderId: string, options = {}) {
  const { client } = box;
  const sources = [`${disk}/`];
  return upload({ client, sources, folderId, mode: 'update', deleteExtra: true, ...options });
}

function mirrorDown(
  box: TestBox,
  folderId: string,
  directory: string,
  options: Partial<TransferOptions> = {},
) {
  return download({ client: box.client, folderId, directory, deleteExtra: true, ...options });
}

async function changeHere(disk: string) {
  await rename(join(disk, 'renamed here.txt'), join(disk, 'sub', 'new name.txt'));
  await mkdir(join(disk, 'new/folder'), { recursive: true });
  await rename(join(disk, 'sub/deep/moved.bin'), join(disk, 'new/folder/moved.bin'));
  await rm(join(disk, 'old'), { recursive: true });
  await rm(join(disk, 'gone.txt'));
  await rm(join(disk, 'sub/deep'), { recursive: true });
  await writeFile(join(disk, 'added.txt'), 'added');
}

function trashedOf(events: readonly TransferEvent[]) {
  return events.flatMap((event) => (event.type === 'trashed' ? [[event.path, event.files]] : []));
}

test('an upload makes Box equal: moves cost one call and keep ids, what is extra is trashed, folders whole', async (t) => {
  await using box = await openBox();
  const { disk, folderId } = await bothSides(t, box);
  const { id } = await box.file(folderId, 'renamed here.txt');
  await changeHere(disk);
  const { events, onEvent } = recorder();
  box.emulator.resetCounts();
  const report = await mirrorUp(box, disk, folderId, { maxDelete: '60%', onEvent });
  assert.deepEqual(report.transferredBy, { moved: 2, new: 1 });
  assert.deepEqual(report.mirror, { held: 7, extra: 4, trashed: 4 });
  assert.equal(report.bytes, 'added'.length);
  assert.deepEqual(await box.tree(folderId), await readTree(disk));
  assert.deepEqual(trashedOf(events).sort(), [
    ['gone.txt', 1],
    ['old', 2],
    ['sub/deep', 1],
  ]);
  assert.deepEqual((await box.trash()).sort(), ['deep', 'gone.txt', 'old']);
  assert.equal((await box.client.files.get(id)).name, 'new name.txt');
  const listings = 5;
  assert.equal(report.calls.calls, listings + 2 /* folders */ + 2 /* moves */ + 1 + 3);
  assert.equal(report.predictedCalls, report.calls.calls);
  const again = await mirrorUp(box, disk, folderId);
  assert.deepEqual([again.transferred, again.mirror?.extra, again.ended], [0, 0, 'complete']);
});

test('a download makes the folder here equal, and puts what is extra into a trash beside it', async (t) => {
  await using box = await openBox();
  const { disk, folderId } = await bothSides(t, box);
  const other = join(await temporaryFolder(t), 'there');
  await mirrorDown(box, folderId, other);
  await changeHere(disk);
  await mirrorUp(box, disk, folderId, { maxDelete: 100 });
  const { events, onEvent } = recorder();
  const report = await mirrorDown(box, folderId, other, { maxDelete: 4, onEvent });
  assert.deepEqual(report.transferredBy, { moved: 2, new: 1 });
  assert.deepEqual(await readTree(other), await readTree(disk));
  const { trash = '', ...mirror } = report.mirror ?? {};
  assert.deepEqual(mirror, { held: 7, extra: 4, trashed: 4 });
  assert.equal(report.calls.downloads, 1);
  assert.match(trash, /there\.boxhaul-trash\/[0-9TZ-]+$/);
  assert.deepEqual(await readTree(trash), {
    'gone.txt': 'gone',
    'old/below/two.txt': 'old two',
    'old/one.txt': 'old one',
    'sub/deep/gone too.bin': 'gone too',
  });
  assert.equal(trashedOf(events).length, 3);
  const again = await mirrorDown(box, folderId, other);
  assert.deepEqual([again.transferred, again.mirror?.extra, again.ended], [0, 0, 'complete']);
});
