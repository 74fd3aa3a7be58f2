import assert from 'node:assert/strict';
import { chmod, mkdir, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { lookAt } from '../tree/tree.ts';
import { openSubfolder, openTargetFolder } from './disk-folder.ts';
import { openSink } from './sink.ts';

const modifiedAt = new Date('2020-01-02T03:04:05Z');

test('a file has its name only when it is finished, and then its time and all its bytes', async (t) => {
  const path = await temporaryFolder(t);
  const folder = await openTargetFolder(path, false);
  const sink = openSink(folder, 'a.bin');
  const pieces = Array.from({ length: 50 }, (_, index) => Buffer.alloc(70_001, index));
  for (const piece of pieces) await sink.write(piece);
  assert.ok(!('a.bin' in (await readTree(path))));
  await sink.finish(modifiedAt);
  await sink.discard();
  assert.deepEqual(await readTree(path), { 'a.bin': Buffer.concat(pieces).toString('latin1') });
  assert.deepEqual((await stat(join(path, 'a.bin'))).mtime, modifiedAt);
});

test('what is given up leaves nothing behind', async (t) => {
  const path = await temporaryFolder(t);
  const sink = openSink(await openTargetFolder(path, false), 'a');
  await sink.write(Buffer.alloc(3_000_000));
  await sink.discard();
  await sink.discard();
  assert.deepEqual(await readTree(path), {});
});

test('after a restart only the bytes since then count', async (t) => {
  const path = await temporaryFolder(t);
  const sink = openSink(await openTargetFolder(path, false), 'a');
  await sink.write(Buffer.alloc(3_000_000, 1));
  await sink.restart();
  await sink.write(Buffer.from('right'));
  await sink.finish();
  assert.deepEqual(await readTree(path), { a: 'right' });
});

test('a new file overwrites nothing that came to have its name meanwhile', async (t) => {
  const path = await temporaryFolder(t);
  const sink = openSink(await openTargetFolder(path, false), 'a');
  await sink.write(Buffer.from('from Box'));
  await makeTree(path, { a: 'from someone' });
  await assert.rejects(sink.finish(), { code: 'name-collision' });
  await sink.discard();
  assert.deepEqual(await readTree(path), { a: 'from someone' });
});

test('a replaced file keeps its permissions', async (t) => {
  const path = await temporaryFolder(t);
  await makeTree(path, { a: 'old' });
  await chmod(join(path, 'a'), 0o600);
  const old = await lookAt(join(path, 'a'));
  const sink = openSink(await openTargetFolder(path, false), 'a', old);
  await sink.write(Buffer.from('new'));
  await sink.finish();
  assert.deepEqual(await readTree(path), { a: 'new' });
  assert.equal((await stat(join(path, 'a'))).mode & 0o777, 0o600);
});

test('a file that is written to while its replacement is fetched keeps what was written', async (t) => {
  const path = await temporaryFolder(t);
  await makeTree(path, { a: 'old' });
  const sink = openSink(await openTargetFolder(path, false), 'a', await lookAt(join(path, 'a')));
  await sink.write(Buffer.from('from Box'));
  await makeTree(path, { a: 'an hour of work' });
  await assert.rejects(sink.finish(), { code: 'changed-on-disk' });
  await sink.discard();
  assert.deepEqual(await readTree(path), { a: 'an hour of work' });
});

test('a file that is written to in place, and has its old time again, keeps what was written', async (t) => {
  const path = await temporaryFolder(t);
  await makeTree(path, { a: 'old' });
  const file = join(path, 'a');
  const { atime, mtime } = await stat(file);
  await utimes(file, atime, mtime);
  const sink = openSink(await openTargetFolder(path, false), 'a', await lookAt(file));
  await sink.write(Buffer.from('from Box'));
  await writeFile(file, 'won');
  const { ctimeMs } = await stat(file);
  // A disk's clock ticks in milliseconds: within one no change can be told.
  do await utimes(file, atime, mtime);
  while ((await stat(file)).ctimeMs === ctimeMs);
  await assert.rejects(sink.finish(), { code: 'changed-on-disk' });
  await sink.discard();
  assert.deepEqual(await readTree(path), { a: 'won' });
});

test('a file that is deleted while its replacement is fetched is there again', async (t) => {
  const path = await temporaryFolder(t);
  await makeTree(path, { a: 'old' });
  const sink = openSink(await openTargetFolder(path, false), 'a', await lookAt(join(path, 'a')));
  await sink.write(Buffer.from('from Box'));
  await rm(join(path, 'a'));
  await sink.finish();
  assert.deepEqual(await readTree(path), { a: 'from Box' });
});

test('a link in the place of a file is not written through', async (t) => {
  const path = await temporaryFolder(t);
  const outside = await temporaryFolder(t);
  await makeTree(outside, { secret: 'mine' });
  await makeTree(path, { a: 'old' });
  const old = await lookAt(join(path, 'a'));
  const sink = openSink(await openTargetFolder(path, false), 'a', old);
  await rm(join(path, 'a'));
  await symlink(join(outside, 'secret'), join(path, 'a'));
  await assert.rejects(sink.finish(), { code: 'in-the-way' });
  await sink.discard();
  assert.deepEqual(await readTree(outside), { secret: 'mine' });
});

test('a link in the place of a folder is not gone through, before or after it was opened', async (t) => {
  const path = await temporaryFolder(t);
  const outside = await temporaryFolder(t);
  const root = await openTargetFolder(path, false);
  await symlink(outside, join(path, 'planted'));
  await assert.rejects(openSubfolder(root, 'planted', false), { code: 'in-the-way' });

  const folder = await openSubfolder(root, 'real', false);
  const sink = openSink(folder, 'a');
  await rename(join(path, 'real'), join(path, 'moved'));
  await symlink(outside, join(path, 'real'));
  await assert.rejects(sink.finish(), { code: 'in-the-way' });
  await assert.rejects(openSink(folder, 'b').finish(), { code: 'in-the-way' });
  await sink.discard();
  assert.deepEqual(await readTree(outside), {});
});

test('a file in the place of a folder is said to be in the way', async (t) => {
  const path = await temporaryFolder(t);
  await writeFile(join(path, 'x'), '');
  const root = await openTargetFolder(path, false);
  await assert.rejects(openSubfolder(root, 'x', false), /a file stands where the folder/);
});

test('a dry run looks and makes nothing', async (t) => {
  const path = await temporaryFolder(t);
  await mkdir(join(path, 'there'));
  const root = await openTargetFolder(join(path, 'target'), true);
  const below = await openSubfolder(root, 'below', true);
  assert.deepEqual([root.state, below.state], ['created', 'created']);
  assert.deepEqual(await readTree(path), { 'there/': '' });
});

test('a dry run takes no folder for one to be made that cannot be looked for', async (t) => {
  const path = await temporaryFolder(t);
  await writeFile(join(path, 'x'), '');
  for (const dryRun of [false, true]) {
    await assert.rejects(openTargetFolder(join(path, 'x', 'below'), dryRun), { code: 'ENOTDIR' });
  }
});

test('a target folder is made with all that lead to it', async (t) => {
  const target = join(await temporaryFolder(t), 'a', 'b', 'c');
  assert.equal((await openTargetFolder(target, false)).state, 'created');
  assert.equal((await openTargetFolder(target, false)).state, 'exists');
});

test('a target folder where none can be made is refused', async () => {
  const target = process.platform === 'linux' ? '/proc/none/here' : '/dev/null/here';
  await assert.rejects(openTargetFolder(target, false), /ENOENT|ENOTDIR/);
});
