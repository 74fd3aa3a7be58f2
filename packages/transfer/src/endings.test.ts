import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type BoxClient, BoxhaulError, bodyOf } from '@boxhaul/client';
import { download } from './download-tree.ts';
import { filterOf } from './filter.ts';
import { temporaryName } from './temporary-files.ts';
import { openBox, recorder, type TestBox } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import type { TransferReport, UploadMode } from './transfer.ts';
import { upload } from './upload-tree.ts';

const codes = (report: TransferReport) =>
  Object.fromEntries(report.failures.map((failure) => [failure.path, failure.reason?.code]));

function send(box: TestBox, disk: string, mode: UploadMode, options = {}) {
  return upload({ client: box.client, sources: [`${disk}/`], folderId: '0', mode, ...options });
}

const put = (client: BoxClient, name: string, text: string) =>
  client.files.upload({ name, parentId: '0', body: bodyOf(text) });

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

describe('a local file that changes while it is read', () => {
  test('is sent as it is afterwards', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'x'.repeat(3_000_000) });
    let changes = 1;
    const report = await send(box, disk, 'upload', {
      onEvent: ({ type }: { type: string }) => {
        if (type === 'progress' && changes-- > 0) appendFileSync(join(disk, 'a'), 'end');
      },
    });
    assert.deepEqual([report.transferred, report.failed], [1, 0]);
    assert.deepEqual(await box.tree('0'), await readTree(disk));
  });

  test('and never stops doing so is a failure, and nothing of it is in Box', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'x'.repeat(3_000_000), b: 'b' });
    const report = await send(box, disk, 'upload', {
      onEvent: ({ type }: { type: string }) => {
        if (type === 'progress') appendFileSync(join(disk, 'a'), 'end');
      },
    });
    assert.deepEqual(codes(report), { a: 'changed-while-read' });
    assert.deepEqual(await box.tree('0'), { b: 'b' });
  });
});

describe('the end of a run', () => {
  test('comes with the error when nobody can sign in, after a report', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'a', b: 'b' });
    box.emulator.faults.add({
      match: { method: 'POST', path: '/files/content' },
      action: { status: 401 },
      times: 'always',
    });
    const { events, onEvent } = recorder();
    await assert.rejects(send(box, disk, 'upload', { onEvent }), { recovery: 'stop' });
    const last = events.at(-1);
    assert.equal(last?.type === 'finished' && last.report.ended, 'stopped');
  });

  test('comes with the error when the target folder is not there', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'a' });
    const options = { client: box.client, folderId: '999999' };
    await assert.rejects(upload({ ...options, sources: [disk], mode: 'upload' }), { status: 404 });
    await assert.rejects(download({ ...options, directory: disk }), { status: 404 });
  });

  test('keeps one file from stopping the others, and names it', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(
      disk,
      Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, `${n}`])),
    );
    await send(box, disk, 'upload');
    const victim = await box.file('0', 'f7');
    box.emulator.faults.add({
      match: { method: 'GET', path: `/files/${victim.id}/content` },
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
      times: 'always',
    });
    const directory = `${disk}/down`;
    const report = await download({ client: box.client, folderId: '0', directory, zip: 'never' });
    assert.deepEqual([report.transferred, codes(report)], [39, { f7: 'no-permission' }]);
    assert.equal(report.ended, 'complete');
  });

  test('is told of folders that cannot be listed, while the others arrive', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { 'x/a': 'a', 'y/b': 'b', c: 'c' });
    await send(box, disk, 'upload');
    const items = await Array.fromAsync(box.client.folders.items('0'));
    const id = items.find((item) => item.name === 'x')?.id;
    box.emulator.faults.add({
      match: { path: `/folders/${id}/items` },
      action: { status: 500 },
      times: 'always',
    });
    const directory = `${disk}/down`;
    const down = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual([down.transferred, codes(down)], [2, { x: 'box-error' }]);
    await writeFile(join(disk, 'x/new'), 'new');
    const up = await send(box, disk, 'update', { filter: filterOf({ exclude: ['/down'] }) });
    assert.deepEqual(codes(up), { x: 'box-error', 'x/a': 'box-error', 'x/new': 'box-error' });
  });

  test('comes at once when it is stopped before it began', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, { a: 'a' });
    const report = await send(box, disk, 'upload', { signal: AbortSignal.abort() });
    assert.deepEqual([report.ended, report.transferred], ['interrupted', 0]);
  });

  test('leaves every file whole or absent when it is stopped in the middle, and the next run does the rest', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    const tree = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`d${n % 7}/f${n}`, `contents ${n}`]),
    );
    await makeTree(disk, tree);
    const stopAfter = (files: number) => {
      const stop = new AbortController();
      let left = files;
      return {
        signal: stop.signal,
        onEvent: (event: { type: string }) => {
          if (event.type === 'file' && --left === 0) stop.abort();
        },
      };
    };
    const up = await send(box, disk, 'upload', stopAfter(60));
    assert.equal(up.ended, 'interrupted');
    assert.ok(up.transferred >= 59 && up.transferred < 200);
    const upAgain = await send(box, disk, 'upload');
    assert.equal(upAgain.failed, 0);
    assert.deepEqual(await box.tree('0'), await readTree(disk));

    const directory = `${disk}-down`;
    const down = await download({ client: box.client, folderId: '0', directory, ...stopAfter(60) });
    assert.equal(down.ended, 'interrupted');
    for (const [path, contents] of Object.entries(await readTree(directory))) {
      if (!path.endsWith('/')) assert.equal(contents, tree[path]);
    }
    const downAgain = await download({ client: box.client, folderId: '0', directory });
    assert.equal(downAgain.skippedBy.same, down.transferred);
    assert.deepEqual(await readTree(directory), await readTree(disk));
  });
});

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
    const report = await download({ client: box.client, fileId: id, directory });
    assert.equal(report.transferred, 1);
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
