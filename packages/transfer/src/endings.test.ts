import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { download } from './download/download-tree.ts';
import { openGovernor } from './governor/governor.ts';
import { filterOf } from './selection/filter.ts';
import { openState } from './state/state.ts';
import { openBox, recorder } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import { codes, send } from './testing/run.ts';
import { upload } from './upload/upload-tree.ts';

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

  test('comes when all calls are spent, and what was in flight then has arrived', async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, Object.fromEntries([...'abcdefgh'].map((name) => [name, name])));
    const state = openState(await temporaryFolder(t));
    t.after(() => state.close());
    const pacer = openGovernor({ state, account: 'a', maxCalls: 4 });
    const auth = developerToken(box.emulator.token);
    const client = new BoxClient({ auth, baseUrl: box.emulator.url, pacer, env: {} });
    t.after(() => client.close());
    const underWay = { match: { path: '/files/content' }, action: { delayMs: 100 } };
    box.emulator.faults.add({ ...underWay, times: 'always' });
    const { events, onEvent } = recorder();
    const common = {
      client,
      sources: [`${disk}/`],
      folderId: '0',
      mode: 'upload',
      onEvent,
    } as const;
    await assert.rejects(upload({ ...common, concurrency: 8 }), { code: 'calls_spent' });
    const last = events.at(-1);
    const report = last?.type === 'finished' ? last.report : undefined;
    assert.deepEqual([report?.ended, report?.transferred, report?.failed], ['stopped', 3, 0]);
    assert.equal(box.emulator.counts()['POST /files/content'], 3);
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
