import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BoxClient, BoxhaulError, bodyOf } from '@boxhaul/client';
import { openBox } from './testing/box.ts';
import { makeTree, temporaryFolder } from './testing/disk.ts';
import { codes, put, send } from './testing/run.ts';

describe('someone else at the same time', () => {
  test('makes a folder that was about to be made: theirs is used, and what is in it compared', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { 'shared/a': 'mine', 'shared/b': 'mine too' });
    const { folders } = box.client;
    const create = folders.create.bind(folders);
    folders.create = async (folder, options) => {
      folders.create = create;
      const theirs = await create(folder);
      await box.client.files.upload({ name: 'a', parentId: theirs.id, body: bodyOf('theirs') });
      return create(folder, options);
    };
    const report = await send(box, disk, 'upload');
    assert.deepEqual([report.transferred, report.skippedBy, report.failed], [1, { exists: 1 }, 0]);
    assert.deepEqual(await box.tree('0'), { 'shared/a': 'theirs', 'shared/b': 'mine too' });
  });

  for (const [mode, outcome, contents] of [
    ['upload', { exists: 1 }, 'theirs'],
    ['update', { version: 1 }, 'mine'],
    ['overwrite', { replaced: 1 }, 'mine'],
  ] as const) {
    test(`takes a name that was free: ${mode} goes by what is there now`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      await makeTree(disk, { a: 'mine' });
      interveneBefore(box.client, () => put(box.client, 'a', 'theirs'));
      const report = await send(box, disk, mode);
      assert.deepEqual({ ...report.transferredBy, ...report.skippedBy }, outcome);
      assert.deepEqual(await box.tree('0'), { a: contents });
    });
  }

  for (const mode of ['update', 'overwrite'] as const) {
    test(`changes a file that is being sent: ${mode} leaves their contents`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      const { id } = await put(box.client, 'a', 'before');
      await makeTree(disk, { a: 'mine and longer' });
      interveneBefore(box.client, () =>
        box.client.files.uploadVersion(id, { body: bodyOf('theirs') }),
      );
      const report = await send(box, disk, mode);
      assert.deepEqual(codes(report), { a: 'changed-on-box' });
      assert.deepEqual(await box.tree('0'), { a: 'theirs' });
    });

    test(`describes a file that is being sent: ${mode} is not stopped by that`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      const { id } = await put(box.client, 'a', 'before');
      await makeTree(disk, { a: 'mine and longer' });
      interveneBefore(box.client, () => box.client.files.update(id, { description: 'notes' }));
      const report = await send(box, disk, mode);
      assert.deepEqual(codes(report), {});
      assert.deepEqual(await box.tree('0'), { a: 'mine and longer' });
    });

    test(`deletes a file that is being sent: ${mode} puts it there`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      const { id } = await put(box.client, 'a', 'before');
      await makeTree(disk, { a: 'mine and longer' });
      interveneBefore(box.client, () => box.client.files.delete(id));
      const report = await send(box, disk, mode);
      assert.deepEqual(codes(report), {});
      assert.deepEqual(await box.tree('0'), { a: 'mine and longer' });
    });
  }

  test('gives a new spelling of the name to something: nothing of theirs is touched', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'mine' });
    interveneBefore(box.client, () => put(box.client, 'A', 'theirs'));
    const report = await send(box, disk, 'update');
    assert.deepEqual(codes(report), { a: 'name-collision' });
    assert.deepEqual(await box.tree('0'), { A: 'theirs' });
  });
});

describe('contents that arrive wrong under a new name', () => {
  const wrong = (details: object) =>
    Object.assign(
      new BoxhaulError('other bytes', { code: 'sha1_mismatch', recovery: 'restart' }),
      details,
    );

  test('are taken away, and the right ones sent', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'mine' });
    interveneBefore(box.client, async () => {
      throw wrong({ fileId: (await put(box.client, 'a', 'spoilt')).id });
    });
    const report = await send(box, disk, 'upload');
    assert.deepEqual([report.transferred, await box.tree('0')], [1, { a: 'mine' }]);
    assert.deepEqual(await box.trash(), ['a']);
  });

  test('and never had the name: somebody else has, and theirs stays', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'mine' });
    interveneBefore(box.client, async () => {
      await put(box.client, 'a', 'theirs');
      throw wrong({});
    });
    const report = await send(box, disk, 'upload');
    assert.deepEqual([report.skippedBy, await box.trash()], [{ exists: 1 }, []]);
    assert.deepEqual(await box.tree('0'), { a: 'theirs' });
  });
});

/** Lets someone else do something just before the next file is sent. */
function interveneBefore(client: BoxClient, act: () => Promise<unknown>): void {
  const { files } = client;
  const originals = {
    upload: files.upload.bind(files),
    uploadVersion: files.uploadVersion.bind(files),
  };
  files.upload = async (...given) => {
    Object.assign(files, originals);
    await act();
    return originals.upload(...given);
  };
  files.uploadVersion = async (...given) => {
    Object.assign(files, originals);
    await act();
    return originals.uploadVersion(...given);
  };
}
