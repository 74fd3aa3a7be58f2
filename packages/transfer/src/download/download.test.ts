import assert from 'node:assert/strict';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { filterOf } from '../selection/filter.ts';
import { temporaryName } from '../temporary-files.ts';
import { openBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { codes, put, send } from '../testing/run.ts';
import { download } from './download-tree.ts';

describe('a download', () => {
  test('replaces what differs, leaves what is the same, and force fetches all', async (t) => {
    await using box = await openBox();
    const directory = await temporaryFolder(t);
    for (const name of ['same', 'size', 'contents']) await put(box.client, name, name);
    await makeTree(directory, { same: 'same', size: 'x', contents: 'CONTENTS', mine: 'mine' });
    const options = { client: box.client, folderId: '0', directory };
    const report = await download(options);
    assert.deepEqual([report.transferredBy, report.skippedBy], [{ replaced: 2 }, { same: 1 }]);
    const expected = { contents: 'contents', mine: 'mine', same: 'same', size: 'size' };
    assert.deepEqual(await readTree(directory), expected);
    const forced = await download({ ...options, force: true });
    assert.deepEqual(forced.transferredBy, { replaced: 3 });
  });

  test('of one file puts it into the directory', async (t) => {
    await using box = await openBox();
    const directory = await temporaryFolder(t);
    const { id } = await put(box.client, 'one', 'one');
    const dry = await download({ client: box.client, fileId: id, directory, dryRun: true });
    const report = await download({ client: box.client, fileId: id, directory });
    assert.equal(report.transferred, 1);
    assert.deepEqual([dry.predictedCalls, report.predictedCalls, report.calls.calls], [2, 2, 2]);
    assert.deepEqual(await readTree(directory), { one: 'one' });
  });

  test('takes only what the filter takes, and makes no other folders', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { 'a.zip': 'a', 'x/b.ISX': 'b', 'y/c.txt': 'c', 'z/': '' });
    await send(box, disk, 'upload');
    const directory = `${disk}/down`;
    const filter = filterOf({ extensions: ['.zip', '.isx'] });
    const report = await download({ client: box.client, folderId: '0', directory, filter });
    assert.equal(report.transferred, 2);
    assert.deepEqual(await readTree(directory), { 'a.zip': 'a', 'x/b.ISX': 'b' });
  });

  test('dry, says what it would do and does not even make the directory', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { 'x/a': 'a', b: 'b' });
    await send(box, disk, 'upload');
    const directory = `${disk}/down`;
    const report = await download({ client: box.client, folderId: '0', directory, dryRun: true });
    assert.deepEqual(report.skippedBy, { 'dry-run': 2 });
    assert.deepEqual(await readTree(disk), { b: 'b', 'x/a': 'a' });
  });

  test('removes what killed runs left, and takes what they had completed as it is', async (t) => {
    await using box = await openBox();
    const directory = await temporaryFolder(t);
    await put(box.client, 'a', 'a');
    const left = temporaryName().replace(/-[0-9a-f]{8}([0-9a-f]{12})\.part$/, '-00000000$1.part');
    await makeTree(directory, { [left]: 'half' });
    await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(await readTree(directory), { a: 'a' });
  });

  test('fails clearly where something else stands in the way', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    const outside = await temporaryFolder(t);
    await makeTree(disk, { 'folder/a': 'a', 'linked/b': 'b', file: 'f', link: 'l', good: 'g' });
    await send(box, disk, 'upload');
    const directory = join(disk, 'down');
    await mkdir(join(directory, 'file'), { recursive: true });
    await writeFile(join(directory, 'folder'), 'a file');
    await symlink(outside, join(directory, 'linked'));
    await symlink(join(outside, 'planted'), join(directory, 'link'));
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(codes(report), {
      file: 'in-the-way',
      folder: 'in-the-way',
      link: 'in-the-way',
      linked: 'in-the-way',
    });
    assert.equal(report.transferred, 1);
    assert.deepEqual(await readTree(outside), {});
  });

  test('into a folder that may not be written says so', {
    skip: process.getuid?.() === 0,
  }, async (t) => {
    await using box = await openBox();
    const directory = await temporaryFolder(t);
    await put(box.client, 'a', 'a');
    await chmod(directory, 0o500);
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(codes(report), { a: 'no-permission' });
  });

  test('never writes outside its directory, whatever names Box gives', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    const { id, sha1 } = await put(box.client, 'good', 'good');
    const names = [
      'good',
      'good',
      '..',
      '.',
      '../escaped',
      '/tmp/escaped',
      'a\0b',
      'x/y',
      '\ud800',
      '',
    ];
    const entries = [
      ...names.map((name) => ({
        type: 'file',
        id,
        etag: '0',
        sequence_id: '0',
        name,
        size: 4,
        sha1,
      })),
      { type: 'folder', id: '1', etag: '0', sequence_id: '0', name: '..' },
      {
        type: 'web_link',
        id: '2',
        etag: '0',
        sequence_id: '0',
        name: 'link',
        url: 'https://box.com',
      },
    ];
    box.emulator.faults.add({
      match: { path: '/folders/0/items' },
      action: {
        status: 200,
        body: JSON.stringify({ entries, limit: 1000 }),
        headers: { 'content-type': 'application/json' },
      },
    });
    const directory = join(disk, 'down/here');
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.equal(report.transferred, 1);
    assert.deepEqual(report.skippedBy, { 'web-link': 1 });
    assert.deepEqual(report.failures.map((failure) => failure.reason?.code).sort(), [
      'name-collision',
      ...Array.from({ length: 9 }, () => 'name-refused'),
    ]);
    assert.deepEqual(await readTree(disk), { 'down/here/good': 'good' });
  });
});
