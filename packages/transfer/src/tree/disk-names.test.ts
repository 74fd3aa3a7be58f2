import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openBox } from '../testing/box.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { upload } from '../upload/upload-tree.ts';
import { nameOf } from './disk-names.ts';

test('bytes that are no UTF-8 keep a place of their own in a name', () => {
  const table: [bytes: string, name: string][] = [
    ['plain.txt', 'plain.txt'],
    ['caf\xe9.txt', 'caf\udce9.txt'],
    ['\xc3\xa9\xff', 'é\udcff'],
    ['\xf0\x9f\x8e\x89\xf0\x9f', '🎉\udcf0\udc9f'],
    ['\xed\xa0\x80', '\udced\udca0\udc80'],
    ['', ''],
  ];
  for (const [bytes, name] of table) assert.equal(nameOf(Buffer.from(bytes, 'latin1')), name);
});

const skip = process.platform === 'linux' ? false : 'disks here have Unicode names only';

test('a file whose name is no UTF-8 fails with that reason, and the others are sent', {
  skip,
}, async (t) => {
  await using box = await openBox();
  const disk = await temporaryFolder(t);
  for (const name of ['caf\xe9.txt', 'caf\xe8.txt', 'good \xef\xbf\xbd.txt']) {
    await writeFile(Buffer.from(`${disk}/${name}`, 'latin1'), 'x');
  }
  const report = await upload({
    client: box.client,
    sources: [`${disk}/`],
    folderId: '0',
    mode: 'upload',
  });
  assert.deepEqual(
    report.failures.map(({ path, reason }) => [path, reason?.code, reason?.words]),
    ['caf\udce8.txt', 'caf\udce9.txt'].map((path) => [
      path,
      'name-refused',
      'it is not valid UTF-8, and Box takes Unicode names only',
    ]),
  );
  assert.deepEqual(await box.tree('0'), { 'good \ufffd.txt': 'x' });
});
