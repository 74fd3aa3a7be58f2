import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { download } from './download/download-tree.ts';
import { openBox } from './testing/box.ts';
import { makeTree, temporaryFolder } from './testing/disk.ts';
import type { UploadMode } from './transfer.ts';
import { upload } from './upload/upload-tree.ts';

const TREE = { 'a.txt': 'a', 'deep/b.txt': 'b', 'deep/deeper/c.txt': 'c', 'empty/': '' };

describe('the calls that a dry run predicts', () => {
  for (const mode of ['upload', 'update', 'overwrite'] as UploadMode[]) {
    test(`are those that the run takes: ${mode}`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      await makeTree(disk, TREE);
      const folderId = await box.folder();
      const options = { client: box.client, sources: [`${disk}/`], folderId, mode };
      const assertPredicted = async () => {
        const { predictedCalls } = await upload({ ...options, dryRun: true });
        const report = await upload(options);
        assert.deepEqual(
          [report.calls.calls, report.predictedCalls],
          [predictedCalls, predictedCalls],
        );
        return predictedCalls;
      };
      assert.equal(await assertPredicted(), 1 + 3 + 3);
      assert.equal(await assertPredicted(), 3, 'the folders that have files, once each');
      await makeTree(disk, { 'a.txt': 'other', 'deep/new.txt': 'new' });
      await assertPredicted();

      const directory = join(disk, 'down');
      const down = { client: box.client, folderId, directory };
      const { predictedCalls } = await download({ ...down, dryRun: true });
      assert.equal((await download(down)).calls.calls, predictedCalls);
    });
  }

  test('count the parts of a large file', async (t) => {
    await using box = await openBox();
    const path = join(await temporaryFolder(t), 'large.bin');
    await writeFile(path, Buffer.alloc(60_000_000, 1));
    const options = { client: box.client, sources: [path], folderId: '0', mode: 'upload' } as const;
    const { predictedCalls } = await upload({ ...options, dryRun: true });
    const { calls } = await upload(options);
    assert.equal(predictedCalls, 1 + 2 + 8, 'a listing, a session and its commit, the parts');
    assert.equal(calls.calls - calls.retried, predictedCalls);
  });
});
