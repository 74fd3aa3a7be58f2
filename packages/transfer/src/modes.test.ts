import assert from 'node:assert/strict';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BoxClient } from '@boxhaul/client';
import { sha1Of } from './hash.ts';
import { filterOf } from './selection/filter.ts';
import { openBox, recorder, type TestBox } from './testing/box.ts';
import { makeTree, temporaryFolder } from './testing/disk.ts';
import type { UploadMode } from './transfer.ts';
import { unfinishedName } from './tree/names.ts';
import { upload } from './upload/upload-tree.ts';

/** A Box folder with `changed.txt` (old contents) and `same.txt`, and a local folder that has more. */
async function twoSides(box: TestBox, disk: string) {
  const folderId = await box.folder();
  await makeTree(disk, { 'changed.txt': 'old contents', 'same.txt': 'same' });
  await send(box, disk, folderId, 'upload');
  await makeTree(disk, { 'changed.txt': 'new contents', 'new.txt': 'new' });
  return folderId;
}

function send(box: TestBox, disk: string, folderId: string, mode: UploadMode, options = {}) {
  return upload({ client: box.client, sources: [`${disk}/`], folderId, mode, ...options });
}

async function versions(client: BoxClient, fileId: string): Promise<number> {
  return 1 + (await Array.fromAsync(client.files.versions(fileId))).length;
}

test('upload sends only what is not there, and says when what is there differs', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  const { events, onEvent } = recorder();
  const report = await send(box, disk, folderId, 'upload', { onEvent });
  assert.deepEqual(report.transferredBy, { new: 1 });
  assert.deepEqual(report.skippedBy, { same: 1, exists: 1 });
  const differs = events.find(
    (event) => event.type === 'file' && event.result.path === 'changed.txt',
  );
  assert.match(JSON.stringify(differs), /with other contents/);
  assert.equal((await box.tree(folderId))['changed.txt'], 'old contents');
  assert.equal(report.calls.uploads, 1);
});

test('update adds a version, keeps the id and the history, and puts nothing into the trash', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  const before = await box.file(folderId, 'changed.txt');
  const report = await send(box, disk, folderId, 'update');
  assert.deepEqual(report.transferredBy, { new: 1, version: 1 });
  assert.deepEqual(report.skippedBy, { same: 1 });
  const after = await box.file(folderId, 'changed.txt');
  assert.equal(after.id, before.id);
  assert.equal(await versions(box.client, after.id), 2);
  assert.deepEqual(await box.trash(), []);
  assert.equal((await box.tree(folderId))['changed.txt'], 'new contents');
});

test('overwrite makes a new file with no history and puts the old one into the trash', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  const before = await box.file(folderId, 'changed.txt');
  const report = await send(box, disk, folderId, 'overwrite');
  assert.deepEqual(report.transferredBy, { new: 1, replaced: 1 });
  const after = await box.file(folderId, 'changed.txt');
  assert.notEqual(after.id, before.id);
  assert.equal(await versions(box.client, after.id), 1);
  assert.deepEqual(await box.trash(), ['changed.txt']);
  assert.deepEqual(await box.tree(folderId), {
    'changed.txt': 'new contents',
    'new.txt': 'new',
    'same.txt': 'same',
  });
});

for (const [mode, done] of [
  ['upload', {}],
  ['update', { version: 2 }],
  ['overwrite', { replaced: 2 }],
] as const) {
  test(`force with ${mode} sends what is the same as well, as far as the mode allows`, async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    const folderId = await box.folder();
    await makeTree(disk, { a: 'a', b: 'b' });
    await send(box, disk, folderId, 'upload');
    const report = await send(box, disk, folderId, mode, { force: true });
    assert.deepEqual(report.transferredBy, done);
    assert.equal(report.failed, 0);
    assert.deepEqual(await box.tree(folderId), { a: 'a', b: 'b' });
  });
}

test('a dry run says what would be done and changes nothing', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  await makeTree(disk, { 'sub/below.txt': 'below' });
  const before = await box.tree(folderId);
  const { events, onEvent } = recorder();
  const report = await send(box, disk, folderId, 'overwrite', { dryRun: true, onEvent });
  assert.deepEqual(report.skippedBy, { 'dry-run': 3, same: 1 });
  const actions = events.flatMap((event) =>
    event.type === 'file' && event.result.action ? [[event.result.path, event.result.action]] : [],
  );
  assert.deepEqual(actions.sort(), [
    ['changed.txt', 'replaced'],
    ['new.txt', 'new'],
    ['sub/below.txt', 'new'],
  ]);
  assert.deepEqual(await box.tree(folderId), before);
});

test('overwrite leaves the old file alone when the new one cannot be sent', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  box.emulator.faults.add({
    match: { method: 'POST', path: '/files/content' },
    action: { status: 500 },
    times: 'always',
  });
  const before = await box.tree(folderId);
  const report = await send(box, disk, folderId, 'overwrite');
  assert.equal(report.failed, 2);
  assert.deepEqual(await box.tree(folderId), before);
  assert.deepEqual(await box.trash(), []);
});

test('overwrite leaves the old file alone when it cannot be trashed, and takes the new one back', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await twoSides(box, disk);
  const old = await box.file(folderId, 'changed.txt');
  box.emulator.faults.add({
    match: { method: 'DELETE', path: `/files/${old.id}` },
    action: { status: 403, code: 'access_denied_item_locked' },
  });
  const report = await send(box, disk, folderId, 'overwrite');
  assert.deepEqual(
    report.failures.map((failure) => [failure.path, failure.reason?.code]),
    [['changed.txt', 'no-permission']],
  );
  assert.deepEqual(await box.tree(folderId), {
    'changed.txt': 'old contents',
    'new.txt': 'new',
    'same.txt': 'same',
  });
});

// What a run leaves that dies after each step of replacing a file.
for (const diedAfter of ['sending the new file', 'trashing the old file'] as const) {
  for (const contents of ['new contents', 'changed once more'] as const) {
    test(`the run after one that died after ${diedAfter} finishes, with ${contents}`, async (t) => {
      await using box = await openBox();
      const disk = await temporaryFolder(t);
      const folderId = await twoSides(box, disk);
      await leaveWaiting(box, disk, folderId);
      if (diedAfter === 'trashing the old file') {
        await box.client.files.delete((await box.file(folderId, 'changed.txt')).id);
      }
      await writeFile(join(disk, 'changed.txt'), contents);
      const report = await send(box, disk, folderId, 'overwrite');
      assert.equal(report.failed, 0);
      assert.deepEqual(await box.tree(folderId), {
        'changed.txt': contents,
        'new.txt': 'new',
        'same.txt': 'same',
      });
      const sends = contents === 'new contents' ? 1 : 2;
      assert.equal(report.calls.uploads, sends, 'what waited with the right contents is used');
      const again = await send(box, disk, folderId, 'overwrite');
      assert.deepEqual([again.transferred, again.skippedBy], [0, { same: 3 }]);
    });
  }
}

async function leaveWaiting(box: TestBox, disk: string, folderId: string): Promise<void> {
  const bytes = Buffer.from('new contents');
  const name = unfinishedName('changed.txt', sha1Of(bytes));
  const waiting = await temporaryFolderWith(disk, name, bytes);
  await upload({ client: box.client, sources: [waiting], folderId, mode: 'upload' });
}

async function temporaryFolderWith(disk: string, name: string, bytes: Buffer): Promise<string> {
  const folder = `${disk}-waiting`;
  await makeTree(folder, { [name]: bytes });
  return join(folder, name);
}

test('a source by name becomes an entry, one with a slash or a dot gives its contents', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await makeTree(disk, {
    'photos/a': 'a',
    'photos/sub/b': 'b',
    'other/photos/c': 'c',
    'file.txt': 'f',
  });
  const cases: [string[], string[]][] = [
    [['photos'], ['photos/a', 'photos/sub/b']],
    [['photos/'], ['a', 'sub/b']],
    [['photos/.'], ['a', 'sub/b']],
    [['photos/sub/..'], ['a', 'sub/b']],
    [['file.txt'], ['file.txt']],
    [
      ['photos', 'other/photos', 'file.txt'],
      ['file.txt', 'photos/a', 'photos/c', 'photos/sub/b'],
    ],
    [
      ['photos/', 'other/'],
      ['a', 'photos/c', 'sub/b'],
    ],
  ];
  for (const [index, [sources, expected]] of cases.entries()) {
    const folderId = await box.folder(`case ${index}`);
    const paths = sources.map((source) => `${disk}/${source}`);
    const report = await upload({ client: box.client, sources: paths, folderId, mode: 'upload' });
    assert.equal(report.failed, 0, sources.join());
    assert.deepEqual(Object.keys(await box.tree(folderId)), expected, sources.join());
  }
});

test('what cannot go up is failed or skipped with its reason, and stops nothing else', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await box.folder();
  await makeTree(disk, {
    'good.txt': 'good',
    'Case.txt': 'first',
    'case.txt': 'second',
    'back\\slash': 'x',
    'space at the end ': 'x',
    'folder /below': 'x',
    'Twin/a': 'a',
    'twin/b': 'b',
    'taken/below/deep': 'd',
    unreadable: 'x',
  });
  await symlink('good.txt', join(disk, 'link'));
  await chmod(join(disk, 'unreadable'), 0);
  await upload({
    client: box.client,
    sources: [join(disk, 'good.txt')],
    folderId,
    mode: 'upload',
  });
  const good = await box.file(folderId, 'good.txt');
  await box.client.files.update(good.id, { name: 'taken' });

  const { events, onEvent } = recorder();
  const report = await send(box, disk, folderId, 'upload', { onEvent });
  const results = Object.fromEntries(
    events.flatMap((event) =>
      event.type === 'file'
        ? [[event.result.path, event.result.reason?.code ?? 'transferred']]
        : [],
    ),
  );
  assert.deepEqual(results, {
    'good.txt': 'transferred',
    'Case.txt': 'transferred',
    'case.txt': 'name-collision',
    'back\\slash': 'name-refused',
    'space at the end ': 'name-refused',
    'folder ': 'name-refused',
    'folder /below': 'name-refused',
    'Twin/a': 'transferred',
    twin: 'name-collision',
    'twin/b': 'name-collision',
    taken: 'in-the-way',
    'taken/below/deep': 'in-the-way',
    link: 'symlink',
    // Whoever runs this as root may read everything.
    unreadable: process.getuid?.() === 0 ? 'transferred' : 'no-permission',
  });
  assert.equal(report.ended, 'complete');
  assert.equal(report.failures.length, report.failed);
});

test('of two names that Box cannot tell apart the one stays that Box has', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await box.folder();
  await makeTree(disk, { readme: 'lower' });
  await send(box, disk, folderId, 'upload');
  await makeTree(disk, { README: 'upper' });
  const report = await send(box, disk, folderId, 'update');
  assert.deepEqual(
    report.failures.map((failure) => failure.path),
    ['README'],
  );
  assert.deepEqual(await box.tree(folderId), { readme: 'lower' });
});

test('a source that is not there fails, and the others go up', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await box.folder();
  await makeTree(disk, { a: 'a' });
  const sources = [join(disk, 'missing'), join(disk, 'a'), join(disk, 'a/')];
  const report = await upload({ client: box.client, sources, folderId, mode: 'upload' });
  assert.deepEqual(
    report.failures.map((failure) => failure.reason?.code),
    ['not-found', 'in-the-way'],
  );
  assert.equal(report.transferred, 1);
});

test('a filter leaves out files, and a selective one the folders that would be empty', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await makeTree(disk, {
    'a.ZIP': 'a',
    'b.txt': 'b',
    'empty/': '',
    'none/x.txt': 'x',
    'deep/er/c.zip': 'c',
    'skip/d.zip': 'd',
  });
  const chosen = await box.folder('chosen');
  await send(box, disk, chosen, 'upload', {
    filter: filterOf({ extensions: ['zip'], exclude: ['skip'] }),
  });
  assert.deepEqual(Object.keys(await box.tree(chosen)), ['a.ZIP', 'deep/er/c.zip']);
  const most = await box.folder('most');
  await send(box, disk, most, 'upload', { filter: filterOf({ exclude: ['*.zip', 'skip/'] }) });
  assert.deepEqual(Object.keys(await box.tree(most)), [
    'a.ZIP',
    'b.txt',
    'deep/er/',
    'empty/',
    'none/x.txt',
  ]);
});
