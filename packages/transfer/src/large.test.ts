import assert from 'node:assert/strict';
import { appendFileSync, statSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import type { FaultAction, FaultMatch } from '@boxhaul/emulator';
import { download } from './download/download-tree.ts';
import { sha1Of } from './hash.ts';
import { IMPATIENT, openBox, recorder, type TestBox } from './testing/box.ts';
import { readTree, temporaryFolder } from './testing/disk.ts';
import type { TransferEvent, UploadMode } from './transfer.ts';
import { upload } from './upload/upload-tree.ts';

/** Above the size from which Box wants sessions, of parts that differ, the last one short. */
const BYTES = Buffer.alloc(50_100_000);
for (let at = 0; at + 4 <= BYTES.byteLength; at += 4)
  BYTES.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
const SHA1 = sha1Of(BYTES);

async function largeFile(disk: string): Promise<string> {
  const path = join(disk, 'large.bin');
  await writeFile(path, BYTES);
  return path;
}

function send(
  box: TestBox,
  path: string,
  mode: UploadMode,
  onEvent?: (event: TransferEvent) => void,
) {
  const options = { client: box.client, sources: [path], folderId: '0', mode };
  return upload(onEvent ? { ...options, onEvent } : options);
}

const inParts: Record<string, { match: FaultMatch; action: FaultAction; sessions: number }> = {
  'a part cut off': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { cut: 'in' },
    sessions: 1,
  },
  'a part whose answer is lost': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { cut: 'after' },
    sessions: 1,
  },
  'a part that arrives wrong': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { wrongBytes: true },
    sessions: 2,
  },
  'a part refused for a while': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { status: 429, retryAfter: 2 },
    sessions: 1,
  },
  'a part that meets an expired token': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { expireToken: true },
    sessions: 1,
  },
  'a session that expired': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { status: 410, code: 'session_expired' },
    sessions: 2,
  },
  'a session that is not there any more': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { status: 404, code: 'not_found' },
    sessions: 2,
  },
  'a session that is not there any more at the commit': {
    match: { method: 'POST', path: '/files/upload_sessions/:id/commit' },
    action: { status: 404, code: 'not_found' },
    sessions: 2,
  },
  'a session that holds other bytes': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    action: { status: 409, code: 'range_overlaps_existing_part' },
    sessions: 2,
  },
  'a session whose creation is not answered': {
    match: { method: 'POST', path: '/files/upload_sessions' },
    action: { cut: 'before' },
    sessions: 2,
  },
  'a commit that Box takes its time for': {
    match: { method: 'POST', path: '/files/upload_sessions/:id/commit' },
    action: { commit202: 3 },
    sessions: 1,
  },
  'a commit whose answer is lost': {
    match: { method: 'POST', path: '/files/upload_sessions/:id/commit' },
    action: { cut: 'after' },
    sessions: 1,
  },
};

describe('a large upload', () => {
  for (const [what, { match, action, sessions }] of Object.entries(inParts)) {
    test(`gets over ${what}`, async (t) => {
      await using box = await openBox();
      const path = await largeFile(await temporaryFolder(t));
      const fault = box.emulator.faults.add({ match, action });
      const report = await send(box, path, 'upload');
      assert.deepEqual(report.failures, []);
      assert.equal(fault.hits, 1);
      assert.equal((await box.file('0', 'large.bin')).sha1, SHA1);
      assert.equal(box.emulator.counts()['POST /files/upload_sessions'], sessions);
    });
  }

  test('goes in parts, reports its progress to the end, and keeps its time', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    const { events, onEvent } = recorder();
    const report = await send(box, path, 'upload', onEvent);
    assert.deepEqual(report.transferredBy, { new: 1 });
    assert.equal(box.emulator.counts()['POST /files/content'], undefined);
    const progress = events.filter((event) => event.type === 'progress');
    assert.equal(progress.at(-1)?.bytesDone, BYTES.byteLength);
    const file = await box.client.files.get((await box.file('0', 'large.bin')).id);
    const modified = Date.parse(file.content_modified_at ?? '');
    assert.equal(modified, Math.floor(statSync(path).mtimeMs / 1000) * 1000);
  });

  test('sends its parts at once', { timeout: 120_000 }, async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    const { uploadSessions } = box.client;
    const uploadPart = uploadSessions.uploadPart.bind(uploadSessions);
    // No part is sent before three are to be: a run that sends one after the other stands still.
    const threeHere = Promise.withResolvers<void>();
    let here = 0;
    t.mock.method(uploadSessions, 'uploadPart', async (...part: Parameters<typeof uploadPart>) => {
      if (++here === 3) threeHere.resolve();
      await threeHere.promise;
      return uploadPart(...part);
    });
    await send(box, path, 'upload');
    assert.equal((await box.file('0', 'large.bin')).sha1, SHA1);
  });

  test('adds a version, and replaces, as small ones do', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    const body = bodyOf('old');
    const old = await box.client.files.upload({ name: 'large.bin', parentId: '0', body });
    assert.deepEqual((await send(box, path, 'update')).transferredBy, { version: 1 });
    assert.equal((await box.file('0', 'large.bin')).id, old.id);
    appendFileSync(path, 'more');
    assert.deepEqual((await send(box, path, 'overwrite')).transferredBy, { replaced: 1 });
    assert.notEqual((await box.file('0', 'large.bin')).id, old.id);
    assert.deepEqual(await box.trash(), ['large.bin']);
  });

  test('is sent again when the file changes under it, and what Box has is the new state', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    let changes = 1;
    const report = await send(box, path, 'upload', (event) => {
      if (event.type === 'progress' && changes-- > 0) appendFileSync(path, 'more');
    });
    assert.deepEqual(report.failures, []);
    assert.equal((await box.file('0', 'large.bin')).sha1, sha1Of(await readFile(path)));
    assert.equal(box.emulator.counts()['DELETE /files/upload_sessions/:id'], 1);
  });

  test('of a file that never stays the same fails after three tries and leaves nothing', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    const { events, onEvent } = recorder();
    const report = await send(box, path, 'upload', (event) => {
      onEvent(event);
      if (event.type === 'progress') appendFileSync(path, '!');
    });
    assert.deepEqual(
      report.failures.map((failure) => failure.reason?.code),
      ['changed-while-read'],
    );
    assert.equal(events.filter((event) => event.type === 'retry').length, 2);
    assert.deepEqual(await box.tree('0'), {});
    assert.equal(box.emulator.counts()['DELETE /files/upload_sessions/:id'], 3);
  });

  test('whose parts arrive wrong again and again fails for that, and leaves nothing', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    box.emulator.faults.add({
      match: { method: 'PUT', path: '/files/upload_sessions/:id' },
      action: { wrongBytes: true },
      times: 'always',
    });
    const report = await send(box, path, 'upload');
    assert.deepEqual(
      report.failures.map((failure) => failure.reason?.code),
      ['wrong-contents'],
    );
    assert.deepEqual(await box.tree('0'), {});
  });

  test('closes its session when it is stopped', async (t) => {
    await using box = await openBox();
    const path = await largeFile(await temporaryFolder(t));
    const stop = new AbortController();
    const report = await upload({
      client: box.client,
      sources: [path],
      folderId: '0',
      mode: 'upload',
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'progress') stop.abort();
      },
    });
    assert.equal(report.ended, 'interrupted');
    assert.deepEqual([report.failed, report.left], [0, 1]);
    assert.deepEqual(await box.tree('0'), {});
    assert.equal(box.emulator.counts()['DELETE /files/upload_sessions/:id'], 1);
  });
});

describe('a large download', () => {
  // However many connections share it on a slow machine, the first of them brings so much.
  const afterBytes = 8_000_000;
  for (const [what, action] of Object.entries({
    'that breaks off': { cut: 'in', afterBytes },
    'that stalls': { stall: 'in', afterBytes },
  } satisfies Record<string, FaultAction>)) {
    test(`${what} goes on behind what has arrived`, async (t) => {
      await using box = await openBox({}, 'stall' in action ? IMPATIENT : {});
      const disk = await temporaryFolder(t);
      await send(box, await largeFile(disk), 'upload');
      box.emulator.faults.add({ match: { host: 'download' }, action });
      const ranges = await watchRanges(box);
      const { events, onEvent } = recorder();
      const directory = join(disk, 'down');
      const report = await download({ client: box.client, folderId: '0', directory, onEvent });
      assert.deepEqual(report.failures, []);
      assert.equal(sha1Of(await readFile(join(directory, 'large.bin'))), SHA1);
      assert.deepEqual(Object.keys(await readTree(directory)), ['large.bin']);
      assert.equal(events.filter((event) => event.type === 'retry').length, 1);
      const later = ranges.slice(1);
      assert.ok(later.length > 0 && later.every((at) => at > 4_000_000), `went on at ${later}`);
    });
  }

  test('that breaks off again and again without getting further fails and leaves nothing', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await send(box, await largeFile(disk), 'upload');
    const action = { cut: 'in', afterBytes: 1000 } as const;
    box.emulator.faults.add({ match: { host: 'download' }, action, times: 'always' });
    const directory = join(disk, 'down');
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(
      report.failures.map((failure) => failure.reason?.code),
      ['connection'],
    );
    assert.deepEqual(await readTree(directory), {});
  });

  test('whose bytes are wrong is fetched anew', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await send(box, await largeFile(disk), 'upload');
    box.emulator.faults.add({ match: { host: 'download' }, action: { wrongBytes: true } });
    const directory = join(disk, 'down');
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(report.failures, []);
    assert.equal(sha1Of(await readFile(join(directory, 'large.bin'))), SHA1);
    assert.equal((await stat(join(directory, 'large.bin'))).size, BYTES.byteLength);
  });

  test('leaves nothing when it is stopped', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await send(box, await largeFile(disk), 'upload');
    const stop = new AbortController();
    const directory = join(disk, 'down');
    const report = await download({
      client: box.client,
      folderId: '0',
      directory,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'progress') stop.abort();
      },
    });
    assert.equal(report.ended, 'interrupted');
    assert.deepEqual(await readTree(directory), {});
  });
});

/** Where each download that is asked for from now on begins. */
async function watchRanges(box: TestBox): Promise<number[]> {
  const starts: number[] = [];
  const { files } = box.client;
  const original = files.download.bind(files);
  files.download = (id, options) => {
    starts.push(options?.range?.start ?? 0);
    return original(id, options);
  };
  return starts;
}
