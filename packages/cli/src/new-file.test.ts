import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('a file that there is no room for is not there, and what stood in its place is', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-new-file-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'file');
  await writeFile(path, 'before');
  const script = `
    import { writeNewFile } from ${JSON.stringify(import.meta.resolve('./new-file.ts'))};
    process.on('SIGXFSZ', () => undefined);
    const chunks = [Buffer.alloc(600), Buffer.alloc(900)];
    const [, path] = process.argv;
    await writeNewFile(path, chunks).then(console.log, ({ code }) => console.log(code));`;
  // The limit is 1,024 bytes a file, which a disk meets in the same way: it takes the part that fits.
  const node = ['exec "$0" --input-type=module -e "$1" "$2"', process.execPath, script, path];
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `ulimit -f 1; ${node[0]}`,
    ...node.slice(1),
  ]);
  assert.equal(stdout, 'EFBIG\n');
  assert.equal(await readFile(path, 'utf8'), 'before');
  assert.deepEqual(await readdir(folder), ['file']);
});
