import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateKey, recipientsFrom } from '@boxhaul/seal';
import { createSealTemplate } from '../sealing/template.ts';
import { openState } from '../state/state.ts';
import { openBox } from '../testing/box.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import { upload } from '../upload/upload-tree.ts';
import { verify } from './verify.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const letter = 'All is well here. '.repeat(100);

for (const encryptNames of [false, true]) {
  test(`sealed files are compared by what they hold${encryptNames ? ', names too' : ''}`, async (t) => {
    await using box = await openBox();
    const { client } = box;
    const disk = await temporaryFolder(t);
    await makeTree(disk, { 'letter.txt': letter, 'deep/a.bin': 'a', 'deep/b.bin': 'b' });
    const state = openState(join(await temporaryFolder(t), 'state'));
    t.after(() => state.close());
    const remember = { state, account: 'me', title: 'x', command: { argv: [], cwd: '/' } };
    const folderId = await box.folder();
    if (!encryptNames) await createSealTemplate(client);
    const seal = { compress: true, recipients, encryptNames };
    const common = { client, sources: [`${disk}/`], folderId, seal, remember };
    await upload({ ...common, mode: 'upload' });
    const before = await box.tree(folderId);
    const report = await verify(common);
    assert.deepEqual([report.failures, report.skippedBy], [[], { same: 3 }]);
    await writeFile(join(disk, 'letter.txt'), letter.toUpperCase());
    await makeTree(disk, { 'deep/new.txt': 'new' });
    const again = await verify(common);
    assert.deepEqual(codes(again), { 'letter.txt': 'different', 'deep/new.txt': 'missing' });
    assert.deepEqual(await box.tree(folderId), before, 'nothing was changed');
  });
}

test('a sealed file that nobody here knows is told as such', async (t) => {
  await using box = await openBox();
  const { client } = box;
  const disk = await temporaryFolder(t);
  await makeTree(disk, { 'a.txt': 'a' });
  const folderId = await box.folder();
  const common = { client, sources: [`${disk}/`], folderId, seal: { recipients } };
  await upload({ ...common, mode: 'upload' });
  assert.deepEqual(codes(await verify(common)), { 'a.txt': 'not-opened' });
});
