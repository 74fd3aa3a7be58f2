/** Large downloads over several connections, and what one that was stopped leaves for the next run. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import type { EmulatorOptions } from '@boxhaul/emulator';
import { download } from './download/download-tree.ts';
import { sha1Of } from './hash.ts';
import { openState } from './state/state.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { temporaryFolder } from './testing/disk.ts';
import type { Remembering, TransferOptions } from './transfer.ts';

const CONTENT = randomBytes(64_000_000);

interface Stage {
  box: TestBox;
  directory: string;
  fileId: string;
  remember: Remembering;
  run(options?: Partial<TransferOptions>): ReturnType<typeof download>;
}

async function stage(t: TestContext, options: EmulatorOptions = {}): Promise<Stage> {
  const box = await openBox(options);
  t.after(() => box[Symbol.asyncDispose]());
  const folderId = await box.folder();
  const sha1 = sha1Of(CONTENT);
  const file = { name: 'large.bin', parentId: folderId, body: bodyOf(CONTENT), sha1 };
  const { id: fileId } = await box.client.files.upload(file);
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'down');
  const state = openState(join(folder, 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'a', title: 'large.bin', command: { argv: [], cwd: '/' } };
  return {
    box,
    directory,
    fileId,
    remember,
    run: (more = {}) => download({ client: box.client, folderId, directory, remember, ...more }),
  };
}

function stopAfter(bytes: number, by: 'signal' | 'drain'): Partial<TransferOptions> {
  const stop = new AbortController();
  return {
    [by]: stop.signal,
    onEvent: (event) => {
      if (event.type === 'progress' && event.bytesDone >= bytes) stop.abort();
    },
  };
}

/** The least that a run says it has done of the file: what it began with. */
function beganAt(): { at(): number; onEvent: NonNullable<TransferOptions['onEvent']> } {
  let least = Number.POSITIVE_INFINITY;
  return {
    at: () => least,
    onEvent: (event) => {
      if (event.type === 'progress') least = Math.min(least, event.bytesDone);
    },
  };
}

function assertWhole(directory: string, content: Buffer = CONTENT): void {
  assert.deepEqual(readdirSync(directory), ['large.bin']);
  assert.equal(sha1Of(readFileSync(join(directory, 'large.bin'))), sha1Of(content));
}

describe('a large download', () => {
  test('takes more connections where each is slow', async (t) => {
    const { box, directory, run } = await stage(t, { bandwidthBytesPerSecond: 90_000_000 });
    const report = await run();
    assert.deepEqual([report.transferred, report.failures], [1, []]);
    assertWhole(directory);
    assert.ok((box.emulator.counts()['GET /files/:id/content'] ?? 0) > 1);
  });
});

describe('a large download that was stopped', () => {
  for (const by of ['signal', 'drain'] as const) {
    test(`goes on behind what is here (${by})`, async (t) => {
      const { directory, run } = await stage(t);
      const first = await run(stopAfter(30_000_000, by));
      assert.deepEqual([first.ended, first.failed, first.left], ['interrupted', 0, 1]);
      assert.equal(readdirSync(directory).length, 1, 'the part of it');
      const { at, onEvent } = beganAt();
      const second = await run({ onEvent });
      assert.deepEqual([second.ended, second.transferred], ['complete', 1]);
      assert.ok(at() >= 28_000_000, `went on at ${at()}`);
      assertWhole(directory);
    });
  }

  test('goes on after a token that Box took no more', async (t) => {
    const { box, directory, run } = await stage(t);
    const { faults } = box.emulator;
    faults.add({ match: { host: 'download' }, action: { cut: 'in', afterBytes: 30_000_000 } });
    const refused = { match: { path: '/files/:id/content' }, action: { status: 401 } };
    faults.add({ ...refused, skip: 1, times: 'always' });
    await assert.rejects(run(), { recovery: 'stop' });
    faults.clear();
    const { at, onEvent } = beganAt();
    assert.equal((await run({ onEvent })).transferred, 1);
    assert.ok(at() > 1_000_000, `went on at ${at()}`);
    assertWhole(directory);
  });

  test('begins again when Box has another version by now, and leaves nothing of the first', async (t) => {
    const { box, directory, fileId, run } = await stage(t);
    await run(stopAfter(30_000_000, 'drain'));
    const other = randomBytes(60_000_000);
    await box.client.files.uploadVersion(fileId, { body: bodyOf(other), sha1: sha1Of(other) });
    assert.equal((await run()).transferred, 1);
    assertWhole(directory, other);
  });

  test('begins again when the part was cut or spoilt, and says so', async (t) => {
    const { directory, run } = await stage(t);
    const part = () => join(directory, readdirSync(directory)[0] ?? '');
    await run(stopAfter(30_000_000, 'drain'));
    truncateSync(part(), 1_000_000);
    const reasons: string[] = [];
    const report = await run({
      onEvent: (event) => {
        if (event.type === 'retry') reasons.push(event.reason.code);
      },
    });
    assert.deepEqual([report.transferred, reasons], [1, ['wrong-contents']]);
    assertWhole(directory);
  });

  test('begins again, and touches nothing, where something else stands in the place of the part', async (t) => {
    const { directory, run } = await stage(t);
    const precious = join(directory, '..', 'precious');
    const intruders: [string, (path: string) => void][] = [
      ['a symbolic link', (path) => symlinkSync(precious, path)],
      ['a link to another file', (path) => linkSync(precious, path)],
      ['a folder', (path) => mkdirSync(path)],
    ];
    for (const [what, intrude] of intruders) {
      await run(stopAfter(20_000_000, 'drain'));
      writeFileSync(precious, 'precious');
      const part = join(directory, readdirSync(directory)[0] ?? '');
      rmSync(part);
      intrude(part);
      const report = await run();
      assert.deepEqual([report.transferred, report.failures], [1, []], what);
      assert.equal(sha1Of(readFileSync(join(directory, 'large.bin'))), sha1Of(CONTENT), what);
      assert.equal(readFileSync(precious, 'utf8'), 'precious', what);
      rmSync(directory, { recursive: true });
    }
  });

  test('leaves no part behind when the file came in another way', async (t) => {
    const { box, directory, fileId, run } = await stage(t);
    await run(stopAfter(20_000_000, 'drain'));
    assert.equal(readdirSync(directory).length, 1);
    await download({ client: box.client, fileId, directory });
    assert.equal((await run()).skipped, 1);
    assertWhole(directory);
  });

  test('can be gone on with by its owner where the old file may not be written', async (t) => {
    const { directory, run } = await stage(t);
    mkdirSync(directory);
    const target = join(directory, 'large.bin');
    writeFileSync(target, 'old', { mode: 0o444 });
    await run(stopAfter(20_000_000, 'drain'));
    const part = readdirSync(directory).find((name) => name !== 'large.bin') ?? '';
    assert.equal(statSync(join(directory, part)).mode & 0o600, 0o600);
    await run();
    assertWhole(directory);
    assert.equal(statSync(target).mode & 0o777, 0o444);
  });

  test('leaves nothing without a memory', async (t) => {
    const { box, directory, fileId } = await stage(t);
    const stopped = stopAfter(30_000_000, 'signal');
    await download({ client: box.client, fileId, directory, ...stopped });
    assert.deepEqual(readdirSync(directory), []);
  });
});
