/** Mirroring on random trees: nothing is lost, whatever both sides hold and whatever fails. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FaultAction, FaultMatch } from '@boxhaul/emulator';
import { download } from '../download/download-tree.ts';
import { openBox, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { numbersFrom } from '../testing/numbers.ts';
import type { TransferReport } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';

type Tree = Record<string, string>;

const SEEDS = 4;

/** Few names and contents, so that both sides have much in common: the same, changed, moved, twice, empty. */
function randomTree(seed: number): Tree {
  const next = numbersFrom(seed);
  const tree: Tree = {};
  const grow = (path: string, depth: number) => {
    const folders = ['d', 'D-e', 'd f'].filter(() => depth < 3 && next(2) === 0);
    for (const name of folders) grow(`${path}${name}/`, depth + 1);
    const files = ['one.txt', 'two.txt', 'x', '☃'].filter(() => next(2) === 0);
    for (const name of files)
      tree[path + name] = ['', 'red', 'blue', 'much'.repeat(500)][next(4)] ?? '';
    if (folders.length + files.length === 0 && path !== '') tree[path] = '';
  };
  grow('', 0);
  // A source without a file deletes nothing.
  return { ...tree, 'always here': 'the same' };
}

/** Two trees for a seed: what the source holds, and what the target held before. */
function sidesOf(seed: number): { source: Tree; before: Tree } {
  return { source: randomTree(seed), before: randomTree(seed + 1_000) };
}

/** Files of the target of whose path the source knows nothing. */
function extraOf(before: Tree, source: Tree): Tree {
  const extra = Object.entries(before).filter(
    ([path]) => !path.endsWith('/') && source[path] === undefined,
  );
  return Object.fromEntries(extra);
}

function contentsOf(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([path]) => !path.endsWith('/'))
    .map(([, contents]) => contents)
    .sort();
}

/** Calls that were not repeated: a busy machine answers late. */
function callsOf({ calls: { calls, retried } }: TransferReport): number {
  return calls - retried;
}

/** Every file that was extra is in the trash, byte for byte, or was moved: as many as the report says. */
function assertNothingLost(extra: Tree, trashed: Tree, report: TransferReport): void {
  for (const [path, contents] of Object.entries(trashed)) assert.equal(contents, extra[path], path);
  const moved = Object.entries(extra).filter(([path]) => trashed[path] === undefined);
  const movedAlone = report.transferredBy.moved ?? 0;
  if (report.mirror?.movedFolders !== undefined) assert.ok(moved.length > movedAlone);
  else {
    assert.equal(moved.length, movedAlone);
    assert.ok(
      moved.every(([, contents]) => contents !== ''),
      'an empty file is not moved',
    );
  }
  assert.equal(report.mirror?.trashed, Object.keys(trashed).length);
}

function up(box: TestBox, disk: string, folderId: string, deleteExtra: boolean) {
  const { client } = box;
  const sources = [`${disk}/`];
  return upload({
    client,
    sources,
    folderId,
    mode: 'update',
    deleteExtra,
    ...(deleteExtra && { maxDelete: '100%' as const }),
  });
}

/** Takes everything out of Box's trash, to where it was. @returns what that added */
async function restored(box: TestBox, folderId: string): Promise<Tree> {
  const before = await box.tree(folderId);
  for (const { type, id } of await Array.fromAsync(box.client.trash.items())) {
    await box.client.trash.restore({ type, id });
  }
  const after = Object.entries(await box.tree(folderId));
  return Object.fromEntries(
    after.filter(([path]) => !path.endsWith('/') && before[path] === undefined),
  );
}

test('whatever both sides hold, Box becomes equal, and what was there is moved or in the trash', async (t) => {
  await using box = await openBox();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { source, before } = sidesOf(seed);
    const disk = await temporaryFolder(t);
    await makeTree(join(disk, 'source'), source);
    await makeTree(join(disk, 'before'), before);
    const [folderId, besides] = [await box.folder(`in ${seed}`), await box.folder(`by ${seed}`)];
    await up(box, join(disk, 'before'), folderId, false);
    await up(box, join(disk, 'before'), besides, false);
    const report = await up(box, join(disk, 'source'), folderId, true);
    assert.deepEqual([report.failures, report.mirror?.left], [[], undefined], `seed ${seed}`);
    assert.equal(callsOf(report), report.predictedCalls, `seed ${seed}`);
    assert.deepEqual(
      await box.tree(folderId),
      await readTree(join(disk, 'source')),
      `seed ${seed}`,
    );
    assert.deepEqual(await box.tree(besides), await readTree(join(disk, 'before')));
    const again = await up(box, join(disk, 'source'), folderId, true);
    assert.deepEqual([again.transferred, again.mirror?.extra], [0, 0], `seed ${seed}`);
    assertNothingLost(extraOf(before, source), await restored(box, folderId), report);
  }
});

test('whatever both sides hold, the folder here becomes equal, and what was there is moved or in the trash', async (t) => {
  await using box = await openBox();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { source, before } = sidesOf(seed);
    const disk = await temporaryFolder(t);
    const directory = join(disk, 'target');
    await makeTree(join(disk, 'source'), source);
    await makeTree(directory, before);
    await makeTree(join(disk, 'besides'), before);
    const folderId = await box.folder(`out ${seed}`);
    await up(box, join(disk, 'source'), folderId, false);
    const { client } = box;
    const options = { client, folderId, directory, deleteExtra: true, maxDelete: '100%' } as const;
    const report = await download(options);
    assert.deepEqual([report.failures, report.mirror?.left], [[], undefined], `seed ${seed}`);
    assert.deepEqual(
      await readTree(directory),
      await readTree(join(disk, 'source')),
      `seed ${seed}`,
    );
    assert.deepEqual(await readTree(join(disk, 'besides')), await readTreeOf(t, before));
    const { trash } = report.mirror ?? {};
    const trashed = trash === undefined ? {} : filesOf(await readTree(trash));
    assertNothingLost(extraOf(before, source), trashed, report);
    const again = await download(options);
    assert.deepEqual([again.transferred, again.mirror?.extra], [0, 0], `seed ${seed}`);
    const names = (await readdir(disk)).filter((name) => name !== 'target.boxhaul-trash');
    assert.deepEqual(names.sort(), ['besides', 'source', 'target']);
  }
});

async function readTreeOf(t: Parameters<typeof temporaryFolder>[0], tree: Tree): Promise<Tree> {
  const folder = await temporaryFolder(t);
  await makeTree(folder, tree);
  return readTree(folder);
}

function filesOf(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('/')));
}

const troubles: Record<string, { match: FaultMatch; action: FaultAction }> = {
  'a folder cannot be listed': { match: { path: '/folders/:id/items' }, action: { status: 403 } },
  'a file cannot be sent': {
    match: { method: 'POST', path: '/files/content' },
    action: { status: 403 },
  },
  'a folder cannot be made': {
    match: { method: 'POST', path: '/folders' },
    action: { status: 403 },
  },
  'a file cannot be moved': {
    match: { method: 'PUT', path: '/files/:id' },
    action: { status: 403 },
  },
  'nothing can be trashed': { match: { method: 'DELETE' }, action: { status: 403 } },
};

for (const [what, { match, action }] of Object.entries(troubles)) {
  test(`when ${what}, nothing of Box's is lost, and the next run ends it`, async (t) => {
    await using box = await openBox();
    for (let seed = 1; seed <= 2; seed++) {
      const { source, before } = sidesOf(seed);
      const disk = await temporaryFolder(t);
      await makeTree(join(disk, 'source'), source);
      await makeTree(join(disk, 'before'), before);
      const folderId = await box.folder(`${seed}`);
      await up(box, join(disk, 'before'), folderId, false);
      box.emulator.faults.add({ match, action, times: 'always', skip: 1 });
      const report = await up(box, join(disk, 'source'), folderId, true);
      box.emulator.faults.clear();
      const isMet = report.failed > 0 || report.mirror?.left !== undefined;
      if (isMet && what !== 'nothing can be trashed') {
        assert.deepEqual(await box.trash(), [], `seed ${seed}`);
        assert.equal(report.mirror?.trashed, 0);
      }
      const held = [
        ...contentsOf(await box.tree(folderId)),
        ...contentsOf(await restored(box, folderId)),
      ];
      for (const contents of Object.values(extraOf(before, source)))
        assert.ok(held.includes(contents));
      await up(box, join(disk, 'source'), folderId, true);
      assert.deepEqual(
        await box.tree(folderId),
        await readTree(join(disk, 'source')),
        `seed ${seed}`,
      );
      await restored(box, folderId);
    }
  });
}

/** Stops a run for good when so much has been told. */
function stoppingAfter(count: number) {
  const stop = new AbortController();
  let told = 0;
  const onEvent = () => {
    told += 1;
    if (told === count) stop.abort();
  };
  return { signal: stop.signal, onEvent };
}

test('a run that is stopped at any moment loses nothing, and the next ends it, both ways', async (t) => {
  await using box = await openBox();
  for (let seed = 1; seed <= 3; seed++) {
    const { source, before } = sidesOf(seed);
    const disk = await temporaryFolder(t);
    const [here, old, directory] = ['source', 'before', 'target'].map((name) => join(disk, name));
    if (!here || !old || !directory) throw new Error('three folders');
    await makeTree(here, source);
    await makeTree(old, before);
    await makeTree(directory, before);
    const folderId = await box.folder(`stopped ${seed}`);
    const { client } = box;
    const usual = { client, folderId, deleteExtra: true, maxDelete: '100%' } as const;
    const sent = { ...usual, sources: [`${here}/`], mode: 'update' } as const;
    await upload({ ...sent, sources: [`${old}/`], deleteExtra: false });
    await upload({ ...sent, ...stoppingAfter(seed * 13) });
    await upload(sent);
    assert.deepEqual(await box.tree(folderId), await readTree(here), `seed ${seed}`);
    await download({ ...usual, directory, ...stoppingAfter(seed * 13) });
    await download({ ...usual, directory });
    assert.deepEqual(await readTree(directory), await readTree(here), `seed ${seed}`);
    const extra = Object.values(extraOf(before, source));
    const inTrash = join(disk, 'target.boxhaul-trash');
    const trashed = (await readdir(disk)).includes('target.boxhaul-trash')
      ? await readTree(inTrash)
      : {};
    const left = [...contentsOf(trashed), ...contentsOf(await readTree(directory))];
    for (const contents of extra) assert.ok(left.includes(contents), `seed ${seed}`);
    const back = [
      ...contentsOf(await restored(box, folderId)),
      ...contentsOf(await box.tree(folderId)),
    ];
    for (const contents of extra) assert.ok(back.includes(contents), `seed ${seed}`);
  }
});
