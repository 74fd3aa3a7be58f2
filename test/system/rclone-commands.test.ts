/**
 * rclone's commands, one after the other, on the emulator behind Box's host names. What each did is
 * looked up on the other side too: by the client in Box, or byte by byte on the disk.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BoxClient, BoxItem } from '@boxhaul/client';
import { differences } from './diff.ts';
import { type RcloneBox, skip, startRcloneBox } from './rclone.ts';

/** From 50 MiB on rclone uploads in parts. */
const CHUNKED_BYTES = 60_000_000;

let started: RcloneBox;

before(async () => {
  started = await startRcloneBox();
});
after(() => started[Symbol.asyncDispose]());

test('sync sends what is new, replaces what changed and deletes what is gone', {
  skip,
}, async () => {
  const { client, rclone } = started;
  const local = await folderWith('sync', {
    'kept.txt': 'kept',
    'changed.txt': 'old',
    'gone.txt': 'gone',
    'gone too/deep.txt': 'deep',
  });
  await rclone('sync', local, 'box:sync');
  const before = await itemsBelow(client, 'sync');
  await rm(join(local, 'gone.txt'));
  await rm(join(local, 'gone too'), { recursive: true });
  await writeFile(join(local, 'changed.txt'), 'new and longer');
  await writeFile(join(local, 'added.txt'), 'added');
  await rclone('sync', local, 'box:sync');

  const now = await itemsBelow(client, 'sync');
  assert.deepEqual([...now.keys()].sort(), ['added.txt', 'changed.txt', 'kept.txt']);
  assert.equal(now.get('kept.txt')?.id, before.get('kept.txt')?.id);
  assert.equal(now.get('changed.txt')?.id, before.get('changed.txt')?.id, 'a new version');
  assert.equal((await client.files.get(idIn(now, 'changed.txt'))).sha1, sha1('new and longer'));
  await rclone('check', '--download', local, 'box:sync');
});

test('sync makes a local folder what the one in Box is', { skip }, async () => {
  const { box, rclone } = started;
  await box.seed({ '/mirror/a.txt': 'a', '/mirror/deep/b.bin': new Uint8Array([0, 255]) });
  const local = await folderWith('mirror', { 'stray.txt': '', 'deep/b.bin': 'another' });
  const expected = await folderWith('mirror expected', {
    'a.txt': 'a',
    'deep/b.bin': new Uint8Array([0, 255]),
  });
  await rclone('sync', 'box:mirror', local);
  assert.equal(await differences(expected, local), '');
});

test('moveto moves and renames files and folders, across folders, and they stay what they are', {
  skip,
}, async () => {
  const { box, client, rclone } = started;
  const made = await box.seed({ '/from/file.txt': 'moved', '/from/folder/in it.txt': 'x' });
  await rclone('moveto', 'box:from/file.txt', 'box:to/a new/name.txt');
  await rclone('moveto', 'box:from/folder', 'box:to/renamed');

  const now = await itemsBelow(client, 'to');
  assert.equal(now.get('a new/name.txt')?.id, made['/from/file.txt']?.id);
  assert.equal(now.get('renamed')?.id, made['/from/folder']?.id);
  assert.equal(now.get('renamed/in it.txt')?.id, made['/from/folder/in it.txt']?.id);
  assert.deepEqual([...(await itemsBelow(client, 'from')).keys()], []);
});

test('sync --track-renames moves what has another name now instead of sending it', {
  skip,
}, async () => {
  const { box, client, rclone } = started;
  const { '/renames/old.txt': old } = await box.seed({ '/renames/old.txt': 'the same' });
  const local = await folderWith('renames', { 'deep/new.txt': 'the same' });
  await rclone('sync', '--track-renames', local, 'box:renames');
  assert.equal((await itemsBelow(client, 'renames')).get('deep/new.txt')?.id, old?.id);
});

test('copyto copies on the server', { skip }, async () => {
  const { box, client, rclone } = started;
  await box.seed({ '/copied/one.txt': 'one' });
  box.resetCounts();
  await rclone('copyto', 'box:copied/one.txt', 'box:copied/deep/two.txt');
  assert.equal(box.counts()['POST /files/:id/copy'], 1);
  assert.equal(box.counts()['POST /files/content'], undefined);
  const copy = idIn(await itemsBelow(client, 'copied'), 'deep/two.txt');
  assert.equal((await client.files.get(copy)).sha1, sha1('one'));
});

test('link shares a file and a folder, and gives the same link when it is asked again', {
  skip,
}, async () => {
  const { box, client, rclone } = started;
  const made = await box.seed({ '/linked/file.txt': '' });
  for (const path of ['/linked', '/linked/file.txt']) {
    const link = await rclone('link', `box:${path}`);
    assert.match(link, /^https:\/\/app\.box\.com\/s\/\w+\n$/);
    assert.equal((await client.sharedItems.get(link.trim())).id, made[path]?.id);
    assert.equal(await rclone('link', `box:${path}`), link);
  }
});

test('about says what Box says of the space, and cleanup empties the trash', { skip }, async () => {
  const { box, client, rclone } = started;
  await box.seed({ '/trashed/file.txt': 'x', '/trashed/folder/deep/file.txt': 'y' });
  await rclone('deletefile', 'box:trashed/file.txt');
  await rclone('purge', 'box:trashed/folder');
  const names = (await itemsOf(client.trash.items())).map(({ name }) => name);
  assert.ok(names.includes('file.txt') && names.includes('folder'), names.join(', '));

  await rclone('cleanup', 'box:');
  assert.deepEqual(await itemsOf(client.trash.items()), []);
  const { space_amount, space_used } = await client.users.me();
  assert.ok(space_amount !== undefined && space_used !== undefined);
  assert.deepEqual(JSON.parse(await rclone('about', '--json', 'box:')), {
    total: space_amount,
    used: space_used,
    free: space_amount - space_used,
  });
});

test('dedupe knows that Box has no two items of a name, and finds equal contents', {
  skip,
}, async () => {
  const { box, client, rclone, tryRclone } = started;
  await box.seed({ '/double/a.txt': 'twice', '/double/b.txt': 'twice', '/double/c.txt': 'once' });
  const byName = await tryRclone(['dedupe', 'box:double']);
  assert.equal(byName.code, 0);
  assert.match(byName.stderr, /Can't have duplicate names here/);
  assert.equal((await itemsBelow(client, 'double')).size, 3);

  await rclone('dedupe', '--by-hash', '--dedupe-mode', 'first', 'box:double');
  const left = [...(await itemsBelow(client, 'double')).keys()];
  assert.equal(left.length, 2);
  assert.ok(left.includes('c.txt'));
});

test('names that differ in case only are one file', { skip }, async () => {
  const { client, rclone } = started;
  const local = await folderWith('cases', { 'Name.txt': 'first', 'other/NAME.TXT': 'second' });
  await rclone('copyto', join(local, 'Name.txt'), 'box:cases/Name.txt');
  await rclone('copyto', join(local, 'other/NAME.TXT'), 'box:cases/NAME.TXT');
  const now = await itemsBelow(client, 'cases');
  assert.equal(now.size, 1);
  const [item] = now.values();
  assert.equal((await client.files.get(item?.id ?? '')).sha1, sha1('second'));
});

test('lsjson and lsf list what Box lists, with ids, sizes and SHA-1', { skip }, async () => {
  const { box, rclone } = started;
  const made = await box.seed({ '/listed/b.txt': 'four', '/listed/a/': '' });
  const listed = JSON.parse(await rclone('lsjson', '--recursive', '--hash', 'box:listed'));
  assert.deepEqual(
    listed.map((item: Record<string, unknown>) => [item.Path, item.ID, item.Size, item.Hashes]),
    [
      ['a', made['/listed/a']?.id, -1, undefined],
      ['b.txt', made['/listed/b.txt']?.id, 4, { sha1: sha1('four') }],
    ],
  );
  assert.equal(await rclone('lsf', '--format', 'sp', 'box:listed'), '-1;a/\n4;b.txt\n');
});

test('long listings come in pages', { skip }, async () => {
  const { box, rclone } = started;
  const names = Array.from({ length: 25 }, (_, number) => `${String(number).padStart(2, '0')}.txt`);
  await box.seed(Object.fromEntries(names.map((name) => [`/paged/${name}`, name])));
  box.resetCounts();
  const listed = await rclone('lsf', '--box-list-chunk', '10', 'box:paged');
  assert.deepEqual(listed.trim().split('\n'), names);
  assert.ok((box.counts()['GET /folders/:id/items'] ?? 0) >= 4, 'one for the root, three pages');
});

test('mkdir makes the folders above, rmdir refuses what is not empty, purge does not', {
  skip,
}, async () => {
  const { box, client, rclone, tryRclone } = started;
  await rclone('mkdir', 'box:made/deep/deeper');
  await box.seed({ '/made/deep/file.txt': '' });
  const refused = await tryRclone(['rmdir', 'box:made/deep']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /not empty/);
  await rclone('rmdir', 'box:made/deep/deeper');
  assert.deepEqual([...(await itemsBelow(client, 'made')).keys()], ['deep', 'deep/file.txt']);
  await rclone('purge', 'box:made/deep');
  assert.deepEqual([...(await itemsBelow(client, 'made')).keys()], []);
});

test('cat reads the bytes that are asked for', { skip }, async () => {
  const { box, rclone } = started;
  await box.seed({ '/read/ten.txt': '0123456789' });
  assert.equal(await rclone('cat', 'box:read/ten.txt'), '0123456789');
  assert.equal(await rclone('cat', '--offset', '2', '--count', '3', 'box:read/ten.txt'), '234');
  assert.equal(await rclone('cat', '--tail', '4', 'box:read/ten.txt'), '6789');
});

test('rcat makes a file of what it is given, short or of unknown length', { skip }, async () => {
  const { client, tryRclone } = started;
  for (const sizeBytes of [4, 300_000]) {
    const contents = 'x'.repeat(sizeBytes);
    const { code, stderr } = await tryRclone(['rcat', `box:given/${sizeBytes}`], contents);
    assert.equal(code, 0, stderr);
    const id = idIn(await itemsBelow(client, 'given'), String(sizeBytes));
    assert.equal((await client.files.get(id)).sha1, sha1(contents));
  }
});

test('touch sets the time that Box shows', { skip }, async () => {
  const { box, client, rclone } = started;
  const made = await box.seed({ '/touched/file.txt': '' });
  await rclone('touch', '--timestamp', '2020-01-02T03:04:05', 'box:touched/file.txt');
  const file = await client.files.get(made['/touched/file.txt']?.id ?? '');
  assert.equal(Date.parse(file.content_modified_at ?? ''), Date.UTC(2020, 0, 2, 3, 4, 5));
});

test('60 MB go up in parts, arrive whole and come back', { skip }, async () => {
  const { box, client, rclone, work } = started;
  const local = await folderWith('large', {});
  const block = Buffer.alloc(1_000_000, 'a block of the large file, ');
  await writeFile(join(local, 'large.bin'), numberedBlocks(block, CHUNKED_BYTES));
  box.resetCounts();
  await rclone('copy', local, 'box:large');
  assert.equal(box.counts()['POST /files/upload_sessions/:id/commit'], 1);
  assert.equal(box.counts()['POST /files/content'], undefined);

  const file = await client.files.get(idIn(await itemsBelow(client, 'large'), 'large.bin'));
  assert.equal(file.size, CHUNKED_BYTES);
  assert.equal(file.sha1, await sha1OfFile(join(local, 'large.bin')));
  await rclone('check', '--download', local, 'box:large');
  await rclone('copy', 'box:large', join(work, 'large again'));
  assert.equal(await differences(local, join(work, 'large again')), '');
  assert.deepEqual(await readdir(join(work, 'large again')), ['large.bin']);
});

test('rclone finds out what names Box takes', { skip }, async () => {
  const said = await started.rclone('test', 'info', '--check-length', 'box:names');
  assert.match(said, /maxFileLength = 255 \/\/ for 1 byte/);
  assert.match(said, /maxFileLength = 255 \/\/ for 4 byte/);
});

test('none of this asked for anything that the emulator does not have', { skip }, () => {
  assert.deepEqual(started.box.notEmulated(), {});
});

/** A local folder of that name with these files. */
async function folderWith(
  name: string,
  files: Record<string, string | Uint8Array>,
): Promise<string> {
  const folder = join(started.work, name);
  await mkdir(folder, { recursive: true });
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
  return folder;
}

/** All that is below a folder of the root, by path. */
async function itemsBelow(client: BoxClient, name: string): Promise<Map<string, BoxItem>> {
  const found = new Map<string, BoxItem>();
  const walk = async (folderId: string, prefix: string): Promise<void> => {
    for (const item of await itemsOf(client.folders.items(folderId))) {
      found.set(`${prefix}${item.name}`, item);
      if (item.type === 'folder') await walk(item.id, `${prefix}${item.name}/`);
    }
  };
  const top = (await itemsOf(client.folders.items('0'))).find((item) => item.name === name);
  if (top !== undefined) await walk(top.id, '');
  return found;
}

function itemsOf(items: AsyncIterable<BoxItem>): Promise<BoxItem[]> {
  return Array.fromAsync(items);
}

function idIn(items: Map<string, BoxItem>, path: string): string {
  const item = items.get(path);
  assert.ok(item, `${path} is not among ${[...items.keys()].join(', ')}`);
  return item.id;
}

function* numberedBlocks(block: Buffer, sizeBytes: number): Generator<Buffer> {
  for (let made = 0; made < sizeBytes; made += block.length) {
    const numbered = Buffer.from(block);
    numbered.writeUInt32BE(made, 0); // so that no two parts are alike
    yield numbered;
  }
}

function sha1(contents: string): string {
  return createHash('sha1').update(contents).digest('hex');
}

async function sha1OfFile(path: string): Promise<string> {
  const hash = createHash('sha1');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
