import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { download } from '../download/download-tree.ts';
import { openBox, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { upload } from '../upload/upload-tree.ts';
import { type FilterRules, filterOf } from './filter.ts';
import { parseCondition } from './where/parse-condition.ts';

const DAY = 86_400_000;

const tree = {
  'big/old.txt': 'x'.repeat(2000),
  'big/new.txt': 'y'.repeat(2000),
  'small/new.txt': 'z',
  'top.txt': 'w'.repeat(1500),
};

/** The tree on a disk; what is called old was changed 40 days ago. */
async function onDisk(directory: string) {
  await makeTree(directory, tree);
  const then = new Date(Date.now() - 40 * DAY);
  await utimes(join(directory, 'big/old.txt'), then, then);
}

const choices: { words: string; rules: () => Promise<FilterRules>; chosen: string[] }[] = [
  {
    words: 'a least and a largest size',
    rules: async () => ({ minSizeBytes: 1500, maxSizeBytes: 1500 }),
    chosen: ['top.txt'],
  },
  {
    words: 'a least age',
    rules: async () => ({ minAgeMs: 30 * DAY }),
    chosen: ['big/old.txt'],
  },
  {
    words: 'a largest age and a depth',
    rules: async () => ({ maxAgeMs: 30 * DAY, maxDepth: 1 }),
    chosen: ['top.txt'],
  },
  {
    words: 'a condition',
    rules: async () => ({ where: await parseCondition('size < 10 or modified > 30d') }),
    chosen: ['big/old.txt', 'small/new.txt'],
  },
];

for (const { words, rules, chosen } of choices) {
  test(`${words}: the same files go up and come down, and only their folders`, async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await onDisk(disk);
    const sources = [`${disk}/`];
    const folderId = await box.folder();
    const filter = filterOf(await rules());
    const common = { client: box.client, filter };
    const up = await upload({ ...common, sources, folderId, mode: 'upload' });
    assert.deepEqual([up.transferred, up.skipped, up.failed], [chosen.length, 0, 0]);
    assert.deepEqual(Object.keys(await box.tree(folderId)).sort(), chosen);
    assert.equal(up.calls.calls, up.predictedCalls);

    await upload({ client: box.client, sources, folderId, mode: 'upload' });
    const directory = await temporaryFolder(t);
    const down = await download({ ...common, folderId, directory });
    assert.deepEqual([down.transferred, down.skipped, down.failed], [chosen.length, 0, 0]);
    assert.deepEqual(Object.keys(await readTree(directory)), chosen);
  });
}

test('folders deeper than is wanted are not listed', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  await onDisk(disk);
  const folderId = await box.folder();
  await upload({ client: box.client, sources: [`${disk}/`], folderId, mode: 'upload' });
  const directory = await temporaryFolder(t);
  const filter = filterOf({ maxDepth: 1 });
  const report = await download({ client: box.client, folderId, directory, filter, zip: 'never' });
  assert.equal(report.transferred, 1);
  assert.equal(report.calls.calls, 2, 'a listing and a file');
});

/** Two files, one of which carries a contract that is signed. */
async function withContracts(box: TestBox, disk: string) {
  const folderId = await box.folder();
  await makeTree(disk, { 'signed.txt': 'signed', 'open.txt': 'open', 'bare.txt': 'bare' });
  await upload({ client: box.client, sources: [`${disk}/`], folderId, mode: 'upload' });
  const { client } = box;
  await client.metadataTemplates.create({
    templateKey: 'contract',
    displayName: 'Contract',
    fields: [{ type: 'string', key: 'state', displayName: 'State' }],
  });
  for (const state of ['signed', 'open']) {
    const { id } = await box.file(folderId, `${state}.txt`);
    await client.metadata.create({ type: 'file', id }, { templateKey: 'contract' }, { state });
  }
  return folderId;
}

test('owner and metadata come with the listing', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await withContracts(box, disk);
  const { login } = await box.client.users.me();
  const directory = await temporaryFolder(t);
  const take = async (text: string) => {
    const filter = filterOf({ where: await parseCondition(text, { side: 'box' }) });
    const options = { client: box.client, folderId, directory, filter, zip: 'never' } as const;
    return download({ ...options, force: true });
  };
  const signed = await take(
    `owner = "${login?.toUpperCase()}" and metadata.enterprise.contract.state = signed`,
  );
  assert.equal(signed.transferred, 1);
  assert.deepEqual(Object.keys(await readTree(directory)), ['signed.txt']);
  assert.equal(signed.calls.calls, 3, 'whose enterprise it is, a listing and a file');
  assert.equal(signed.predictedCalls, 3);

  assert.equal((await take('metadata.enterprise.contract.state != signed')).transferred, 2);
  assert.equal((await take('created > 2020-01-01 and owner != "no@one"')).transferred, 3);
});

test('one file is fetched only if it passes', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const folderId = await withContracts(box, disk);
  const { id: fileId } = await box.file(folderId, 'open.txt');
  const directory = await temporaryFolder(t);
  const where = await parseCondition('metadata.enterprise.contract.state = signed');
  const filter = filterOf({ where });
  const report = await download({ client: box.client, fileId, directory, filter });
  assert.equal(report.transferred, 0);
});

test('what cannot be asked is refused before anything is done', async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  const common = { client: box.client, sources: [disk], folderId: '0', mode: 'upload' } as const;
  const ofOwner = filterOf({ where: await parseCondition('owner = me') });
  await assert.rejects(upload({ ...common, filter: ofOwner }), /owner is known of files in Box/);
  const ofSize = filterOf({ minSizeBytes: 1 });
  await assert.rejects(
    upload({ ...common, filter: ofSize, deleteExtra: true }),
    /rules about paths only/,
  );
  assert.equal(box.client.counts().calls, 0);
});
