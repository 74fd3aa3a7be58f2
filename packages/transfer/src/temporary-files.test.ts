import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isTemporaryName, removeAbandoned, temporaryName } from './temporary-files.ts';
import { readTree, temporaryFolder } from './testing/disk.ts';

test('temporary files of processes that are gone are removed, all others stay', async (t) => {
  const folder = await temporaryFolder(t);
  const ours = temporaryName();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const ofTheDead = ours.replace(`-${process.pid}-`, `-${gone}-`);
  const ofOurNumber = ours.replace(/-[0-9a-f]{8}([0-9a-f]{12})\.part$/, '-00000000$1.part');
  const ofTheLiving = ours.replace(`-${process.pid}-`, `-${process.ppid}-`);
  const elsewhere = ours.replace(/^\.boxhaul-[0-9a-f]{8}/, '.boxhaul-00000000');
  const elsewhereLongAgo = elsewhere.replace(/[0-9a-f]{12}\.part$/, 'ffffffffffff.part');
  const names = [ours, ofTheDead, ofOurNumber, ofTheLiving, elsewhere, elsewhereLongAgo, 'a.part'];
  for (const name of names) await writeFile(join(folder, name), '');
  await utimes(join(folder, elsewhereLongAgo), 1, 1);

  await removeAbandoned(folder, names, () => false);

  const left = Object.keys(await readTree(folder)).sort();
  assert.deepEqual(left, [ours, ofTheLiving, elsewhere, 'a.part'].sort());
});

test('temporary names are known as such, and no two are the same', () => {
  const names = new Set(Array.from({ length: 100 }, temporaryName));
  assert.equal(names.size, 100);
  for (const name of names) assert.ok(isTemporaryName(name) && name.length < 80);
  assert.equal(isTemporaryName('.boxhaul-notes.part'), false);
});
