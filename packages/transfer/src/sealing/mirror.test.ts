/** `deleteExtra` where files are sealed on their way into Box, and opened on their way back. */
import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { generateKey, identitiesFrom, NAME_KEY_FILE, recipientsFrom } from '@boxhaul/seal';
import { download } from '../download/download-tree.ts';
import { filterOf } from '../selection/filter.ts';
import { openState } from '../state/state.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { DownloadOptions, TransferEvent, UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import type { SealOptions } from './options.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const identities = identitiesFrom([{ text: key.file }]);
const letter = 'All is well here. '.repeat(100);

const TREE = {
  'kept.txt': letter,
  'gone.txt': letter,
  'dump.zst': 'no zstd at all',
  'moved.txt': `${letter} and there`,
  'below/one.txt': 'one',
  'below/two.txt': 'two',
  'old/deep/three.txt': 'three',
};

const WAYS: [words: string, seal: SealOptions][] = [
  ['compressed', { compress: true }],
  ['sealed', { compress: true, recipients }],
  ['sealed with their names', { compress: true, recipients, encryptNames: true }],
];

for (const [words, seal] of WAYS) {
  test(`a target of files that are ${words} is made equal, and back`, async (t) => {
    await using box = await openBox();
    const { root, folderId, mirror, fetch } = await beginning(t, box, seal);
    await makeTree(root, TREE);
    const first = await mirror();
    assert.deepEqual([first.transferred, first.mirror?.extra, first.failures], [7, 0, []]);
    const { target } = await fetch();
    assert.deepEqual(await readTree(target), await readTree(root));
    const still = await mirror();
    assert.deepEqual([still.transferred, still.mirror], [0, { held: 7, extra: 0, trashed: 0 }]);

    await rm(join(root, 'gone.txt'));
    await rm(join(root, 'old'), { recursive: true });
    await rename(join(root, 'moved.txt'), join(root, 'below', 'moved.txt'));
    const { events, onEvent } = recorder();
    const report = await mirror({ maxDelete: 3, onEvent });
    assert.deepEqual([report.transferred, report.failures], [1, []]);
    assert.deepEqual(report.mirror, { held: 7, extra: 3, trashed: 3 });
    assert.equal(report.predictedCalls, report.calls.calls);
    assert.deepEqual(trashedOf(events), [
      `gone.txt${seal.recipients ? '.zst.age' : '.zst'}`,
      `moved.txt${seal.recipients ? '.zst.age' : '.zst'}`,
      'old',
    ]);
    const names = Object.keys(await box.tree(folderId));
    assert.equal(names.includes(NAME_KEY_FILE), seal.encryptNames === true);
    const back = await fetch(target);
    assert.deepEqual(back.report.failures, []);
    assert.deepEqual(back.report.mirror?.extra, 3);
    assert.deepEqual(await readTree(target), await readTree(root));
  });
}

test('nothing is extra while the source has something that it may be of, in whatever form', async (t) => {
  await using box = await openBox();
  const { root, folderId, mirror } = await beginning(t, box, { recipients });
  await makeTree(root, { 'kept.txt': letter, 'own.age': 'not ours' });
  for (const name of ['kept.txt', 'KEPT.txt.zst', 'own.age', 'extra.txt']) {
    await box.client.files.upload({ name, parentId: folderId, body: bodyOf(name) });
  }
  const report = await mirror({ maxDelete: 1 });
  assert.deepEqual([report.failures, report.mirror?.trashed], [[], 1]);
  assert.deepEqual(Object.keys(await box.tree(folderId)).sort(), [
    'KEPT.txt.zst',
    'kept.txt',
    'kept.txt.age',
    'own.age',
    'own.age.age',
  ]);
});

test('what is left out by its own name is not extra, in a folder that is extra neither', async (t) => {
  await using box = await openBox();
  const seal = { recipients, encryptNames: true };
  const { root, mirror } = await beginning(t, box, seal);
  await makeTree(root, {
    'kept.txt': 'a',
    'notes.log': 'b',
    'old/notes.log': 'c',
    'old/x.txt': 'd',
  });
  await mirror();
  await rm(join(root, 'notes.log'));
  await rm(join(root, 'old'), { recursive: true });
  const { events, onEvent } = recorder();
  const filter = filterOf({ exclude: ['*.log'] });
  const report = await mirror({ filter, maxDelete: 1, onEvent });
  assert.deepEqual(report.mirror, { held: 2, extra: 1, trashed: 1 });
  assert.deepEqual(trashedOf(events), ['old/x.txt.age']);
});

test('names that differ by case are told apart where they are encrypted', async (t) => {
  await using box = await openBox();
  const { root, mirror } = await beginning(t, box, { recipients, encryptNames: true });
  await makeTree(root, { 'A.txt': 'A', 'a.txt': 'a', 'D/x': 'x', 'd/x': 'y' });
  const first = await mirror();
  assert.deepEqual([first.transferred, first.mirror?.extra], [4, 0]);
  await rm(join(root, 'a.txt'));
  await rm(join(root, 'd'), { recursive: true });
  const { events, onEvent } = recorder();
  await mirror({ maxDelete: '100%', onEvent });
  assert.deepEqual(trashedOf(events), ['a.txt.age', 'd']);
});

test('nothing goes where names look encrypted, and the run does not know them', async (t) => {
  await using box = await openBox();
  const { root, folderId, mirror, fetch } = await beginning(t, box, {
    recipients,
    encryptNames: true,
  });
  await makeTree(root, { 'one.txt': 'one' });
  await mirror();
  const report = await mirror({ seal: { recipients }, maxDelete: '100%' });
  assert.equal(report.mirror?.left?.code, 'not-all-seen');
  assert.match(report.mirror?.left?.words ?? '', /looks like an encrypted name, and this run/);
  assert.equal(Object.keys(await box.tree(folderId)).length, 3);

  const { target } = await fetch();
  const entries = await Array.fromAsync(box.client.folders.items(folderId));
  await box.client.files.delete(entries.find(({ name }) => name === NAME_KEY_FILE)?.id ?? '');
  await writeFile(join(target, 'mine.txt'), 'mine');
  const back = await fetch(target);
  assert.match(back.report.mirror?.left?.words ?? '', /an encrypted name that cannot be opened/);
  assert.equal((await readTree(target))['mine.txt'], 'mine');
});

function trashedOf(events: readonly TransferEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'trashed' ? [event.path] : [])).sort();
}

async function beginning(t: TestContext, box: TestBox, seal: SealOptions) {
  const root = await temporaryFolder(t);
  const folderId = await box.folder();
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'ann', title: 'a job', command: { argv: [], cwd: '/' } };
  const { client } = box;
  const to = { client, folderId, remember, deleteExtra: true };
  const mirror = (options: Partial<UploadOptions> = {}) =>
    upload({ ...to, sources: [`${root}/`], mode: 'update', seal, ...options });
  const fetch = async (at?: string) => {
    const target = at ?? join(await temporaryFolder(t), 'back');
    await mkdir(target, { recursive: true });
    const open: DownloadOptions['open'] = { identities, decompress: true };
    const report = await download({ ...to, directory: target, open, maxDelete: 3 });
    return { target, report };
  };
  return { root, folderId, mirror, fetch };
}
