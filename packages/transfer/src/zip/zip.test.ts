/** Many small files at once, from a Box that does as it should, and from one that does not. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type BoxClient, bodyOf } from '@boxhaul/client';
import type { FaultAction, FaultMatch } from '@boxhaul/emulator';
import { download } from '../download/download-tree.ts';
import { IMPATIENT, openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { DownloadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';

const CONTENT: FaultMatch = { path: '/zip_downloads/:id/content' };
const CREATION: FaultMatch = { method: 'POST', path: '/zip_downloads' };
const SINGLE: FaultMatch = { method: 'GET', path: '/files/:id/content' };

/** 24 files, whose names are the same in each of two folders. */
const TREE = Object.fromEntries(
  ['a', 'b'].flatMap((folder) =>
    Array.from({ length: 12 }, (_, n) => [
      `${folder}/f${n}.txt`,
      `${folder}${n} `.repeat(n * 50 + 1),
    ]),
  ),
);
const FILES = Object.keys(TREE).length;
const LISTINGS = 3;

interface Stage {
  box: TestBox;
  folderId: string;
  directory: string;
  /** How often a file was asked for by itself, so far. */
  singly(): number;
  run(options?: Partial<DownloadOptions>): ReturnType<typeof download>;
  calls(): number;
}

async function stage(
  t: TestContext,
  tree: Record<string, string> = TREE,
  timeouts: Parameters<typeof openBox>[1] = {},
): Promise<Stage> {
  const box = await openBox({}, timeouts);
  t.after(() => box[Symbol.asyncDispose]());
  const disk = await temporaryFolder(t);
  await makeTree(join(disk, 'up'), tree);
  const folderId = await box.folder();
  const sources = [`${disk}/up/`];
  await upload({ client: box.client, sources, folderId, mode: 'upload' });
  const single = box.emulator.faults.add({
    match: SINGLE,
    action: { delayMs: 0 },
    times: 'always',
  });
  const directory = join(disk, 'down');
  return {
    box,
    folderId,
    directory,
    singly: () => single.hits,
    run: (options = {}) => download({ client: box.client, folderId, directory, ...options }),
    calls: () => box.client.counts().calls,
  };
}

describe('many small files', { concurrency: 8 }, () => {
  test('come as one archive, for two calls', async (t) => {
    const { run, directory, calls, singly } = await stage(t);
    const before = calls();
    const { events, onEvent } = recorder();
    const report = await run({ onEvent });
    assert.deepEqual([report.transferred, report.failed, report.left], [FILES, 0, 0]);
    assert.deepEqual(await readTree(directory), TREE);
    assert.equal(singly(), 0);
    assert.ok(calls() - before <= LISTINGS + 2, `${calls() - before} calls`);
    const results = events.filter((event) => event.type === 'file');
    const told = events.filter((event) => event.type === 'archive');
    assert.ok(told.every(({ bytes, bytesDone }) => bytesDone <= bytes));
    assert.equal(told.at(-1)?.bytes, 0);
    assert.equal(new Set(results.map(({ result }) => result.path)).size, FILES);
  });

  test('come one by one when that is asked for, or does not cost more', async (t) => {
    const { run, singly } = await stage(t);
    await run({ zip: 'never' });
    assert.equal(singly(), FILES);
    const few = await stage(t, { a: 'a', b: 'b', c: 'c' });
    await few.run();
    assert.equal(few.singly(), 3);
  });

  test('come as an archive even when they are few, when that is asked for', async (t) => {
    const { run, singly, directory } = await stage(t, { a: 'a', b: 'b', empty: '' });
    await run({ zip: 'always' });
    assert.equal(singly(), 0);
    assert.deepEqual(await readTree(directory), { a: 'a', b: 'b', empty: '' });
  });

  test('of the same contents all arrive', async (t) => {
    const licence = Object.keys(TREE).map((path) => [path, 'the licence']);
    const tree = { ...Object.fromEntries(licence), 'a/other': 'the licence' };
    const { run, singly, directory } = await stage(t, tree);
    await run();
    assert.deepEqual(await readTree(directory), tree);
    assert.equal(singly(), 0);
  });

  test('are compared first: only what is new or different comes', async (t) => {
    const { run, directory, box } = await stage(t);
    const part = Object.fromEntries(Object.entries(TREE).slice(0, 14));
    await makeTree(directory, { ...part, 'b/f5.txt': 'something else' });
    const asked = box.emulator.faults.add({
      match: CREATION,
      action: { delayMs: 0 },
      times: 'always',
    });
    const report = await run();
    assert.deepEqual(report.transferredBy, { new: 9, replaced: 1 });
    assert.deepEqual(report.skippedBy, { same: 14 });
    assert.equal(asked.hits, 1);
    assert.deepEqual(await readTree(directory), TREE);
  });

  test('are predicted as what they cost', async (t) => {
    const { run } = await stage(t);
    const { predictedCalls } = await run({ dryRun: true });
    const report = await run();
    assert.equal(predictedCalls, LISTINGS + 2);
    assert.equal(report.calls.calls, predictedCalls);
    assert.equal(report.predictedCalls, predictedCalls);
  });

  test('are only counted in a dry run', async (t) => {
    const { run, box } = await stage(t);
    const asked = box.emulator.faults.add({
      match: CREATION,
      action: { status: 500 },
      times: 'always',
    });
    const report = await run({ dryRun: true });
    assert.deepEqual(report.skippedBy, { 'dry-run': FILES });
    assert.equal(asked.hits, 0);
  });
});

const archiveFaults: Record<string, [FaultMatch, FaultAction]> = {
  'a cut before': [CONTENT, { cut: 'before' }],
  'a cut in the middle': [CONTENT, { cut: 'in', afterBytes: 3000 }],
  'a cut after the last byte': [CONTENT, { cut: 'after' }],
  'a stall in the middle': [CONTENT, { stall: 'in', afterBytes: 3000 }],
  'an address that is used up': [CONTENT, { status: 404 }],
  'a 401 in its place': [CONTENT, { status: 401 }],
  'an archive that is none': [CONTENT, { status: 200, body: 'PK, said the file' }],
  'a 500 in its place': [CONTENT, { status: 500 }],
  'a 429 in its place': [CONTENT, { status: 429, retryAfter: 1 }],
  'a 202 in its place': [CONTENT, { status: 202, retryAfter: 1 }],
  'a 429 when it is asked for': [CREATION, { status: 429, retryAfter: 1 }],
  'a 503 when it is asked for': [CREATION, { status: 503 }],
  'a 404 when it is asked for': [CREATION, { status: 404 }],
  'an expired token when it is asked for': [CREATION, { expireToken: true }],
};

/** After which nothing else is to be had from Box. */
const LASTING = new Set([
  'a cut in the middle',
  'an address that is used up',
  'a 401 in its place',
  'an archive that is none',
  'a 202 in its place',
  'a 503 when it is asked for',
  'a 404 when it is asked for',
]);

describe('an archive that goes wrong', { concurrency: 8 }, () => {
  for (const [what, [match, action]] of Object.entries(archiveFaults)) {
    test(`is asked for again: ${what}`, async (t) => {
      const { run, box, directory, singly } = await stage(
        t,
        TREE,
        'stall' in action ? IMPATIENT : {},
      );
      const fault = box.emulator.faults.add({ match, action });
      const report = await run();
      assert.deepEqual(report.failures, []);
      assert.equal(fault.hits, 1);
      assert.equal(singly(), 0);
      assert.deepEqual(await readTree(directory), TREE);
    });

    if (!LASTING.has(what)) continue;
    test(`is done without, if it goes on: ${what}`, async (t) => {
      const { run, box, directory, singly } = await stage(t);
      box.emulator.faults.add({ match, action, times: 'always' });
      const report = await run();
      assert.deepEqual(report.failures, []);
      assert.equal(singly(), FILES);
      assert.deepEqual(await readTree(directory), TREE);
    });
  }

  test('brings wrong bytes: only what they are of is fetched singly', async (t) => {
    const { run, box, directory, singly } = await stage(t);
    box.emulator.faults.add({ match: CONTENT, action: { wrongBytes: true } });
    const report = await run();
    assert.deepEqual(report.failures, []);
    assert.ok(singly() <= 1, `${singly()} files`);
    assert.deepEqual(await readTree(directory), TREE);
  });

  test('costs few calls where Box makes none at all', async (t) => {
    const { run, box } = await stage(t);
    const refused = box.emulator.faults.add({
      match: CREATION,
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
      times: 'always',
    });
    await run();
    assert.ok(refused.hits <= 8, `${refused.hits} calls`);
  });
});

/** Lets someone else act once between listing and archive; also where a run makes a client of its own of this one. */
function interveneBefore({ client }: TestBox, act: () => Promise<unknown>): void {
  let acting: Promise<unknown> | undefined;
  const meddle = ({ zipDownloads }: BoxClient) => {
    const original = zipDownloads.download.bind(zipDownloads);
    zipDownloads.download = async (...given) => {
      acting ??= act();
      await acting;
      return original(...given);
    };
  };
  meddle(client);
  const endingWith = client.endingWith.bind(client);
  client.endingWith = (signal) => {
    const ending = endingWith(signal);
    meddle(ending);
    return ending;
  };
}

const idOf = async ({ box, folderId }: Stage, folder: string, name: string) => {
  const items = await Array.fromAsync(box.client.folders.items(folderId));
  const found = items.find((item) => item.name === folder);
  return (await box.file(found?.id ?? '', name)).id;
};

test('a token that is refused again when an archive is asked for ends the run', async (t) => {
  const { run, box, singly } = await stage(t);
  box.emulator.faults.add({ match: CREATION, action: { status: 401 }, times: 'always' });
  await assert.rejects(run(), { code: 'token_refused' });
  assert.equal(singly(), 0);
});

describe('someone else meanwhile', { concurrency: 8 }, () => {
  test('deletes a file: it fails, the others come together', async (t) => {
    const at = await stage(t);
    const id = await idOf(at, 'b', 'f5.txt');
    interveneBefore(at.box, () => at.box.client.files.delete(id));
    const report = await at.run();
    assert.deepEqual(
      report.failures.map(({ path, reason }) => [path, reason?.code]),
      [['b/f5.txt', 'not-found']],
    );
    assert.equal(report.transferred, FILES - 1);
    assert.ok(at.singly() <= FILES / 2, `${at.singly()} files`);
  });

  test('changes a file: the new contents come', async (t) => {
    const at = await stage(t);
    const id = await idOf(at, 'b', 'f5.txt');
    interveneBefore(at.box, () => at.box.client.files.uploadVersion(id, { body: bodyOf('new') }));
    const report = await at.run();
    assert.deepEqual(report.failures, []);
    assert.deepEqual(await readTree(at.directory), { ...TREE, 'b/f5.txt': 'new' });
    assert.ok(at.singly() <= 3, `${at.singly()} files`);
  });

  test('puts a file where one is to land: it stays, and is told of', async (t) => {
    const at = await stage(t);
    interveneBefore(at.box, () => makeTree(at.directory, { 'b/f5.txt': 'mine' }));
    const report = await at.run();
    assert.deepEqual(
      report.failures.map(({ path, reason }) => [path, reason?.code]),
      [['b/f5.txt', 'name-collision']],
    );
    assert.deepEqual(await readTree(at.directory), { ...TREE, 'b/f5.txt': 'mine' });
  });
});

describe('a run that ends while an archive comes', { concurrency: 8 }, () => {
  for (const how of ['drain', 'signal'] as const) {
    test(`by its ${how}: what is there is right, and nothing else is`, async (t) => {
      const { run, box, directory } = await stage(t);
      const stop = new AbortController();
      interveneBefore(box, async () => stop.abort());
      const report = await run({ [how]: stop.signal });
      assert.ok(stop.signal.aborted);
      // What is in flight is finished when there is time for it.
      assert.equal(report.transferred, how === 'drain' ? FILES : 0);
      assert.equal(report.left, FILES - report.transferred);
      const left = (await readdir(directory, { recursive: true })).filter((name) =>
        name.includes('.part'),
      );
      assert.deepEqual(left, []);
      assert.equal((await run()).transferred + report.transferred, FILES);
      assert.deepEqual(await readTree(directory), TREE);
    });
  }

  test('by its drain, and the archive breaks: the rest is left for the next run', async (t) => {
    const { run, box, singly } = await stage(t);
    const stop = new AbortController();
    box.emulator.faults.add({ match: CONTENT, action: { cut: 'in', afterBytes: 3000 } });
    interveneBefore(box, async () => stop.abort());
    const report = await run({ drain: stop.signal });
    assert.deepEqual([report.ended, report.left, report.failed], ['interrupted', FILES, 0]);
    assert.equal(singly(), 0);
  });
});
