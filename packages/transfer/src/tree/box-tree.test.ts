import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { filterOf } from '../selection/filter.ts';
import { type FoundInBox, type WalkBoxOptions, walkBox } from './box-tree.ts';

suite('a walk through a tree in Box', () => {
  let box: Emulator;
  let client: BoxClient;
  let folderId: string;
  let deepId: string;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({
      auth: developerToken(box.token),
      baseUrl: box.url,
      env: {},
      maxRetries: 0,
    });
    const made = await box.seed({
      '/Team/2025/a.pdf': 'aaa',
      '/Team/2025/deep/b.txt': 'b',
      '/Team/2026/c.pdf': 'c',
      '/Team/z.txt': 'z',
      '/Team/empty/': '',
    });
    folderId = made['/Team']?.id ?? '';
    deepId = made['/Team/2025/deep']?.id ?? '';
  });
  beforeEach(() => box.resetCounts());
  after(async () => {
    await client.close();
    await box.close();
  });

  const all = async (options: Partial<WalkBoxOptions> = {}): Promise<FoundInBox[]> =>
    await Array.fromAsync(walkBox({ client, folderId, ...options }));
  const items = (found: readonly FoundInBox[]) =>
    found.flatMap((one) => (one.type === 'item' ? [one.path] : [])).sort();

  test('tells every item once, and lists every folder once', async () => {
    const found = await all({ fields: ['modified_at'] });
    assert.deepEqual(items(found), [
      '2025',
      '2025/a.pdf',
      '2025/deep',
      '2025/deep/b.txt',
      '2026',
      '2026/c.pdf',
      'empty',
      'z.txt',
    ]);
    assert.deepEqual(box.counts(), { 'GET /folders/:id/items': 5 });
    const [first] = found;
    assert.ok(first?.type === 'item' && first.item.modified_at);
  });

  test('tells the items of a folder before its end, and its end before what is below', async () => {
    const ended = new Set<string>();
    const open = new Set(['']);
    for (const one of await all({ concurrency: 3 })) {
      if (one.type === 'item') {
        const folder = one.path.split('/').slice(0, -1).join('/');
        assert.ok(open.has(folder) && !ended.has(folder), one.path);
      } else {
        ended.add(one.path);
        for (const path of one.entered) open.add(path);
      }
    }
    assert.deepEqual(ended, open);
  });

  test('lists no folder in which the filter takes nothing', async () => {
    const shallow = await all({ filter: filterOf({ maxDepth: 1 }) });
    assert.deepEqual(items(shallow), ['2025', '2026', 'empty', 'z.txt']);
    assert.equal(box.counts()['GET /folders/:id/items'], 1);
    const large = await all({ filter: filterOf({ minSizeBytes: 2 }) });
    assert.deepEqual(items(large), ['2025/a.pdf']);
    assert.deepEqual(items(await all({ filter: filterOf({ exclude: ['*.pdf', '2025'] }) })), [
      '2026',
      'empty',
      'z.txt',
    ]);
  });

  test('goes on past a folder that cannot be listed, and says so', async () => {
    const fault = box.faults.add({
      match: { path: `/folders/${deepId}/items` },
      action: { status: 403 },
    });
    const found = await all();
    assert.equal(fault.hits, 1);
    const failed = found.flatMap((one) => (one.type === 'listed' && one.failed ? [one] : []));
    assert.deepEqual(
      failed.map(({ path, failed: why }) => [path, why?.code]),
      [['2025/deep', 'no-permission']],
    );
    assert.ok(items(found).includes('2026/c.pdf'));
  });

  test('ends with the error when the folder itself cannot be listed', async () => {
    await assert.rejects(all({ folderId: '99999' }), { status: 404 });
  });

  test('ends when it is told to, and when nobody takes any more', async () => {
    const stop = new AbortController();
    const walking = walkBox({ client, folderId, signal: stop.signal, concurrency: 1 });
    await walking.next();
    stop.abort(new Error('enough'));
    await assert.rejects(walking.next(), /enough/);
    for await (const _ of walkBox({ client, folderId, concurrency: 1 })) break;
    assert.equal(box.counts()['GET /folders/:id/items'], 2);
  });
});
