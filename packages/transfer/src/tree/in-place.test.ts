/** Folders that become links between being listed and being read. */
import assert from 'node:assert/strict';
import { rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { diskOrigin } from '../origins/disk-origin.ts';
import type { Origin } from '../origins/origin.ts';
import { openBox } from '../testing/box.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import { upload } from '../upload/upload-tree.ts';

/** Uploads a tree of which the folder `d` becomes a link to another, with files of the same names, at that moment. */
async function uploadWhile(t: TestContext, moment: 'list' | 'open') {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await makeTree(disk, {
    'src/a': 'a',
    'src/d/b': 'b',
    'others/b': 'secret',
    'others/c': 'secret',
  });
  const origin = diskOrigin([join(disk, 'src/')]);
  let isSwapped = false;
  const swap = async (path: string) => {
    if (isSwapped || !path.includes(join('src', 'd'))) return;
    isSwapped = true;
    await rename(join(disk, 'src/d'), join(disk, 'src/was-d'));
    await symlink(join(disk, 'others'), join(disk, 'src/d'));
  };
  const swapping: Origin = {
    ...origin,
    async list(folder, context) {
      if (moment === 'list') await swap(folder.path);
      return origin.list(folder, context);
    },
    async open(file, signal) {
      if (moment === 'open') await swap(file.path);
      return origin.open(file, signal);
    },
  };
  const report = await upload({
    client: box.client,
    sources: swapping,
    folderId: '0',
    mode: 'upload',
  });
  return { report, tree: await box.tree('0') };
}

describe('a folder of the source that becomes a link', () => {
  test('before it is listed is not gone through', async (t) => {
    const { report, tree } = await uploadWhile(t, 'list');
    assert.deepEqual(codes(report), { d: 'in-the-way' });
    assert.deepEqual(tree, { a: 'a', 'd/': '' });
  });

  test('after it was listed lends its names to no other files', async (t) => {
    const { report, tree } = await uploadWhile(t, 'open');
    assert.deepEqual(codes(report), { 'd/b': 'changed-while-read' });
    assert.deepEqual(tree, { a: 'a', 'd/': '' });
  });
});
