/** What a large upload that was stopped leaves, and how the next run goes on with it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { sha1Of } from './hash.ts';
import { PART_MEMORY_BYTES } from './plan.ts';
import type { LeftSession } from './state/open-uploads.ts';
import { openState } from './state/state.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { temporaryFolder } from './testing/disk.ts';
import type { Remembering, TransferOptions, UploadOptions } from './transfer.ts';
import { upload } from './upload/upload-tree.ts';

/** Seven parts of the emulator's 8 MiB, and a bit. */
const CONTENT = randomBytes(60_000_000);
const PARTS = 8;

/** More parts than have arrived and travel when it is stopped. */
const LONG_CONTENT = randomBytes(2 * PART_MEMORY_BYTES + 30_000_000);
const LONG_PARTS = 20;

/** Of so much a part is whole. */
const SOME_BYTES = PART_MEMORY_BYTES + 1_000_000;

interface Stage {
  path: string;
  remember: Remembering;
  run(options?: Partial<UploadOptions>): ReturnType<typeof upload>;
}

async function stage(t: TestContext, box: TestBox, content = CONTENT): Promise<Stage> {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'large.bin');
  await writeFile(path, content);
  const state = openState(join(folder, 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'a', title: 'large.bin', command: { argv: [], cwd: '/' } };
  const run: Stage['run'] = (options = {}) =>
    upload({
      client: box.client,
      sources: [path],
      folderId: '0',
      mode: 'upload',
      remember,
      ...options,
    });
  return { path, remember, run };
}

/** Ends the run by this signal when so many bytes have gone. */
function stopAfter(bytes: number, by: 'signal' | 'drain'): Partial<TransferOptions> {
  const stop = new AbortController();
  return {
    [by]: stop.signal,
    onEvent: (event) => {
      if (event.type === 'progress' && event.bytesDone >= bytes) stop.abort();
    },
  };
}

function partsSent(box: TestBox): number {
  return box.emulator.counts()['PUT /files/upload_sessions/:id'] ?? 0;
}

/** How many parts Box holds of the session that is remembered. */
async function partsStored(box: TestBox, remember: Remembering, path: string): Promise<number> {
  const { session } = left(remember, path);
  return (await Array.fromAsync(box.client.uploadSessions.parts(session))).length;
}

function left({ state }: Remembering, path: string): LeftSession {
  const { left } = state.openUploads.claim(keyOf(path)) ?? {};
  state.openUploads.release(keyOf(path));
  assert.ok(left, 'the session is remembered');
  return left;
}

function keyOf(path: string): string {
  return JSON.stringify(['a', path, '0', 'large.bin']);
}

async function assertWhole(box: TestBox, content = CONTENT): Promise<void> {
  const file = await box.file('0', 'large.bin');
  assert.equal(file.sha1, sha1Of(content));
}

/** A run that ends for want of a network, after three parts. */
async function leaveParts(box: TestBox, run: Stage['run']): Promise<void> {
  const lost = box.emulator.faults.add({
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { cut: 'before' },
    skip: 3,
    times: 1000,
  });
  const first = await run();
  assert.deepEqual([first.failed, first.failures[0]?.reason?.code], [1, 'connection']);
  lost.remove();
}

describe('a large upload that was stopped', () => {
  for (const by of ['signal', 'drain'] as const) {
    test(`goes on from the parts that Box has (${by})`, async (t) => {
      await using box = await openBox();
      const { run, remember, path } = await stage(t, box, LONG_CONTENT);
      const first = await run(stopAfter(SOME_BYTES, by));
      assert.deepEqual([first.ended, first.failed, first.left], ['interrupted', 0, 1]);
      const stored = await partsStored(box, remember, path);
      assert.ok(stored > 0 && stored < LONG_PARTS, `${stored} parts`);

      box.emulator.resetCounts();
      const second = await run();
      assert.deepEqual([second.ended, second.transferred], ['complete', 1]);
      await assertWhole(box, LONG_CONTENT);
      assert.equal(box.emulator.counts()['POST /files/upload_sessions'], undefined);
      assert.ok(partsSent(box) <= LONG_PARTS - stored, 'what Box had was not sent again');
    });
  }

  test('begins again when the file has changed, and closes what is of no use', async (t) => {
    await using box = await openBox();
    const { run, remember, path } = await stage(t, box);
    await leaveParts(box, run);
    const { session } = left(remember, path);
    const changed = Buffer.concat([Buffer.from('new'), CONTENT]);
    await writeFile(path, changed);
    assert.equal((await run()).transferred, 1);
    assert.equal((await box.file('0', 'large.bin')).sha1, sha1Of(changed));
    await assert.rejects(box.client.uploadSessions.get(session.id), { status: 404 });
  });

  test('is closed when the file came to Box in another way', async (t) => {
    await using box = await openBox();
    const { run, remember, path } = await stage(t, box);
    await leaveParts(box, run);
    const { session } = left(remember, path);
    await upload({ client: box.client, sources: [path], folderId: '0', mode: 'upload' });
    assert.deepEqual((await run()).skippedBy, { same: 1 });
    await assert.rejects(box.client.uploadSessions.get(session.id), { status: 404 });
  });

  test('is not gone on with by two at once', async (t) => {
    await using box = await openBox();
    const { run, remember, path } = await stage(t, box);
    await leaveParts(box, run);
    const other = join(dirname(path), 'other');
    await writeFile(other, 'makes it another job');
    const [one, two] = await Promise.all([run(), run({ sources: [path, other] })]);
    assert.deepEqual([one?.failures, two?.failures], [[], []]);
    await assertWhole(box);
    assert.equal(remember.state.openUploads.has(keyOf(path)), false);
  });

  test('begins again when Box has forgotten the session', async (t) => {
    await using box = await openBox();
    const { run } = await stage(t, box);
    await leaveParts(box, run);
    box.emulator.faults.add({
      match: { method: 'GET', path: '/files/upload_sessions/:id/parts' },
      action: { status: 410, code: 'session_expired' },
    });
    assert.equal((await run()).transferred, 1);
    await assertWhole(box);
  });

  test('goes on after a token that Box took no more', async (t) => {
    await using box = await openBox();
    const { run, remember, path } = await stage(t, box, LONG_CONTENT);
    box.emulator.faults.add({
      match: { method: 'PUT', path: '/files/upload_sessions/:id' },
      action: { status: 401 },
      skip: LONG_PARTS - 2,
      times: 'always',
    });
    await assert.rejects(run(), { recovery: 'stop' });
    box.emulator.faults.clear();
    const stored = await partsStored(box, remember, path);
    assert.ok(stored > 0);
    box.emulator.resetCounts();
    assert.equal((await run()).transferred, 1);
    await assertWhole(box, LONG_CONTENT);
    assert.ok(partsSent(box) <= LONG_PARTS - stored);
  });

  test('goes on after a network that was lost for good', async (t) => {
    await using box = await openBox();
    const { run, remember, path } = await stage(t, box);
    await leaveParts(box, run);
    const stored = await partsStored(box, remember, path);
    assert.ok(stored > 0);
    box.emulator.resetCounts();
    assert.equal((await run()).transferred, 1);
    await assertWhole(box);
    assert.ok(partsSent(box) <= PARTS - stored);
  });
});
