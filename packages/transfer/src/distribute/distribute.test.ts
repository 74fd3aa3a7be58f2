import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { openState } from '../state/state.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { countedOrigin } from '../testing/counted-origin.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import type { DistributeOptions, DistributionTarget, TransferReport } from '../transfer.ts';
import { distribute } from './distribute.ts';

/** Folders in the root of Box: `/t1`, `/t2`, … */
async function targetsIn(box: TestBox, count: number) {
  const targets: (DistributionTarget & { folderId: string })[] = [];
  for (let n = 1; n <= count; n++) {
    targets.push({ label: `/t${n}`, folderId: await box.folder(`t${n}`) });
  }
  return targets;
}

async function stage(t: TestContext, tree: Record<string, string | Uint8Array>, count: number) {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  const disk = await temporaryFolder(t);
  await makeTree(disk, tree);
  const targets = await targetsIn(box, count);
  box.emulator.resetCounts();
  const send = (more: Partial<DistributeOptions> = {}) =>
    distribute({ client: box.client, sources: [`${disk}/`], targets, mode: 'upload', ...more });
  return { box, disk, targets, send };
}

/** Calls that the emulator took by what they are for. */
function taken(box: TestBox) {
  const counts = box.emulator.counts();
  return {
    listed: counts['GET /folders/:id/items'] ?? 0,
    made: counts['POST /folders'] ?? 0,
    sent: counts['POST /files/content'] ?? 0,
    versions: counts['POST /files/:id/content'] ?? 0,
    copied: counts['POST /files/:id/copy'] ?? 0,
  };
}

/** A folder of somebody else, which the account of the tests may read. */
async function readOnlyFolder(box: TestBox): Promise<string> {
  const { id: userId } = await box.client.users.create({ name: 'Owner' });
  const owner = box.client.asUser(userId);
  const { id } = await owner.folders.create({ name: 'theirs', parentId: '0' });
  const item = { type: 'folder', id } as const;
  const viewer = box.emulator.serviceAccountUserId;
  await owner.collaborations.create({ item, userId: viewer, role: 'viewer' });
  return id;
}

const within = (report: TransferReport, least: number) =>
  assert.ok(report.calls.calls <= least * 1.02, `${report.calls.calls} calls, ${least} would do`);

describe('one source to 30 folders', () => {
  const small = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`${n % 2 ? 'deep/' : ''}f${n}.txt`, `contents ${n}`]),
  );
  const medium = Buffer.alloc(3_000_000, 7);
  const tree = { ...small, 'deep/medium.bin': medium };

  test('is read once, sent once and copied, in no more calls than it takes', async (t) => {
    const { box, disk, targets, send } = await stage(t, tree, 30);
    const { origin, asked } = countedOrigin([`${disk}/`]);
    const planned = await send({ dryRun: true });
    const report = await send({ sources: origin });
    assert.equal(report.transferred, 21 * 30);
    assert.equal(report.copied, 21 * 29);
    assert.equal(report.bytes, medium.byteLength + Object.values(small).join('').length);
    assert.deepEqual(asked.listed, { deep: 1 });
    assert.deepEqual(new Set(Object.values(asked.opened)), new Set([1]));
    assert.equal(asked.bytesRead['medium.bin'], medium.byteLength);
    assert.equal(asked.bytesRead['f3.txt'], 'contents 3'.length);
    const { listed, made, sent, copied } = taken(box);
    assert.deepEqual([listed, made, sent, copied], [60, 30, 21, 21 * 29], 'with the dry run');
    const least = 30 + 30 + 21 * 30;
    assert.deepEqual([planned.predictedCalls, report.calls.calls], [least, least]);
    assert.equal(report.predictedCalls, least);
    const first = await box.tree(targets[0]?.folderId ?? '');
    assert.equal(Object.keys(first).length, 21);
    for (const { folderId } of targets) assert.deepEqual(await box.tree(folderId), first);
  });

  test('reaches all that can be reached, and tells of the others', async (t) => {
    const { box, targets, send } = await stage(t, tree, 28);
    const closed = { label: '/closed', folderId: await readOnlyFolder(box) };
    const gone = { label: '99', folderId: '99' };
    const { events, onEvent } = recorder();
    // The closed one comes first, so that what is sent there has to be sent elsewhere.
    const report = await send({ targets: [closed, gone, ...targets], onEvent });
    assert.equal(report.transferred, 21 * 28);
    assert.equal(report.failed, 21 * 2 + 2, 'files and the folders that they were to be in');
    for (const { path, reason, target } of report.failures) {
      assert.ok(path === `${target}/` || path.startsWith(`${target}//`), `${target}: ${path}`);
      assert.equal(reason?.code, target === '99' ? 'not-found' : 'no-permission');
    }
    within(report, 30 + 28 + 21 * 28);
    const paths = events.flatMap((event) => (event.type === 'file' ? [event.result.path] : []));
    assert.equal(new Set(paths).size, paths.length, 'no path is told of twice');
    for (const { folderId } of targets) {
      assert.equal(Object.keys(await box.tree(folderId)).length, 21);
    }
  });
});

test('a large file is sent through one session, read once, and copied', async (t) => {
  const { box, disk, targets } = await stage(t, {}, 4);
  await writeFile(join(disk, 'large.bin'), Buffer.alloc(60_000_000, 1));
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const { client } = box;
  const report = await distribute({ client, sources: origin, targets, mode: 'upload' });
  assert.deepEqual([report.transferred, report.copied], [4, 3]);
  assert.equal(asked.bytesRead['large.bin'], 60_000_000);
  assert.equal(taken(box).sent, 0);
  assert.equal(report.predictedCalls, 4 + 10 + 3);
});

describe('what is there already decides, target by target', () => {
  const now = { 'a.txt': 'new contents' };
  const cases = [
    ['upload', { new: 1 }, { same: 1, exists: 1 }, { sent: 1, versions: 0, copied: 0 }],
    ['update', { new: 1, version: 1 }, { same: 1 }, { sent: 0, versions: 1, copied: 1 }],
    ['overwrite', { new: 1, replaced: 1 }, { same: 1 }, { sent: 1, versions: 0, copied: 1 }],
  ] as const;
  for (const [mode, transferredBy, skippedBy, expected] of cases) {
    test(`missing in one, the same in one, different in one: ${mode}`, async (t) => {
      const { box, targets, send } = await stage(t, now, 3);
      const [, same, different] = targets.map(({ folderId }) => folderId);
      // Of another time, so that none of them is what a run would have made.
      const contentModifiedAt = '2020-01-01T00:00:00+00:00';
      const there = (parentId = '0', text = '') =>
        box.client.files.upload({
          ...{ name: 'a.txt', parentId, contentModifiedAt },
          body: bodyOf(text),
        });
      await there(same, 'new contents');
      await there(different, 'old');
      box.emulator.resetCounts();
      const planned = await send({ mode, dryRun: true });
      const report = await send({ mode });
      assert.deepEqual(report.transferredBy, transferredBy);
      assert.deepEqual(report.skippedBy, skippedBy);
      const { sent, versions, copied } = taken(box);
      assert.deepEqual({ sent, versions, copied }, expected);
      assert.deepEqual(
        [planned.predictedCalls, report.predictedCalls],
        Array(2).fill(report.calls.calls),
      );
      const trees = await Promise.all(targets.map(({ folderId }) => box.tree(folderId)));
      assert.deepEqual(trees, [now, now, mode === 'upload' ? { 'a.txt': 'old' } : now]);
    });
  }

  test('a rerun sends and copies nothing', async (t) => {
    const { box, send } = await stage(t, now, 3);
    await send();
    const report = await send();
    assert.deepEqual(report.skippedBy, { same: 3 });
    assert.equal(report.calls.calls, 3);
    assert.equal(taken(box).copied, 2);
  });

  test('what one target has from an earlier run is copied to the others, and sent no more', async (t) => {
    const { box, targets, send } = await stage(t, now, 3);
    await send({ targets: targets.slice(2) });
    const report = await send();
    assert.deepEqual([report.copied, report.skipped, report.bytes], [2, 1, 0]);
    assert.equal(taken(box).sent, 1);
  });

  test('what gets a new version keeps its description to itself', async (t) => {
    const { box, targets, send } = await stage(t, now, 3);
    const [first] = targets;
    const parentId = first?.folderId ?? '';
    const body = bodyOf('old');
    const description = 'for our eyes only';
    const file = await box.client.files.upload({ name: 'a.txt', parentId, body, description });
    const report = await send({ mode: 'update' });
    assert.deepEqual(report.transferredBy, { new: 2, version: 1 });
    for (const { folderId } of targets) {
      const { id } = await box.file(folderId, 'a.txt');
      const said = (await box.client.files.get(id)).description;
      assert.equal(said, id === file.id ? description : '');
    }
  });

  test('what has words of its owner is not copied to others, but sent', async (t) => {
    const { box, targets, send } = await stage(t, now, 3);
    const [first] = targets;
    await send({ targets: targets.slice(0, 1) });
    const file = await box.file(first?.folderId ?? '', 'a.txt');
    await box.client.files.update(file.id, { description: 'for our eyes only' });
    const report = await send();
    assert.deepEqual([report.transferred, report.copied], [2, 1]);
    const copy = await box.file(targets[2]?.folderId ?? '', 'a.txt');
    assert.equal((await box.client.files.get(copy.id)).description, '');
  });
});

test('--via upload sends to each, and reads once all the same', async (t) => {
  const { disk, box, targets } = await stage(t, { 'a.bin': Buffer.alloc(2_000_000, 3) }, 5);
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const { client } = box;
  const report = await distribute({
    client,
    sources: origin,
    targets,
    mode: 'upload',
    via: 'upload',
  });
  assert.deepEqual([report.transferred, report.copied, report.calls.uploads], [5, undefined, 5]);
  assert.equal(asked.bytesRead['a.bin'], 2_000_000);
});

describe('where Box refuses to copy', () => {
  for (const [via, transferred] of [
    ['auto', 4 * 3],
    ['copy', 4],
  ] as const) {
    test(`${via} ${via === 'auto' ? 'sends instead' : 'fails, and says so'}`, async (t) => {
      const { box, send } = await stage(t, { a: 'a', b: 'b', c: 'c', d: 'd' }, 3);
      box.emulator.faults.add({
        match: { method: 'POST', path: '/files/*/copy' },
        action: { status: 403, code: 'forbidden' },
        times: 'always',
      });
      const report = await send({ via, concurrency: 1 });
      assert.equal(report.transferred, transferred);
      assert.equal(report.failed, 12 - transferred);
      const { copied } = taken(box);
      assert.equal(copied, via === 'auto' ? 2 : 8, 'auto asks once for each target');
    });
  }
});

test('a copy with other contents is put away, and the file is sent', async (t) => {
  const { box, targets, send } = await stage(t, { a: 'right' }, 2);
  const file = { type: 'file', id: '987654321', etag: '0', name: 'a', size: 5 };
  box.emulator.faults.add({
    match: { method: 'POST', path: '/files/*/copy' },
    action: { status: 201, body: JSON.stringify({ ...file, sha1: 'f'.repeat(40) }) },
    times: 1,
  });
  const report = await send();
  assert.deepEqual([report.transferred, report.copied], [2, undefined]);
  for (const { folderId } of targets) assert.deepEqual(await box.tree(folderId), { a: 'right' });
});

test('a copy whose answer is lost is not made twice', async (t) => {
  const { box, targets, send } = await stage(t, { a: 'a' }, 2);
  box.emulator.faults.add({
    match: { method: 'POST', path: '/files/*/copy' },
    action: { cut: 'after', of: 'request' },
    times: 1,
  });
  const report = await send();
  assert.equal(report.failed, 0);
  for (const { folderId } of targets) assert.deepEqual(await box.tree(folderId), { a: 'a' });
});

describe('targets', () => {
  test('named twice are refused before anything is done', async (t) => {
    const { targets, send } = await stage(t, { a: 'a' }, 1);
    const [one] = targets;
    const twice = [...targets, { label: '/again', folderId: one?.folderId ?? '' }];
    await assert.rejects(send({ targets: twice }), /two targets have the folder \d+: name each/);
    await assert.rejects(send({ targets: [...targets, ...targets] }), /label \/t1/);
    await assert.rejects(send({ targets: [] }), /not said which folders/);
    for (const label of ['', '/', 'a/', 'a//b']) {
      await assert.rejects(send({ targets: [{ label, folderId: '0' }] }), /is no label/);
    }
  });

  test('that are not there are told, with all that was to go there', async (t) => {
    const { targets, send } = await stage(t, { a: 'a' }, 1);
    const missing = { code: 'not-found', words: 'there is no such folder' } as const;
    const report = await send({ targets: [...targets, { label: '/none', missing }] });
    assert.equal(report.transferred, 1);
    assert.deepEqual(codes(report), { '/none/': 'not-found', '/none//a': 'not-found' });
  });

  test('one in another are kept apart where they meet', async (t) => {
    const { box, targets, disk, send } = await stage(t, { 'x/x/f': 'inner', 'x/f': 'outer' }, 1);
    const [outer] = targets;
    const parentId = outer?.folderId ?? '';
    const inner = await box.client.folders.create({ name: 'x', parentId });
    const both = [...targets, { label: '/t1/x', folderId: inner.id }];
    const report = await send({ sources: [join(disk, 'x')], targets: both, mode: 'update' });
    assert.deepEqual(codes(report), {
      '/t1//x': 'same-folder',
      '/t1//x/f': 'same-folder',
      '/t1//x/x/f': 'same-folder',
    });
    assert.deepEqual(await box.tree(parentId), { 'x/x/f': 'outer', 'x/x/x/f': 'inner' });
  });
});

test('shared among users, each target is written to by those whom it lets in', async (t) => {
  const { box, targets, send } = await stage(t, { a: 'a', b: 'b', c: 'c' }, 3);
  const [first] = targets;
  const { id } = await box.client.users.create({ name: 'Ann' });
  const item = { type: 'folder', id: first?.folderId ?? '' } as const;
  await box.client.collaborations.create({ item, userId: id, role: 'editor' });
  const others = [{ name: 'Ann', client: box.client.asUser(id) }];
  const report = await send({ others });
  assert.deepEqual([report.transferred, report.failed], [9, 0]);
});

describe('a job', () => {
  async function remembered(t: TestContext, tree: Record<string, string>, count: number) {
    const stand = await stage(t, tree, count);
    const state = openState(join(await temporaryFolder(t), 'state'));
    t.after(() => state.close());
    const command = { argv: ['distribute'], cwd: stand.disk };
    const remember = { state, account: 'me', title: 'weekly', command };
    return { ...stand, state, remember };
  }

  test('that was stopped goes on with what is left, and sends no more than that', async (t) => {
    const tree = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`f${n}`, `${n}`]));
    const { box, targets, send, remember } = await remembered(t, tree, 5);
    const stop = new AbortController();
    let copied = 0;
    const stopped = await send({
      remember,
      signal: stop.signal,
      concurrency: 2,
      onEvent(event) {
        if (event.type !== 'file' || event.result.via !== 'copy') return;
        copied += 1;
        if (copied === 17) stop.abort();
      },
    });
    assert.equal(stopped.ended, 'interrupted');
    assert.equal(stopped.left, 60 - stopped.transferred);
    const sentBefore = taken(box).sent;
    const report = await send({ remember });
    assert.deepEqual([report.ended, report.job], ['complete', stopped.job]);
    assert.equal(report.transferred + report.skipped, 60);
    assert.ok(taken(box).sent <= 13, `${sentBefore} sent, then ${taken(box).sent} in all`);
    for (const { folderId } of targets) assert.deepEqual(await box.tree(folderId), tree);
  });

  test('does again only what failed, and looks only where it did', async (t) => {
    const { box, targets, send, remember, state } = await remembered(t, { a: 'a', 'x/b': 'b' }, 3);
    const [, second] = targets;
    const fault = box.emulator.faults.add({
      match: { method: 'POST', path: '/files/*/copy', bodyIncludes: second?.folderId ?? '' },
      action: { status: 400, code: 'bad_request' },
      times: 'always',
    });
    const failed = await send({ remember, via: 'copy' });
    assert.deepEqual(codes(failed), { '/t2//a': 'box-error' });
    fault.remove();
    box.emulator.resetCounts();
    const report = await send({ remember, via: 'copy', only: 'failed' });
    assert.deepEqual([report.transferred, report.failed], [1, 0]);
    assert.equal(taken(box).listed, 1);
    assert.deepEqual(state.jobs.failures(report.job ?? ''), []);
  });
});
