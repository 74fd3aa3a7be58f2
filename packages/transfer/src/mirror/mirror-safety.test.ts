/** What mirroring leaves alone, and what keeps it from deleting anything. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { download } from '../download/download-tree.ts';
import { filterOf } from '../selection/filter.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { DownloadOptions, UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import { assertTrashBeside } from './trash.ts';

type Tree = Record<string, string>;

interface Stage {
  box: TestBox;
  disk: string;
  folderId: string;
  up(options?: Partial<UploadOptions>): ReturnType<typeof upload>;
  down(options?: Partial<DownloadOptions>): ReturnType<typeof download>;
}

/** A folder here, `disk`, and one in Box, each with a tree of its own. */
async function stage(t: TestContext, box: TestBox, here: Tree, inBox: Tree): Promise<Stage> {
  const root = await temporaryFolder(t);
  const disk = join(root, 'disk');
  await makeTree(disk, here);
  await makeTree(join(root, 'box'), inBox);
  const folderId = await box.folder();
  const { client } = box;
  const usual = { client, deleteExtra: true, maxDelete: '100%', folderId } as const;
  const sent = { ...usual, mode: 'update', sources: [`${disk}/`] } as const;
  await upload({ ...sent, sources: [`${join(root, 'box')}/`], deleteExtra: false });
  return {
    box,
    disk,
    folderId,
    up: (options) => upload({ ...sent, ...options }),
    down: (options) => download({ ...usual, directory: disk, ...options }),
  };
}

test('only the folders that are sent are mirrored, where sources are named and not their contents', async (t) => {
  await using box = await openBox();
  const inBox = { 'beside.txt': 'b', 'disk/extra.txt': 'e', 'disk/kept.txt': 'k', 'other/x': 'x' };
  const { disk, folderId, up } = await stage(t, box, { 'kept.txt': 'k' }, inBox);
  const report = await up({ sources: [disk] });
  assert.deepEqual(report.mirror, { held: 2, extra: 1, trashed: 1 });
  const { 'disk/extra.txt': _, ...left } = inBox;
  assert.deepEqual(await box.tree(folderId), left);
});

const filtered = { 'sub/b.txt': 'b', 'old/keep.tmp': 't', 'old/c.txt': 'c', 'whole/d.txt': 'd' };

for (const direction of ['up', 'down'] as const) {
  test(`${direction}: what the filter leaves out stays, and so does the folder that it is in`, async (t) => {
    await using box = await openBox();
    const [source, target] = [
      { 'a.txt': 'a', 'out.log': 'new' },
      { ...filtered, 'out.log': 'old' },
    ];
    const [here, inBox] = direction === 'up' ? [source, target] : [target, source];
    const scene = await stage(t, box, here, inBox);
    const report = await scene[direction]({
      filter: filterOf({ exclude: ['*.tmp', '*.log', '/sub'] }),
    });
    assert.deepEqual([report.failures, report.mirror?.held, report.mirror?.trashed], [[], 2, 2]);
    const now = direction === 'up' ? await box.tree(scene.folderId) : await readTree(scene.disk);
    assert.deepEqual(now, {
      'a.txt': 'a',
      'old/keep.tmp': 't',
      'out.log': 'old',
      'sub/b.txt': 'b',
    });
  });

  test(`${direction}: a dry run tells what would go and what would move, and changes nothing`, async (t) => {
    await using box = await openBox();
    const [source, target] = [
      { 'new/name': 'moved' },
      { 'old/name': 'moved', 'old/gone': 'g', gone: '' },
    ];
    const [here, inBox] = direction === 'up' ? [source, target] : [target, source];
    const scene = await stage(t, box, here, inBox);
    for (const maxDelete of ['100%', 1] as const) {
      const { events, onEvent } = recorder();
      const report = await scene[direction]({ dryRun: true, onEvent, maxDelete });
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'trashed' ? [[event.path, event.files]] : [])),
        [
          ['gone', 1],
          ['old', 1],
        ],
      );
      assert.equal(report.mirror?.left?.code, maxDelete === 1 ? 'too-many-extra' : undefined);
      assert.equal(report.mirror?.trashed, maxDelete === 1 ? 0 : 2);
      const moved = events.flatMap((event) => (event.type === 'file' ? [event.result.action] : []));
      assert.deepEqual(moved, ['moved']);
      assert.deepEqual([await box.tree(scene.folderId), await readTree(scene.disk)], [inBox, here]);
    }
  });

  test(`${direction}: more than is allowed deletes nothing, and moves all the same`, async (t) => {
    await using box = await openBox();
    const [source, target] = [
      { new: 'moved', a: 'a' },
      { old: 'moved', a: 'a', b: 'b', c: 'c' },
    ];
    const [here, inBox] = direction === 'up' ? [source, target] : [target, source];
    const scene = await stage(t, box, here, inBox);
    const report = await scene[direction]({ maxDelete: '25%' });
    assert.deepEqual([report.mirror?.left?.code, report.mirror?.trashed], ['too-many-extra', 0]);
    const now = direction === 'up' ? await box.tree(scene.folderId) : await readTree(scene.disk);
    assert.deepEqual(now, { new: 'moved', a: 'a', b: 'b', c: 'c' });
  });

  test(`${direction}: a source that has no files deletes nothing, whatever is allowed`, async (t) => {
    await using box = await openBox();
    const [source, target] = [{ 'empty/': '' }, { a: 'a', 'b/c': 'c' }];
    const [here, inBox] = direction === 'up' ? [source, target] : [target, source];
    const scene = await stage(t, box, here, inBox);
    const report = await scene[direction]();
    assert.equal(report.mirror?.left?.code, 'source-empty');
    const now = direction === 'up' ? await box.tree(scene.folderId) : await readTree(scene.disk);
    assert.deepEqual(now, { ...target, 'empty/': '' });
  });

  test(`${direction}: a run that is told to end deletes nothing`, async (t) => {
    await using box = await openBox();
    const [source, target] = [
      { new: 'n', same: 's' },
      { old: 'o', same: 's' },
    ];
    const [here, inBox] = direction === 'up' ? [source, target] : [target, source];
    const scene = await stage(t, box, here, inBox);
    const drain = new AbortController();
    const report = await scene[direction]({
      drain: drain.signal,
      concurrency: 1,
      onEvent: (event) => {
        if (event.type === 'file') drain.abort();
      },
    });
    assert.deepEqual([report.ended, report.mirror?.left?.code], ['interrupted', 'interrupted']);
    const now = direction === 'up' ? await box.tree(scene.folderId) : await readTree(scene.disk);
    assert.equal(now.old, 'o');
  });
}

test('what .boxhaulignore leaves out is not extra in Box, be it here or not', async (t) => {
  await using box = await openBox();
  const here = {
    '.boxhaulignore': '*.tmp\nraw/\n',
    a: 'a',
    'sub/.boxhaulignore': '/own',
    'sub/b': 'b',
  };
  const kept = { 'x.tmp': 'x', 'raw/c': 'c', 'sub/own': 'o', 'sub/raw/d': 'd', 'old/y.tmp': 'y' };
  const extra = { own: 'e', 'old/z': 'z', 'sub/deep/own': 'e' };
  const { folderId, up } = await stage(t, box, here, { ...kept, ...extra });
  const report = await up();
  assert.deepEqual([report.failures, report.mirror?.trashed], [[], 3]);
  assert.deepEqual(await box.tree(folderId), sorted({ ...here, ...kept }));
});

test('what the .boxhaulignore of a target here leaves out stays, and so does that file', async (t) => {
  await using box = await openBox();
  const here = { '.boxhaulignore': '*.tmp\n', 'x.tmp': 'x', extra: 'e', 'sub/y.tmp': 'y' };
  const { disk, down } = await stage(t, box, here, { a: 'a' });
  const report = await down();
  assert.deepEqual([report.failures, report.mirror?.trashed], [[], 1]);
  const { extra: _, ...kept } = here;
  assert.deepEqual(await readTree(disk), sorted({ ...kept, a: 'a' }));
});

/** As trees are read. */
function sorted(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1)));
}

test('a source that is not there deletes nothing, though another is', async (t) => {
  await using box = await openBox();
  const { disk, folderId, up } = await stage(t, box, { a: 'a' }, { a: 'a', b: 'b' });
  const report = await up({ sources: [`${disk}/`, `${disk}-missing/`] });
  assert.deepEqual([report.failed, report.mirror?.left?.code], [1, 'not-all-seen']);
  assert.deepEqual(await box.tree(folderId), { a: 'a', b: 'b' });
});

test('a file that cannot be had keeps everything, and is named', async (t) => {
  await using box = await openBox();
  const { folderId, up } = await stage(t, box, { a: 'a', 'wrong ': 'w' }, { a: 'a', b: 'b' });
  const report = await up();
  assert.deepEqual([report.failed, report.mirror?.left?.code], [1, 'not-all-done']);
  assert.deepEqual(await box.tree(folderId), { a: 'a', b: 'b' });
});

test('a folder in Box that cannot be listed takes nothing away here', async (t) => {
  await using box = await openBox();
  const tree = { 'sub/a': 'a', 'sub/b': 'b', c: 'c' };
  const {
    disk,
    box: { client, emulator },
    folderId,
    down,
  } = await stage(t, box, tree, tree);
  const items = await Array.fromAsync(client.folders.items(folderId));
  const sub = items.find(({ name }) => name === 'sub');
  emulator.faults.add({
    match: { path: `/folders/${sub?.id}/items` },
    action: { status: 403 },
    times: 'always',
  });
  await writeFile(join(disk, 'extra'), 'e');
  const report = await down();
  assert.deepEqual([report.failed, report.mirror?.left?.code], [1, 'not-all-seen']);
  assert.deepEqual(await readTree(disk), { ...tree, extra: 'e' });
});

test('a choice of paths is no whole source', async (t) => {
  await using box = await openBox();
  const { folderId, up } = await stage(t, box, { a: 'a' }, { b: 'b' });
  const report = await up({ only: ['a'] });
  assert.equal(report.mirror, undefined);
  assert.deepEqual(await box.tree(folderId), { a: 'a', b: 'b' });
});

test('links stay: web links in Box, symbolic links here', async (t) => {
  await using box = await openBox();
  const { disk, folderId, up, down } = await stage(t, box, { a: 'a' }, { a: 'a', 'old/b': 'b' });
  const old = (await Array.fromAsync(box.client.folders.items(folderId))).find(
    ({ name }) => name === 'old',
  );
  const webLink = { url: 'https://example.com', name: 'link', parentId: old?.id ?? '' };
  await box.client.webLinks.create(webLink);
  await up();
  assert.deepEqual(await box.tree(folderId), { a: 'a', 'old/link': '(web link)' });
  await makeTree(disk, { 'extra/c': 'c' });
  await symlink('/', join(disk, 'extra/root'));
  const { failures } = await down();
  assert.deepEqual(failures, []);
  assert.deepEqual(await readTree(disk), {
    a: 'a',
    'extra/root': '(no ordinary file)',
    'old/': '',
  });
});

test('what is extra here and is written to meanwhile stays, and is told', async (t) => {
  await using box = await openBox();
  const { disk, down } = await stage(t, box, { a: 'a', extra: 'e' }, { a: 'a' });
  const onEvent = recorderOf(() => appendFileSync(join(disk, 'extra'), ' and more'));
  const report = await down({ onEvent });
  assert.deepEqual(
    report.failures.map(({ path, reason }) => [path, reason?.code]),
    [['extra', 'changed-on-disk']],
  );
  assert.equal((await readTree(disk)).extra, 'e and more');
});

/** Does something as soon as the first file has ended. */
function recorderOf(act: () => void): NonNullable<UploadOptions['onEvent']> {
  let isDone = false;
  return (event) => {
    if (event.type !== 'file' || isDone) return;
    isDone = true;
    act();
  };
}

test('what was changed in Box since it was listed stays there, and is told', async (t) => {
  await using box = await openBox();
  const { folderId, up } = await stage(t, box, { a: 'a' }, { a: 'a', extra: 'e' });
  box.emulator.faults.add({
    match: { method: 'DELETE', path: '/files/:id' },
    action: { status: 412, code: 'precondition_failed' },
  });
  const report = await up();
  assert.deepEqual(
    report.failures.map(({ path, reason }) => [path, reason?.code]),
    [['extra', 'changed-on-box']],
  );
  assert.deepEqual(report.mirror, { held: 2, extra: 1, trashed: 0 });
  assert.deepEqual(await box.tree(folderId), { a: 'a', extra: 'e' });
});

test('empty files and several equal ones: none is lost, and the order is always the same', async (t) => {
  await using box = await openBox();
  const inBox = { 'old/1': 'same', 'old/2': 'same', 'old/3': 'same', 'old/4': '' };
  const { folderId, up } = await stage(
    t,
    box,
    { 'new/2': 'same', 'new/x': 'same', 'new/4': '' },
    inBox,
  );
  const { events, onEvent } = recorder();
  const report = await up({ onEvent, dryRun: true });
  const told = events.flatMap((event) =>
    event.type === 'file' ? [[event.result.path, event.result.reason?.words]] : [],
  );
  assert.deepEqual(told.sort(), [
    ['new/2', 'would be moved from old/2'],
    ['new/4', 'would be sent'],
    ['new/x', 'would be moved from old/1'],
  ]);
  assert.equal(report.mirror?.trashed, 2);
  await up();
  assert.deepEqual(await box.tree(folderId), { 'new/2': 'same', 'new/4': '', 'new/x': 'same' });
});

test('a moved file that changes while it is moved is sent, and a changed one in Box is not taken for it', async (t) => {
  await using box = await openBox();
  const { folderId, up } = await stage(t, box, { new: 'contents' }, { old: 'contents' });
  // Box moves a file as it is, whatever was known of it: only the answer tells.
  box.emulator.faults.add({
    match: { method: 'PUT', path: '/files/:id' },
    action: { status: 412 },
  });
  const report = await up();
  assert.deepEqual([report.transferredBy, report.mirror?.trashed], [{ new: 1 }, 1]);
  assert.deepEqual(await box.tree(folderId), { new: 'contents' });
});

test('what makes no sense is refused before anything is looked at', async (t) => {
  await using box = await openBox();
  const { up, down } = await stage(t, box, { a: 'a' }, { a: 'a' });
  const before = box.client.counts().calls;
  await assert.rejects(up({ mode: 'upload' }), /--mode update/);
  await assert.rejects(up({ maxDelete: '200%' }), /maxDelete/);
  await assert.rejects(
    download({ client: box.client, fileId: '1', directory: 'x', deleteExtra: true }),
    /name a folder/,
  );
  assert.equal(box.client.counts().calls, before);
  assert.equal((await down({ maxDelete: 0 })).ended, 'complete');
});

test('a target that is a disk of its own has no trash beside it', async (t) => {
  const folder = await temporaryFolder(t);
  await assertTrashBeside(folder);
  await assertTrashBeside(join(folder, 'to be made'));
  if (process.platform === 'linux') {
    await assert.rejects(assertTrashBeside('/proc'), /disk of its own[\s\S]*\/proc\/box/);
  }
});
