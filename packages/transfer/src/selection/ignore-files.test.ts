import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { download } from '../download/download-tree.ts';
import { openBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { upload } from '../upload/upload-tree.ts';
import { everything, filterOf } from './filter.ts';
import { ignoreRules } from './ignore-rules.ts';
import { withIgnoreFileOf } from './source-folder.ts';

const above = ignoreRules('*.log\nbuild/\n/top.txt\ndocs/*.bak\n!keep.log\n', { root: '/r' });

test('lines mean what they mean in a .gitignore', () => {
  const ignored = ['a.log', 'x/a.log', 'top.txt', 'docs/a.bak', 'build/a', 'x/build/y/a'];
  const taken = ['keep.log', 'x/keep.log', 'x/top.txt', 'x/docs/a.bak', 'build', 'a'];
  for (const path of ignored) assert.equal(above.takes(path), false, path);
  for (const path of taken) assert.equal(above.takes(path), true, path);
});

test('a file further down counts from its own folder, and more than those further up', () => {
  const text = '!*.log\n/own.txt\nsub/x\n';
  const rules = ignoreRules(text, { root: '/r', folder: 'a[1]/{b}', above });
  const taken = [
    'a[1]/{b}/x.log',
    'a[1]/{b}/c/x.log',
    'own.txt',
    'a[1]/{b}/c/own.txt',
    'a1/b/own.txt',
  ];
  const ignored = ['x.log', 'a1/b/x.log', 'a[1]/{b}/own.txt', 'a[1]/{b}/sub/x', 'top.txt'];
  for (const path of taken) assert.equal(rules.takes(path), true, path);
  for (const path of ignored) assert.equal(rules.takes(path), false, path);
});

const tree = {
  '.boxhaulignore': '*.log\nnode_modules/\n',
  'a.txt': 'a',
  'a.log': 'a',
  'node_modules/m/index.js': 'm',
  'sub/.boxhaulignore': '!b.log\n/c.txt\n',
  'sub/a.log': 'a',
  'sub/b.log': 'b',
  'sub/c.txt': 'c',
  'sub/deep/c.txt': 'c',
};
const uploaded = ['.boxhaulignore', 'a.txt', 'sub/.boxhaulignore', 'sub/b.log', 'sub/deep/c.txt'];

test('what is ignored is not sent, and what Box has of it is not extra', async (t) => {
  await using box = await openBox();
  const folderId = await box.folder();
  const disk = await temporaryFolder(t);
  await makeTree(disk, tree);
  const common = { client: box.client, sources: [`${disk}/`], folderId, mode: 'update' } as const;
  const report = await upload(common);
  assert.equal(report.transferred, uploaded.length);
  assert.deepEqual(Object.keys(await box.tree(folderId)).sort(), uploaded);

  const all = await upload({ ...common, filter: filterOf({ ignoreFiles: false }) });
  assert.equal(all.transferred, Object.keys(tree).length - uploaded.length);
  await rm(join(disk, 'a.txt'));
  const mirrored = await upload({ ...common, deleteExtra: true });
  assert.deepEqual(mirrored.mirror?.trashed, 1);
  assert.deepEqual(await box.trash(), ['a.txt']);
});

test('a folder that is sent under its own name is read the same way', async (t) => {
  await using box = await openBox();
  const folderId = await box.folder();
  const disk = await temporaryFolder(t);
  await makeTree(disk, { 'mine/.boxhaulignore': '/x\n', 'mine/x': 'x', 'mine/y/x': 'x' });
  await upload({ client: box.client, sources: [join(disk, 'mine')], folderId, mode: 'upload' });
  assert.deepEqual(Object.keys(await box.tree(folderId)).sort(), [
    'mine/.boxhaulignore',
    'mine/y/x',
  ]);
});

test('the file in the target folder says what is not fetched, and what is never extra', async (t) => {
  await using box = await openBox();
  const folderId = await box.folder();
  const disk = await temporaryFolder(t);
  await makeTree(disk, { 'a.txt': 'a', 'b.log': 'b', 'tmp/c.txt': 'c' });
  await upload({ client: box.client, sources: [`${disk}/`], folderId, mode: 'upload' });
  const directory = await temporaryFolder(t);
  await makeTree(directory, {
    '.boxhaulignore': '*.log\n/tmp/\n.boxhaulignore\n',
    'mine.log': 'm',
  });
  const options = { client: box.client, folderId, directory, deleteExtra: true };
  const report = await download({ ...options, maxDelete: 100 });
  assert.deepEqual([report.transferred, report.mirror?.trashed], [1, 0]);
  assert.deepEqual(Object.keys(await readTree(directory)), ['.boxhaulignore', 'a.txt', 'mine.log']);

  const { id: fileId } = await box.file(folderId, 'b.log');
  const named = await download({ client: box.client, fileId, directory });
  assert.equal(named.transferred, 1, 'who names a file means it');
});

test('a file that cannot be understood stops the run: nothing is sent that was not to be', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await makeTree(disk, { '.boxhaulignore': '- *.log\n', 'a.log': 'a' });
  const options = {
    client: box.client,
    sources: [`${disk}/`],
    folderId: '0',
    mode: 'upload',
  } as const;
  await assert.rejects(upload(options), /\.boxhaulignore: line 1 .* this one is written \*\.log/);
  assert.deepEqual(await box.tree('0'), {});
});

test('a target folder that cannot be looked into is not taken for one without rules', async (t) => {
  const path = join(await temporaryFolder(t), 'loop');
  await symlink(path, path);
  await assert.rejects(withIgnoreFileOf(path, everything), /it is not known what to leave out/);
  assert.equal(await withIgnoreFileOf(join(import.meta.filename, 'in'), everything), everything);
});
