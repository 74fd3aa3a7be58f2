/** Runs that meet in one folder: the same job twice, or another job that finds the first at work. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { download } from './download/download-tree.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import type { UploadMode } from './transfer.ts';
import { upload } from './upload/upload-tree.ts';

const FILES = Array.from({ length: 40 }, (_, index) => `file ${index}`);

const treeOf = (contents: string) =>
  Object.fromEntries(FILES.map((name) => [name, `${contents} ${name}`]));

function send(box: TestBox, disk: string, mode: UploadMode) {
  return upload({ client: box.client, sources: [`${disk}/`], folderId: '0', mode, concurrency: 8 });
}

function put({ client }: TestBox, contents: string) {
  return client.files.upload({ name: 'a', parentId: '0', body: bodyOf(contents) });
}

describe('the same job twice at once', () => {
  for (const mode of ['update', 'overwrite'] as const) {
    test(`fails nowhere and leaves nothing but the files: ${mode}`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      await makeTree(disk, treeOf('old'));
      await send(box, disk, 'upload');
      await makeTree(disk, treeOf('new'));
      const reports = await Promise.all([send(box, disk, mode), send(box, disk, mode)]);
      assert.deepEqual(
        reports.flatMap((report) => report.failures.map(({ path, reason }) => [path, reason])),
        [],
      );
      assert.deepEqual(await box.tree('0'), sorted(treeOf('new')));
    });
  }
});

describe('the same download twice at once', () => {
  for (const before of ['nothing', 'old files']) {
    test(`fails nowhere and leaves nothing but the files, over ${before}`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      await makeTree(disk, treeOf('new'));
      await send(box, disk, 'upload');
      const directory = await temporaryFolder(t);
      if (before === 'old files') await makeTree(directory, treeOf('old'));
      const fetch = () => download({ client: box.client, folderId: '0', directory });
      const reports = await Promise.all([fetch(), fetch()]);
      assert.deepEqual(
        reports.flatMap((report) => report.failures.map(({ path, reason }) => [path, reason])),
        [],
      );
      assert.deepEqual(await readTree(directory), sorted(treeOf('new')));
    });
  }
});

function sorted(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1)));
}

describe('a file that waits to replace another', () => {
  test('is sent anew when someone trashes it while the old one goes', async (t) => {
    await using box = await openBox();
    await put(box, 'old');
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'new' });
    beforeFirstDelete(box, async () => {
      for await (const item of box.client.folders.items('0')) {
        if (item.name !== 'a') await box.client.files.delete(item.id);
      }
    });
    const report = await send(box, disk, 'overwrite');
    assert.deepEqual([report.transferred, report.failures], [1, []]);
    assert.deepEqual(await box.tree('0'), { a: 'new' });
  });

  test('goes when the name it waited for was taken by the same contents', async (t) => {
    await using box = await openBox();
    const old = await put(box, 'old');
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'new' });
    beforeFirstDelete(box, async () => {
      await box.client.files.delete(old.id);
      await put(box, 'new');
    });
    const report = await send(box, disk, 'overwrite');
    assert.deepEqual([report.skippedBy, report.failures], [{ same: 1 }, []]);
    assert.deepEqual(await box.tree('0'), { a: 'new' });
  });

  test('takes the name when the old one went, though the answer to that never came', async (t) => {
    await using box = await openBox();
    await put(box, 'old');
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'new' });
    box.emulator.faults.add({
      match: { method: 'DELETE' },
      action: { cut: 'after', of: 'request' },
    });
    box.emulator.faults.add({ match: { method: 'DELETE' }, action: { status: 503 }, times: 20 });
    const report = await send(box, disk, 'overwrite');
    assert.deepEqual([report.transferred, report.failures], [1, []]);
    assert.deepEqual(await box.tree('0'), { a: 'new' });
  });

  test('waits for the next run when nobody can tell whether the old one went', async (t) => {
    await using box = await openBox();
    const old = await put(box, 'old');
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'new' });
    const fault = { action: { status: 503 }, times: 'always' } as const;
    const deletes = box.emulator.faults.add({ match: { method: 'DELETE' }, ...fault });
    const looks = box.emulator.faults.add({
      match: { method: 'GET', path: `/files/${old.id}` },
      ...fault,
    });
    const report = await send(box, disk, 'overwrite');
    assert.equal(report.failed, 1);
    deletes.remove();
    looks.remove();
    assert.equal((await send(box, disk, 'overwrite')).failed, 0);
    assert.deepEqual(await box.tree('0'), { a: 'new' });
  });
});

/** Does something right before the first file is put into the trash. */
function beforeFirstDelete({ client: { files } }: TestBox, intervene: () => Promise<void>): void {
  const remove = files.delete.bind(files);
  files.delete = async (...args) => {
    files.delete = remove;
    await intervene();
    return remove(...args);
  };
}
