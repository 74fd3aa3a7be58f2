/** Names that Box would never give, and names that this machine's disk takes for others: in every way to download. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { openSubfolder, openTargetFolder } from './download/disk-folder.ts';
import { download } from './download/download-tree.ts';
import { sha1Of } from './hash.ts';
import { temporaryName } from './temporary-files.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { readTree, temporaryFolder } from './testing/disk.ts';
import type { DownloadOptions, TransferReport } from './transfer.ts';

/** What no name on this machine may be. */
const REFUSED = [
  '..',
  '.',
  '',
  '../escaped',
  '../../escaped',
  '/tmp/escaped',
  'a/b',
  'a\0b',
  '\udc00',
];
/** What Box refuses and this machine's disk takes: nothing happens but that there is a file of this name. */
const ODD = [
  '..\\escaped',
  'C:\\escaped',
  'bell\u0007',
  '\u001b[2J',
  'dot.',
  'space ',
  'CON',
  'nul.txt',
  '~',
  '-rf',
];
/** Of one length in characters and another in bytes. */
const LONGEST = 'é'.repeat(127);
const TOO_LONG = ['x'.repeat(256), 'é'.repeat(128), '😀'.repeat(64), 'y'.repeat(5000)];
/** To a person, or to another disk, one name. */
const ALIKE = ['name', 'NAME', 'Name', '\u00e9', 'e\u0301'];

interface Way {
  sizeBytes: number;
  options: Partial<DownloadOptions>;
  /** As many as are quick enough. */
  most: number;
}

const ways: Record<string, Way> = {
  'one by one': { sizeBytes: 10, options: { zip: 'never' }, most: 100 },
  'from memory and disk': { sizeBytes: 1_200_000, options: { zip: 'never' }, most: 100 },
  'as an archive': { sizeBytes: 100, options: { zip: 'always' }, most: 100 },
  'in ranges': { sizeBytes: 33_600_000, options: { zip: 'never' }, most: 2 },
};

interface Made {
  id: string;
  sha1: string;
  name: string;
}

/** Makes a file for each name, each with contents of its own, and lets Box call them so; `others` are only in its list. */
async function called(
  box: TestBox,
  { sizeBytes }: Way,
  names: readonly string[],
  others: readonly string[] = [],
): Promise<Made[]> {
  const made: Made[] = [];
  for (const [index, name] of names.entries()) {
    const bytes = Buffer.alloc(sizeBytes, `${index} `);
    const file = { name: `file ${index}`, parentId: '0', body: bodyOf(bytes) };
    made.push({ id: (await box.client.files.upload(file)).id, sha1: sha1Of(bytes), name });
  }
  const listed = others.map((name) => ({ id: '1', sha1: '0'.repeat(40), name }));
  const entry = { type: 'file', size: sizeBytes };
  list(
    box,
    '0',
    [...made, ...listed].map((file) => ({ ...entry, ...file })),
  );
  return made;
}

/** Lets Box say that this is in a folder. */
function list(box: TestBox, folderId: string, entries: readonly object[]): void {
  const common = { etag: '0', sequence_id: '0' };
  const body = JSON.stringify({ entries: entries.map((entry) => ({ ...common, ...entry })) });
  box.emulator.faults.add({
    match: { path: `/folders/${folderId}/items` },
    action: { status: 200, body, headers: { 'content-type': 'application/json' } },
    times: 'always',
  });
}

const codes = ({ failures }: TransferReport) =>
  Object.fromEntries(failures.map(({ path, reason }) => [path, reason?.code]));

async function stage(t: TestContext): Promise<{ box: TestBox; disk: string; directory: string }> {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  const disk = await temporaryFolder(t);
  return { box, disk, directory: join(disk, 'down', 'here') };
}

const skip = process.platform !== 'linux' && 'other disks take other names';

for (const [words, way] of Object.entries(ways)) {
  const { options, most } = way;
  describe(`files that come ${words}`, { skip }, () => {
    test('are never outside of the target, and each name that cannot be is told', async (t) => {
      const { box, disk, directory } = await stage(t);
      const odd = [...ODD, LONGEST].slice(0, most);
      const made = await called(box, way, odd, REFUSED);
      const report = await download({ client: box.client, folderId: '0', directory, ...options });
      assert.deepEqual(codes(report), Object.fromEntries(REFUSED.map((n) => [n, 'name-refused'])));
      assert.equal(report.transferred, odd.length);
      assert.deepEqual(await readdir(disk), ['down']);
      assert.deepEqual(await readdir(join(disk, 'down')), ['here']);
      await assertOwnContents(directory, made);
    });

    test('are refused before they come when their names are too long', async (t) => {
      const { box, directory } = await stage(t);
      await called(box, way, [], TOO_LONG);
      const report = await download({ client: box.client, folderId: '0', directory, ...options });
      const expected = TOO_LONG.map((name) => [name, 'name-refused']);
      assert.deepEqual(codes(report), Object.fromEntries(expected));
      assert.equal(box.emulator.counts()['GET /files/:id/content'], undefined);
      assert.deepEqual(await readdir(directory), []);
    });

    test('do not overwrite each other, be their names alike or the same', async (t) => {
      const { box, directory } = await stage(t);
      const names = ALIKE.slice(0, most);
      const made = await called(box, way, names, names);
      const report = await download({ client: box.client, folderId: '0', directory, ...options });
      assert.deepEqual(codes(report), Object.fromEntries(names.map((n) => [n, 'name-collision'])));
      await assertOwnContents(directory, made);
    });

    test('are not written through links that lie there', async (t) => {
      const { box, disk, directory } = await stage(t);
      await mkdir(directory, { recursive: true });
      await writeFile(join(disk, 'victim'), 'mine');
      await symlink(join(disk, 'victim'), join(directory, 'to a file'));
      await symlink(join(disk, 'planted'), join(directory, 'to nothing'));
      const [good] = await called(box, way, ['good'], ['to a file', 'to nothing']);
      const report = await download({ client: box.client, folderId: '0', directory, ...options });
      assert.deepEqual(codes(report), { 'to a file': 'in-the-way', 'to nothing': 'in-the-way' });
      assert.deepEqual((await readdir(disk)).sort(), ['down', 'victim']);
      assert.equal(await readFile(join(disk, 'victim'), 'utf8'), 'mine');
      assert.equal(sha1Of(await readFile(join(directory, 'good'))), good?.sha1);
    });
  });
}

async function assertOwnContents(directory: string, made: readonly Made[]): Promise<void> {
  assert.deepEqual((await readdir(directory)).sort(), made.map(({ name }) => name).sort());
  for (const { name, sha1 } of made) {
    assert.equal(sha1Of(await readFile(join(directory, name))), sha1, JSON.stringify(name));
  }
}

describe('folders', { skip }, () => {
  test('of names that cannot be are told, and nothing of them is anywhere', async (t) => {
    const { box, disk, directory } = await stage(t);
    const names = [...REFUSED, ...TOO_LONG];
    list(
      box,
      '0',
      names.map((name, index) => ({ type: 'folder', id: `${1000 + index}`, name })),
    );
    const { sha1 } = await box.client.files.upload({ name: 'f', parentId: '0', body: bodyOf('f') });
    names.forEach((_, index) => {
      const file = { type: 'file', id: '1', name: 'inside', size: 1, sha1 };
      list(box, `${1000 + index}`, [file]);
    });
    const report = await download({ client: box.client, folderId: '0', directory });
    assert.deepEqual(codes(report), Object.fromEntries(names.map((n) => [n, 'name-refused'])));
    assert.deepEqual(await readTree(disk), { 'down/here/': '' });
  });

  test('are not gone through when links have their names', async (t) => {
    const { box, disk, directory } = await stage(t);
    const outside = join(disk, 'outside');
    await mkdir(outside);
    await mkdir(directory, { recursive: true });
    await symlink(outside, join(directory, 'linked'));
    const { id } = await box.client.folders.create({ name: 'linked', parentId: '0' });
    await box.client.files.upload({ name: 'f', parentId: id, body: bodyOf('f') });
    for (const zip of ['never', 'always'] as const) {
      const report = await download({ client: box.client, folderId: '0', directory, zip });
      assert.deepEqual(codes(report), { linked: 'in-the-way' });
    }
    assert.deepEqual(await readdir(outside), []);
  });

  test('with the name of a temporary file stay, and stop nobody', async (t) => {
    const { box, directory } = await stage(t);
    const name = temporaryName().replace(/-\d+-/, '-999999999-');
    const { id } = await box.client.folders.create({ name, parentId: '0' });
    await box.client.files.upload({ name: 'f', parentId: id, body: bodyOf('f') });
    for (const skipped of [undefined, 1]) {
      const report = await download({ client: box.client, folderId: '0', directory });
      assert.deepEqual([codes(report), report.skippedBy.same], [{}, skipped]);
    }
    assert.deepEqual(await readTree(directory), { [`${name}/f`]: 'f' });
  });

  test('that are one folder on this disk are not mixed', {
    skip: process.getuid?.() !== 0 && 'only root may make a folder that has two names',
  }, async (t) => {
    const directory = await temporaryFolder(t);
    for (const name of ['Same', 'same']) await mkdir(join(directory, name));
    execFileSync('mount', ['--bind', join(directory, 'Same'), join(directory, 'same')]);
    try {
      const parent = await openTargetFolder(directory, false);
      await openSubfolder(parent, 'Same', false);
      await openSubfolder(parent, 'Same', false);
      await assert.rejects(openSubfolder(parent, 'same', false), { code: 'name-collision' });
    } finally {
      execFileSync('umount', [join(directory, 'same')]);
    }
  });
});
