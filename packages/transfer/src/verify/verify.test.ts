import assert from 'node:assert/strict';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { sha1Of } from '../hash.ts';
import { filterOf } from '../selection/filter.ts';
import { openState } from '../state/state.ts';
import { openBox, recorder } from '../testing/box.ts';
import { countedOrigin } from '../testing/counted-origin.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import type { VerifyOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import { manifestOrigin } from './manifest-origin.ts';
import { verify } from './verify.ts';

const TREE = { 'a.txt': 'one', 'b.txt': 'two', 'deep/c.txt': 'three', 'deep/er/d.txt': 'four' };

/** A folder here, and the same in Box. */
async function stage(t: TestContext, tree: Record<string, string> = TREE) {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  const disk = await temporaryFolder(t);
  await makeTree(disk, tree);
  const { client } = box;
  const folderId = await box.folder();
  const sources = [`${disk}/`];
  await upload({ client, sources, folderId, mode: 'upload' });
  const check = (more: Partial<VerifyOptions> = {}) =>
    verify({ client, sources, folderId, ...more });
  return { box, client, disk, folderId, sources, check };
}

describe('what is the same', () => {
  test('costs listings only, and nothing is moved', async (t) => {
    const { box, check } = await stage(t);
    box.emulator.resetCounts();
    const { events, onEvent } = recorder();
    const report = await check({ onEvent });
    assert.deepEqual([report.ended, report.failed, report.skippedBy], ['complete', 0, { same: 4 }]);
    assert.deepEqual(box.emulator.counts(), { 'GET /folders/:id/items': 3 });
    assert.equal(report.predictedCalls, 3);
    const told = events.flatMap((event) => (event.type === 'file' ? [event.result.path] : []));
    assert.deepEqual(told.sort(), Object.keys(TREE));
  });

  test('is read once, and not again by the next run', async (t) => {
    const { check, sources } = await stage(t);
    const state = openState(join(await temporaryFolder(t), 'state'));
    t.after(() => state.close());
    const command = { argv: ['verify'], cwd: '/' };
    const remember = { state, account: 'me', title: 'weekly', command };
    const read = async () => {
      const { origin, asked } = countedOrigin(sources);
      const report = await check({ sources: origin, remember });
      assert.equal(report.failed, 0);
      return Object.keys(asked.bytesRead).length;
    };
    assert.deepEqual([await read(), await read()], [4, 0]);
  });
});

test('each of ten differences is found, and nothing else', async (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`f${n % 3}/n${n}.txt`, `contents ${n}`]),
  );
  const { box, client, disk, folderId, check } = await stage(t, { ...many, 'g/h.txt': 'h' });
  const [f0, f1] = await Promise.all(
    ['f0', 'f1'].map(async (name) => {
      const items = await Array.fromAsync(client.folders.items(folderId));
      return items.find((item) => item.name === name)?.id ?? '';
    }),
  );
  const inBox = async (parentId: string | undefined, name: string) =>
    (await box.file(parentId ?? '', name)).id;
  await client.files.delete(await inBox(f0, 'n0.txt'));
  await client.files.uploadVersion(await inBox(f0, 'n3.txt'), { body: bodyOf('CONTENTS 3') });
  await client.files.uploadVersion(await inBox(f0, 'n6.txt'), {
    body: bodyOf('longer contents 6'),
  });
  await client.files.update(await inBox(f0, 'n9.txt'), { name: 'N9.txt' });
  await client.files.delete(await inBox(f1, 'n1.txt'));
  await client.folders.create({ name: 'n1.txt', parentId: f1 ?? '' });
  await client.files.upload({ name: 'extra.txt', parentId: f1 ?? '', body: bodyOf('extra') });
  await client.folders.create({ name: 'extra folder', parentId: folderId });
  await writeFile(join(disk, 'f2', 'n2.txt'), '');
  await makeTree(disk, { 'new/x.txt': 'x', 'empty/': '' });
  await rm(join(disk, 'g'), { recursive: true });
  await writeFile(join(disk, 'g'), 'a file now');
  const report = await check();
  assert.deepEqual(codes(report), {
    'f0/n0.txt': 'missing',
    'f0/n3.txt': 'different',
    'f0/n6.txt': 'different',
    'f0/n9.txt': 'named-otherwise',
    'f1/n1.txt': 'in-the-way',
    'f1/extra.txt': 'extra',
    'extra folder': 'extra',
    'f2/n2.txt': 'different',
    new: 'missing',
    'new/x.txt': 'missing',
    empty: 'missing',
    g: 'in-the-way',
  });
  assert.deepEqual(report.failedBy, {
    missing: 4,
    different: 3,
    'named-otherwise': 1,
    'in-the-way': 2,
    extra: 2,
  });
  assert.equal(report.skippedBy.same, 60 - 6);
});

describe('what is compared', () => {
  test('is what the filter takes, on both sides', async (t) => {
    const { client, folderId, check } = await stage(t);
    await client.files.upload({ name: 'x.tmp', parentId: folderId, body: bodyOf('x') });
    await client.files.upload({ name: 'y.txt', parentId: folderId, body: bodyOf('y') });
    const { id: parentId } = await client.folders.create({ name: 'other', parentId: folderId });
    await client.files.upload({ name: 'z.txt', parentId, body: bodyOf('zz') });
    const chosen = await check({ filter: filterOf({ extensions: ['txt'] }) });
    assert.deepEqual(codes(chosen), { 'y.txt': 'extra', 'other/z.txt': 'extra' });
    const without = await check({ filter: filterOf({ exclude: ['*.tmp', 'y.txt', 'other'] }) });
    assert.deepEqual(without.failures, []);
    const large = await check({ filter: filterOf({ minSizeBytes: 2 }) });
    assert.deepEqual(codes(large), { 'other/z.txt': 'extra' });
  });

  test('leaves out what a .boxhaulignore leaves out, here and there', async (t) => {
    const { client, disk, folderId, check } = await stage(t);
    await writeFile(join(disk, '.boxhaulignore'), '*.log\n.boxhaulignore\n');
    await writeFile(join(disk, 'here.log'), 'here');
    await client.files.upload({ name: 'there.log', parentId: folderId, body: bodyOf('there') });
    assert.deepEqual((await check()).failures, []);
  });

  test('is what was named, and not what lies beside it in Box', async (t) => {
    const { client, disk, folderId, check } = await stage(t);
    await client.files.upload({ name: 'beside.txt', parentId: folderId, body: bodyOf('x') });
    assert.deepEqual((await check({ sources: [join(disk, 'deep')] })).failures, []);
    assert.deepEqual((await check({ sources: [join(disk, 'a.txt')] })).failures, []);
  });

  test('is told even where it cannot go to Box', async (t) => {
    const { disk, check } = await stage(t);
    await symlink('a.txt', join(disk, 'link'));
    await mkdir(join(disk, 'bad\\folder'));
    await writeFile(join(disk, 'bad\\folder', 'f.txt'), 'f');
    await writeFile(join(disk, 'B.TXT'), 'two');
    const report = await check();
    assert.deepEqual(codes(report), {
      'bad\\folder': 'name-refused',
      'bad\\folder/f.txt': 'name-refused',
      'B.TXT': 'name-collision',
    });
    assert.deepEqual(report.skippedBy, { same: 4, symlink: 1 });
  });
});

describe('what cannot be looked at', () => {
  test('here makes nothing extra there', async (t) => {
    const { disk, check } = await stage(t);
    const { origin } = countedOrigin([`${disk}/`]);
    const failing = {
      ...origin,
      list: async () => {
        throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'scandir' });
      },
    };
    const report = await check({ sources: failing });
    assert.deepEqual(codes(report), { deep: 'local-error' });
  });

  test('in Box is told for its folder, and the rest is compared', async (t) => {
    const { box, client, folderId, check } = await stage(t);
    const items = await Array.fromAsync(client.folders.items(folderId));
    const deep = items.find(({ name }) => name === 'deep')?.id;
    box.emulator.faults.add({
      match: { path: `/folders/${deep}/items` },
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
      times: 'always',
    });
    const report = await check();
    assert.deepEqual(codes(report), { deep: 'no-permission' });
    assert.deepEqual(report.skippedBy, { same: 2 });
  });

  test('the folder itself ends the run', async (t) => {
    const { check } = await stage(t);
    await assert.rejects(check({ folderId: '99' }), /404/);
  });
});

test('only what differed is looked at again', async (t) => {
  const { box, disk, check } = await stage(t);
  await writeFile(join(disk, 'a.txt'), 'another');
  await writeFile(join(disk, 'deep', 'new.txt'), 'new');
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'me', title: 'x', command: { argv: [], cwd: '/' } };
  const first = await check({ remember });
  assert.deepEqual(first.failedBy, { different: 1, missing: 1 });
  await rm(join(disk, 'deep', 'new.txt'));
  box.emulator.resetCounts();
  const again = await check({ remember, only: 'failed' });
  assert.deepEqual(again.failedBy, { different: 1 });
  assert.equal(box.emulator.counts()['GET /folders/:id/items'], 2);
});

describe('a manifest', () => {
  async function* listOf(tree: Record<string, string>) {
    for (const [path, text] of Object.entries(tree)) {
      const sha1 = sha1Of(Buffer.from(text)).toUpperCase();
      yield { kind: 'file', path, sizeBytes: text.length, sha1 } as const;
    }
  }

  test('is compared as the files would be that it lists', async (t) => {
    const { check, disk } = await stage(t);
    using same = await manifestOrigin(listOf(TREE), 'list');
    const report = await check({ sources: same });
    assert.deepEqual([report.failed, report.skippedBy], [0, { same: 4 }]);
    const { 'a.txt': _, ...rest } = TREE;
    using other = await manifestOrigin(
      listOf({ ...rest, 'b.txt': 'TWO', 'deep/er/new.txt': 'x' }),
      'list',
    );
    const differing = await check({ sources: other });
    assert.deepEqual(codes(differing), {
      'a.txt': 'extra',
      'b.txt': 'different',
      'deep/er/new.txt': 'missing',
    });
    assert.deepEqual((await readdir(disk)).sort(), ['a.txt', 'b.txt', 'deep']);
  });

  test('names folders too, and what nobody knows anything of', async (t) => {
    const { client, folderId, check } = await stage(t);
    await client.folders.create({ name: 'empty', parentId: folderId });
    async function* entries() {
      yield* listOf({ 'b.txt': 'two', 'deep/c.txt': 'three', 'deep/er/d.txt': 'four' });
      yield { kind: 'unknown', path: 'a.txt' } as const;
      yield { kind: 'folder', path: 'empty' } as const;
      yield { kind: 'folder', path: 'no/where' } as const;
    }
    using sources = await manifestOrigin(entries(), 'list');
    const report = await check({ sources });
    assert.deepEqual(codes(report), { no: 'missing' });
    assert.deepEqual(report.skippedBy, { same: 3 });
  });

  test('with a path twice, or one that is none, is refused', async () => {
    async function* twice() {
      yield* listOf({ 'a/b': 'x' });
      yield* listOf({ 'a/b': 'y' });
    }
    await assert.rejects(manifestOrigin(twice(), 'x'), /"a\/b" stands in the manifest twice/);
    for (const path of ['', '/a', 'a//b', '../a', 'a/']) {
      await assert.rejects(manifestOrigin(listOf({ [path]: 'x' }), 'x'), /no path below a folder/);
    }
  });
});
