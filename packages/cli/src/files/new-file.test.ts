import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import promises, { readdir, readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from '../testing/process.ts';
import { writeNewFile } from './new-file.ts';

test('a file that there is no room for is not there, and what stood in its place is', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file');
  await writeFile(path, 'before');
  const script = `
    import { writeNewFile } from ${JSON.stringify(import.meta.resolve('./new-file.ts'))};
    process.on('SIGXFSZ', () => undefined);
    const chunks = [Buffer.alloc(600), Buffer.alloc(900)];
    const written = writeNewFile(process.argv[1], chunks, { replace: true });
    await written.then(console.log, ({ code }) => console.log(code));`;
  // The limit is 1,024 bytes a file, which a disk meets in the same way: it takes the part that fits.
  const line = 'ulimit -f 1 && exec "$0" --input-type=module -e "$1" "$2"';
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    line,
    process.execPath,
    script,
    path,
  ]);
  assert.equal(stdout, 'EFBIG\n');
  assert.equal(await readFile(path, 'utf8'), 'before');
  assert.deepEqual(await readdir(folder), ['file']);
});

test('a place that is taken is replaced where that is meant, and else left as it is', async (t) => {
  const folder = await temporaryFolder(t);
  const target = join(folder, 'a');
  const contents = [Buffer.from('n'), Buffer.from('ew')];
  await writeFile(target, 'old');
  await assert.rejects(writeNewFile(target, contents, { replace: false }), { code: 'EEXIST' });
  assert.equal(await readFile(target, 'utf8'), 'old');
  assert.equal(await writeNewFile(target, contents, { replace: true }), 3);
  assert.equal(await readFile(target, 'utf8'), 'new');
  assert.deepEqual(await readdir(folder), ['a']);
});

test('where the disk has no hard links a new file comes by its name all the same, and replaces nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const target = join(folder, 'a');
  const noLinks = Object.assign(new Error('no links'), { code: 'EPERM', syscall: 'link' });
  t.mock.method(promises, 'link', () => Promise.reject(noLinks));
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  assert.equal(await writeNewFile(target, [Buffer.from('new')], { replace: false }), 3);
  await assert.rejects(writeNewFile(target, [Buffer.from('other')], { replace: false }), {
    code: 'EEXIST',
  });
  assert.equal(await readFile(target, 'utf8'), 'new');
  assert.deepEqual(await readdir(folder), ['a']);
});

test('a name as long as a disk takes can be given', async (t) => {
  const folder = await temporaryFolder(t);
  const name = 'n'.repeat(255);
  await writeNewFile(join(folder, name), [Buffer.from('whole')], { replace: false });
  assert.deepEqual(await readdir(folder), [name]);
});
