/** --delete-extra and --max-delete as people use them: what they say, and the exit code. */
import assert from 'node:assert/strict';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

suite('--delete-extra', () => {
  let box: Emulator;
  before(async () => {
    box = await startEmulator();
  });
  after(() => box.close());

  const mirror = ['--delete-extra'];
  const usual = ['--mode', 'update', ...mirror];

  async function site(t: Parameters<typeof temporaryFolder>[0], name: string) {
    const cwd = await temporaryFolder(t);
    await mkdir(join(cwd, 'site', 'old'), { recursive: true });
    for (const file of ['a', 'b', 'c', 'old/d', 'old/e']) {
      await writeFile(join(cwd, 'site', file), `contents of ${file}`);
    }
    const connection = ['--base-url', box.url, '--token', box.token];
    const boxhaul = (...args: string[]) => runHere([...args, ...connection], { cwd });
    const up = (...args: string[]) => boxhaul('upload', 'site/', '--to', `/${name}`, ...args);
    assert.equal((await up()).code, 0);
    return { cwd, boxhaul, up };
  }

  test('the limit stops it with exit code 1 and the way out, which works', async (t) => {
    const { cwd, up } = await site(t, 'limit');
    await rm(join(cwd, 'site/old'), { recursive: true });
    const told = await up(...usual, '--dry-run', '--verbose');
    assert.equal(told.code, 1);
    assert.match(told.stdout, /^ {2}trashed +old\/ {3}2 files/m);
    assert.match(told.stdout, /nothing would be deleted: 2 of the 5 files .*1 \(25%\) are allowed/);
    const stopped = await up(...usual);
    assert.equal(stopped.code, 1);
    assert.match(stopped.stdout, /nothing was deleted: .*--max-delete 2\n/);
    const done = await up(...usual, '--max-delete', '2');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    assert.match(done.stdout, / trashed +2 +of 5 files in the target\n/);
    assert.match((await up(...usual, '--max-delete', '0')).stdout, / trashed +0\n/);
  });

  test('a download says where the trash is', async (t) => {
    const { cwd, boxhaul, up } = await site(t, 'down');
    await boxhaul('download', '/down', 'here');
    await rename(join(cwd, 'site/a'), join(cwd, 'site/renamed'));
    await rm(join(cwd, 'site/b'));
    await up(...usual);
    const down = await boxhaul('download', '/down', 'here', ...mirror);
    assert.deepEqual([down.code, down.stderr], [0, '']);
    assert.match(down.stdout, / transferred +1 +1 moved within the target\n/);
    assert.match(down.stdout, / trashed +1 +of 5 files in the target, in .*here\.boxhaul-trash/);
    assert.deepEqual((await readdir(join(cwd, 'here'))).sort(), ['c', 'old', 'renamed']);
  });

  test('sealed files are made equal, and back', async (t) => {
    const { cwd, boxhaul } = await site(t, 'plain');
    const { stdout } = await runHere(['keygen', 'key.txt'], { cwd });
    const recipient = /^age1\w+/m.exec(stdout)?.[0] ?? '';
    const sealing = ['--compress', 'zstd', '--encrypt-to', recipient, '--encrypt-names'];
    const up = (...args: string[]) =>
      boxhaul('upload', 'site/', '--to', '/sealed', ...sealing, ...usual, ...args);
    assert.equal((await up()).code, 0);
    await rm(join(cwd, 'site/b'));
    const done = await up('--dry-run', '--verbose');
    assert.deepEqual([done.code, done.stderr], [0, '']);
    assert.match(done.stdout, /^ {2}trashed +b\.(zst\.)?age/m);
    assert.match((await up()).stdout, / trashed +1 +of 5 files in the target\n/);
    await mkdir(join(cwd, 'back'));
    await writeFile(join(cwd, 'back', 'extra'), 'extra');
    const opening = ['--identity-file', 'key.txt', ...mirror, '--max-delete', '1'];
    assert.equal((await boxhaul('download', '/sealed', 'back', ...opening)).code, 0);
    assert.deepEqual((await readdir(join(cwd, 'back'))).sort(), ['a', 'c', 'old']);
  });

  test('what makes no sense is refused with the way out, before anything is made', async (t) => {
    const { boxhaul } = await site(t, 'right');
    for (const [args, words] of [
      [mirror, /→ --mode update/],
      [['--max-delete', '3'], /→ add --delete-extra/],
      [[...usual, '--max-delete', '101%'], /100, 25%/],
      [[...usual, '--min-size', '1KB'], /rules about paths only.*\n {2}→ leave one/],
      [[...usual, '--where', 'modified < 1d'], /rules about paths only/],
    ] as const) {
      const { code, stderr } = await boxhaul('upload', 'site/', '--to', '/wrong', ...args);
      assert.equal(code, 2);
      assert.match(stderr, words);
    }
    assert.match((await boxhaul('ls', '/wrong')).stderr, /"\/wrong" is not there/);
  });
});
