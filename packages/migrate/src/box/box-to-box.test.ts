/** Another Box account, with all that comes along. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { openState, type TransferEvent, type UploadOptions, upload } from '@boxhaul/transfer';
import { carryDetails } from '../carry/carry-details.ts';
import { EXPECTED, EXPECTED_GAPS, gapLines, steady } from '../testing/expected.ts';
import { snapshot } from '../testing/snapshot.ts';
import {
  fillAccount,
  openTwoBoxes,
  PAIRS,
  prepareTarget,
  put,
  type TestBox,
  type TwoBoxes,
} from '../testing/two-boxes.ts';
import { UserMap } from '../user-map.ts';
import { boxDetails, DETAIL_KINDS, type DetailKind } from './box-details.ts';
import { boxOrigin } from './box-origin.ts';
import { LISTED_FIELDS } from './listed.ts';

describe('another Box account', () => {
  test('comes with all that Box lets anyone carry, and the rest is told', async (t) => {
    const { boxes, folderId } = await filled(t);
    const { report, gaps } = await migrate(boxes, folderId);
    assert.deepEqual([report.transferred, report.failed], [5, 0]);
    assert.deepEqual(steady(await snapshot(boxes.to.client, '0')), EXPECTED);
    assert.deepEqual(gaps, EXPECTED_GAPS);
    assert.equal(report.predictedCalls, report.calls.calls);
  });

  test('costs a plain file one call in the target and three in the source', async () => {
    await using boxes = await openTwoBoxes();
    const { client } = boxes.from;
    const { id } = await client.folders.create({ name: 'A', parentId: '0' });
    for (let number = 0; number < 20; number++) await put(client, id, `${number}`, [`${number}`]);
    const { report, read } = await migrate(boxes, id);
    // Beside them the target is listed and gets a folder.
    assert.deepEqual([report.calls.calls, report.predictedCalls], [20 + 2, 20 + 2]);
    // The folder is looked at and listed, its metadata and locks asked for; of each file metadata, tasks, contents.
    assert.equal(read.calls, 4 + 20 * 3);
  });

  test('that came already is found, item by item, and nothing is doubled', async (t) => {
    const { boxes, folderId } = await filled(t);
    const first = await migrate(boxes, folderId);
    const second = await migrate(boxes, folderId);
    assert.deepEqual(steady(await snapshot(boxes.to.client, '0')), EXPECTED);
    assert.deepEqual([second.report.skippedBy, second.gaps], [{ same: 5 }, first.gaps]);
    assert.equal(second.report.predictedCalls, second.report.calls.calls);
    assert.equal(second.read.downloads, 0);
  });

  test('that is remembered costs listings alone, until something is changed', async (t) => {
    const { boxes, folderId } = await filled(t);
    const remember = remembering(t);
    await migrate(boxes, folderId, { remember });
    const again = await migrate(boxes, folderId, { remember });
    assert.deepEqual(again.gaps, EXPECTED_GAPS);
    // Three folders with something in them; the top, and three folders.
    assert.deepEqual([again.report.calls.calls, again.read.calls], [3, 4]);
    const { client } = boxes.from;
    const below = await idIn(boxes.from, folderId, 'below');
    const fileId = await idIn(boxes.from, below, 'deep.txt');
    await client.comments.create({ fileId, message: 'new' });
    await migrate(boxes, folderId, { remember });
    const { 'A/below/deep.txt': seen, ...rest } = steady(await snapshot(boxes.to.client, '0'));
    assert.deepEqual(seen?.comments, ['<account>, <time> UTC:\nnew']);
    const { 'A/below/deep.txt': _, ...expected } = EXPECTED;
    assert.deepEqual(rest, expected);
  });

  test('comes without what is left behind on purpose', async (t) => {
    const { boxes, folderId } = await filled(t);
    const { gaps } = await migrate(boxes, folderId, {}, new Set(DETAIL_KINDS));
    const seen = await snapshot(boxes.to.client, '0');
    assert.deepEqual(Object.keys(seen), Object.keys(EXPECTED));
    const { created, modified, contents } = EXPECTED['A/report.txt'] ?? {};
    assert.deepEqual(seen['A/report.txt'], {
      type: 'file',
      created,
      modified,
      contents: (contents as string[]).slice(-1),
    });
    // A file's lock is nothing that could have come.
    assert.deepEqual(
      gaps.map((line) => line.split(',')[0]),
      ['A/report.txt: lock'],
    );
  });

  test('whose replies do not say what they answer keeps their words, and tells', async () => {
    await using boxes = await openTwoBoxes();
    const { client, emulator } = boxes.from;
    const { id } = await client.folders.create({ name: 'A', parentId: '0' });
    const fileId = await put(client, id, 'a.txt', ['a']);
    const first = await client.comments.create({ fileId, message: 'first' });
    await client.comments.create({ commentId: first.id, message: 'second' });
    const entries = await Array.fromAsync(client.comments.list(fileId));
    const told = entries.map((entry) => ({ ...entry, item: { type: 'file', id: fileId } }));
    emulator.faults.add({
      match: { method: 'GET', path: '/files/:id/comments' },
      action: { status: 200, body: JSON.stringify({ total_count: 2, offset: 0, entries: told }) },
    });
    const { gaps } = await migrate(boxes, id);
    const seen = steady(await snapshot(boxes.to.client, '0'))['A/a.txt'];
    assert.deepEqual(seen?.comments, [
      '<account>, <time> UTC:\nfirst',
      '<account>, <time> UTC:\nsecond',
    ]);
    assert.deepEqual(gaps, [
      'A/a.txt: comment, no-parent: 1 reply is a comment by itself: Box does not tell what it answers',
    ]);
  });

  test('that is large comes in parts, over a line that breaks as well', async () => {
    await using boxes = await openTwoBoxes();
    const { client, emulator } = boxes.from;
    const { id } = await client.folders.create({ name: 'A', parentId: '0' });
    const fileId = await put(client, id, 'large', ['x'.repeat(51_000_000), 'small']);
    emulator.faults.add({
      match: { host: 'download' },
      action: { cut: 'in', afterBytes: 10_000_000 },
      times: 2,
    });
    const { report } = await migrate(boxes, id);
    assert.deepEqual([report.transferred, report.carried?.done], [1, { version: 1 }]);
    const [large] = await Array.fromAsync(client.fileVersions.list(fileId));
    const folder = await idIn(boxes.to, '0', 'A');
    const target = await idIn(boxes.to, folder, 'large');
    const [sent] = await Array.fromAsync(boxes.to.client.fileVersions.list(target));
    assert.equal(sent?.sha1, large?.sha1);
    assert.ok(boxes.to.emulator.counts()['POST /files/upload_sessions'], 'in parts');
  });

  test('over a bad line is there once, when it is there', async (t) => {
    const { boxes, folderId } = await filled(t);
    const remember = remembering(t);
    for (const { emulator } of [boxes.from, boxes.to]) {
      emulator.faults.add({ action: { cut: 'after' }, probability: 0.15, times: 40 });
      emulator.faults.add({ action: { status: 503 }, probability: 0.15, times: 40 });
    }
    let left = 1;
    for (let runs = 0; left > 0; runs++) {
      assert.ok(runs < 20, 'it ends');
      const { report, events } = await migrate(boxes, folderId, { remember });
      const passing = events.filter((event) => event.type === 'gap' && event.gap.mayPass);
      left = report.failed + passing.length;
    }
    assert.deepEqual(steady(await snapshot(boxes.to.client, '0')), EXPECTED);
  });

  test('may be one file, or what is in a folder', async () => {
    await using boxes = await openTwoBoxes();
    const { client } = boxes.from;
    const fileId = await put(client, '0', 'one.txt', ['a', 'b']);
    const folder = await client.folders.create({ name: 'A', parentId: '0' });
    await put(client, folder.id, 'two.txt', ['c']);
    const places = [
      { type: 'file', id: fileId },
      { type: 'folder', id: folder.id, isContents: true },
    ] as const;
    const sources = boxOrigin({ client, account: 'from', places });
    const target = { client: boxes.to.client, folderId: '0' };
    await upload({ ...target, sources, mode: 'update' });
    assert.deepEqual(Object.keys(await snapshot(target.client, '0')), ['one.txt', 'two.txt']);
  });

  test('keeps the watermark that came from a folder which stays behind', async () => {
    await using boxes = await openTwoBoxes();
    const { client } = boxes.from;
    const above = await client.folders.create({ name: 'above', parentId: '0' });
    await client.watermarks.apply({ type: 'folder', id: above.id });
    const folder = await client.folders.create({ name: 'A', parentId: above.id });
    await put(client, folder.id, 'one.txt', ['a']);
    const { report } = await migrate(boxes, folder.id);
    assert.deepEqual(report.carried?.done, { watermark: 1 });
    const seen = await snapshot(boxes.to.client, '0');
    assert.deepEqual([seen.A?.hasWatermark, seen['A/one.txt']?.hasWatermark], [true, undefined]);
  });

  test('tells what a policy of the enterprise has set for a file', async () => {
    await using boxes = await openTwoBoxes();
    const { client, emulator } = boxes.from;
    const { id } = await client.folders.create({ name: 'A', parentId: '0' });
    await put(client, id, 'one.txt', ['a']);
    const entries = await Array.fromAsync(client.folders.items(id, { fields: LISTED_FIELDS }));
    const [told] = entries.map((entry) => ({
      ...entry,
      expires_at: '2099-01-01T00:00:00+00:00',
      disposition_at: '2098-01-01T00:00:00+00:00',
      watermark_info: { is_watermarked: true, is_watermarked_by_access_policy: true },
    }));
    emulator.faults.add({
      match: { method: 'GET', path: '/folders/:id/items' },
      action: { status: 200, body: JSON.stringify({ entries: [told], limit: 1000 }) },
    });
    const { gaps, report } = await migrate(boxes, id);
    assert.deepEqual(gaps, [
      'A/one.txt: expiration, not-carried: Box deletes it at 2099-01-01T00:00:00+00:00',
      'A/one.txt: retention, not-carried: it is kept until 2098-01-01T00:00:00+00:00',
      'A/one.txt: watermark, not-carried: a policy of the old enterprise puts it on',
    ]);
    assert.deepEqual([report.transferred, report.carried?.done], [1, {}]);
  });

  test('whose file nobody may fetch any more reports that one', async (t) => {
    const { boxes, folderId } = await filled(t);
    boxes.from.emulator.faults.add({
      match: { method: 'GET', path: '/files/:id/content' },
      action: { status: 403 },
    });
    const { report } = await migrate(boxes, folderId);
    assert.deepEqual(
      [report.transferred, report.failures.map(({ reason }) => reason?.code)],
      [4, ['no-permission']],
    );
  });
});

async function filled(t: TestContext) {
  const boxes = await openTwoBoxes();
  t.after(() => boxes[Symbol.asyncDispose]());
  const folderId = await fillAccount(boxes.from);
  await prepareTarget(boxes.to);
  return { boxes, folderId };
}

function remembering(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-migrate-'));
  const state = openState(folder);
  t.after(() => {
    state.close();
    rmSync(folder, { recursive: true });
  });
  return { state, account: 'to', title: '', command: { argv: [], cwd: '/' } };
}

async function migrate(
  { from, to }: TwoBoxes,
  id: string,
  options: Partial<UploadOptions> = {},
  without: ReadonlySet<DetailKind> = new Set(),
) {
  const { client } = from;
  const before = client.counts();
  const events: TransferEvent[] = [];
  const report = await upload({
    client: to.client,
    sources: boxOrigin({
      client,
      places: [{ type: 'folder', id }],
      account: 'from',
      withoutVersions: without.has('versions'),
    }),
    folderId: '0',
    mode: 'update',
    carry: carryDetails(boxDetails({ client, without }), {
      client: to.client,
      users: new UserMap(PAIRS),
    }),
    onEvent: (event) => void events.push(event),
    ...options,
  });
  const now = client.counts();
  const read = { calls: now.calls - before.calls, downloads: now.downloads - before.downloads };
  return { report, events, gaps: gapLines(events), read };
}

async function idIn({ client }: TestBox, parentId: string, name: string): Promise<string> {
  for await (const item of client.folders.items(parentId)) {
    if (item.name === name) return item.id;
  }
  throw new Error(`there is no ${name}`);
}
