import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startEmulator } from '../emulator.ts';

const isInstalled = spawnSync('rclone', ['version']).status === 0;
const skip = isInstalled ? false : 'left out: rclone is not installed (apt-get install rclone)';

/** rclone sends files from this size on through upload sessions. */
const LARGE_BYTES = 52 * 1024 * 1024;

const tree: Record<string, Buffer> = {
  'read me.txt': Buffer.from('hello\n'),
  empty: Buffer.alloc(0),
  'deep/er/and/deeper/x.bin': randomBytes(70_000),
  'ünïcödé/naïve – ☂ 😀.txt': Buffer.from('ü'),
  'large.bin': randomBytes(LARGE_BYTES),
  [`${'long'.repeat(40)}.txt`]: Buffer.from('long'),
};

test('rclone, which knows Box’s hosts only, copies a tree up and down and finds no difference', {
  skip,
}, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'boxhaul-rclone-'));
  const emulator = await startEmulator({ tls: true });
  t.after(async () => {
    await emulator.close();
    rmSync(directory, { recursive: true });
  });
  const up = join(directory, 'up');
  for (const [path, contents] of Object.entries(tree)) {
    mkdirSync(dirname(join(up, path)), { recursive: true });
    writeFileSync(join(up, path), contents);
  }
  const rclone = (...args: string[]) =>
    run('rclone', ['--ca-cert', emulator.tls?.caCertificatePath ?? '', '--retries', '1', ...args], {
      PATH: process.env.PATH,
      HOME: directory,
      HTTPS_PROXY: emulator.tls?.proxyUrl,
      RCLONE_CONFIG: join(directory, 'rclone.conf'),
      RCLONE_CONFIG_EMULATED_TYPE: 'box',
      RCLONE_CONFIG_EMULATED_ACCESS_TOKEN: emulator.token,
    });
  writeFileSync(join(directory, 'rclone.conf'), '');

  await rclone('copy', up, 'emulated:tree');
  await rclone('check', up, 'emulated:tree');
  const down = join(directory, 'down');
  await rclone('copy', 'emulated:tree', down);
  await rclone('check', down, 'emulated:tree');
  for (const [path, contents] of Object.entries(tree)) {
    assert.ok(contents.equals(readFileSync(join(down, path))), path);
  }

  // Again: nothing is left to do. Then a new version, a move, a listing and a deletion.
  await rclone('copy', up, 'emulated:tree');
  writeFileSync(join(up, 'empty'), 'not any more');
  await rclone('copy', up, 'emulated:tree');
  assert.equal(await rclone('cat', 'emulated:tree/empty'), 'not any more');
  await rclone('moveto', 'emulated:tree/empty', 'emulated:tree/deep/full');
  assert.match(await rclone('lsf', 'emulated:tree/deep'), /^full$/m);
  await rclone('purge', 'emulated:tree');
  assert.equal(await rclone('lsf', 'emulated:'), '');
  assert.deepEqual(emulator.notEmulated(), {});
});

function run(
  command: string,
  args: string[],
  env: Record<string, string | undefined>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`${args.slice(4).join(' ')}: ${Buffer.concat(err).toString()}`));
    });
  });
}
