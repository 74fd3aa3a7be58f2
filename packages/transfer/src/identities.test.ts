/** The work of one job, shared by several users of the enterprise. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { download } from './download/download-tree.ts';
import { type Identity, isOpenTo, leastBusy } from './identities.ts';
import { openBox, recorder, type TestBox } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import { upload } from './upload/upload-tree.ts';

describe('who is given a file', () => {
  const worker = (underWay: number, begun: number) => ({ underWay, begun });
  const cases: [string, ReturnType<typeof worker>[], number][] = [
    ['the only one', [worker(3, 9)], 0],
    ['who has the least under way', [worker(2, 0), worker(1, 9), worker(2, 0)], 1],
    ['of several, who has done the least', [worker(1, 4), worker(1, 3), worker(1, 3)], 1],
  ];
  for (const [words, workers, expected] of cases) {
    test(words, () => assert.equal(leastBusy(workers), workers[expected]));
  }

  test('nobody, if there is nobody', () => assert.equal(leastBusy([]), undefined));
});

describe('a folder is open', () => {
  const cases: [string, { closed: string[]; hasWorked: boolean }, string, boolean][] = [
    ['to who was refused nothing', { closed: [], hasWorked: false }, 'a/b', true],
    ['not when it was refused', { closed: ['a/b'], hasWorked: true }, 'a/b', false],
    ['not below one that was refused', { closed: ['a'], hasWorked: true }, 'a/b/c', false],
    ['not when the job’s own was refused', { closed: [''], hasWorked: true }, 'a', false],
    ['beside one that was refused', { closed: ['a/b'], hasWorked: true }, 'a/bc', true],
    ['above one that was refused', { closed: ['a/b'], hasWorked: true }, 'a', true],
    ['not to who was only ever refused', { closed: ['a', 'b', 'c'], hasWorked: false }, 'd', false],
    [
      'to who was refused often, and let in',
      { closed: ['a', 'b', 'c'], hasWorked: true },
      'd',
      true,
    ],
  ];
  for (const [words, { closed, hasWorked }, folder, expected] of cases) {
    test(words, () =>
      assert.equal(isOpenTo({ closed: new Set(closed), hasWorked }, folder), expected),
    );
  }
});

const TREE = Object.fromEntries(
  ['a', 'b', 'c'].flatMap((folder) =>
    Array.from({ length: 10 }, (_, n) => [`${folder}/f${n}`, `${folder}${n}`]),
  ),
);

interface Stage {
  box: TestBox;
  disk: string;
  folderId: string;
  /** Makes an app user, who may work in a folder. */
  user(name: string, folderId?: string): Promise<Identity & { id: string }>;
}

async function stage(t: TestContext): Promise<Stage> {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  const disk = await temporaryFolder(t);
  await makeTree(join(disk, 'up'), TREE);
  return {
    box,
    disk,
    folderId: await box.folder(),
    async user(name, at) {
      const { id } = await box.client.users.create({ name });
      const item = { type: 'folder', id: at ?? '' } as const;
      if (at) await box.client.collaborations.create({ item, userId: id, role: 'editor' });
      return { id, name, client: box.client.asUser(id) };
    },
  };
}

/** How many files below a folder each user sent, by name. */
async function senders(box: TestBox, folderId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const item of box.client.folders.items(folderId, { fields: ['created_by'] })) {
    if (item.type === 'folder') {
      for (const [name, count] of Object.entries(await senders(box, item.id))) {
        counts[name] = (counts[name] ?? 0) + count;
      }
    } else if (item.type === 'file') {
      const name = item.created_by?.name ?? '';
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

describe('several users', { concurrency: 8 }, () => {
  test('share what goes up, each about as much', async (t) => {
    const { box, disk, folderId, user } = await stage(t);
    const others = [await user('Ann', folderId), await user('Bob', folderId)];
    const sources = [`${disk}/up/`];
    const options = { client: box.client, sources, folderId, mode: 'update', others } as const;
    const report = await upload(options);
    assert.deepEqual([report.transferred, report.failed], [30, 0]);
    assert.deepEqual(await box.tree(folderId), TREE);
    const counts = Object.values(await senders(box, folderId));
    assert.deepEqual([counts.length, Math.max(...counts) - Math.min(...counts) <= 4], [3, true]);
    assert.equal((await upload(options)).skippedBy.same, 30);
  });

  test('share what comes down', async (t) => {
    const { box, disk, folderId, user } = await stage(t);
    const sources = [`${disk}/up/`];
    await upload({ client: box.client, sources, folderId, mode: 'upload' });
    const ann = await user('Ann', folderId);
    const hers = box.emulator.faults.add({
      match: { path: '/files/:id/content', header: { 'as-user': ann.id } },
      action: { delayMs: 0 },
      times: 'always',
    });
    const directory = join(disk, 'down');
    const options = { client: box.client, folderId, directory, others: [ann] };
    const report = await download({ ...options, zip: 'never' });
    assert.deepEqual([report.transferred, report.failed], [30, 0]);
    assert.deepEqual(await readTree(directory), TREE);
    assert.ok(hers.hits >= 10 && hers.hits <= 20, `${hers.hits} of 30`);
  });

  test('do without one who has no access, and say so', async (t) => {
    const { box, disk, folderId, user } = await stage(t);
    const others = [await user('Ann', folderId), await user('Stranger')];
    const { events, onEvent } = recorder();
    const sources = [`${disk}/up/`];
    const client = box.client;
    const report = await upload({ client, sources, folderId, mode: 'upload', others, onEvent });
    assert.deepEqual([report.transferred, report.failed], [30, 0]);
    assert.deepEqual(await box.tree(folderId), TREE);
    const left = events.filter((event) => event.type === 'left-out');
    assert.deepEqual([...new Set(left.map((event) => event.user))], ['Stranger']);
    assert.ok(left.every((event) => ['no-permission', 'not-found'].includes(event.reason.code)));
  });

  test('are given work only in folders that let them in', async (t) => {
    const { box, disk, folderId, user } = await stage(t);
    const { id } = await box.client.folders.create({ name: 'b', parentId: folderId });
    const others = [await user('Ann', id)];
    const sources = [`${disk}/up/`];
    const { client } = box;
    await upload({ client, sources, folderId, mode: 'upload', others, concurrency: 1 });
    const { Ann: hers = 0 } = await senders(box, id);
    assert.ok(hers >= 5, `${hers} of 10`);
    assert.equal((await senders(box, folderId)).Ann, hers);
  });

  test('blame nobody for a file that is gone for all', async (t) => {
    const { box, disk, folderId, user } = await stage(t);
    const sources = [`${disk}/up/`];
    await upload({ client: box.client, sources, folderId, mode: 'upload' });
    box.emulator.faults.add({
      match: { path: '/files/:id/content' },
      action: { status: 404, code: 'not_found' },
      times: 'always',
    });
    const { events, onEvent } = recorder();
    const others = [await user('Ann', folderId)];
    const directory = join(disk, 'down');
    const options = { client: box.client, folderId, directory, others, onEvent };
    const report = await download({ ...options, zip: 'never' });
    assert.equal(report.failed, 30);
    assert.deepEqual(
      events.filter((event) => event.type === 'left-out'),
      [],
    );
  });
});
