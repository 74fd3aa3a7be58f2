/**
 * rclone, which nobody here wrote and whose hosts are fixed, moves the tree through the line that
 * `boxhaul emulator --tls` prints. Left out, with a word about it, where rclone is not installed.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startEmulator } from '@boxhaul/emulator';
import { run } from './command.ts';
import { differences } from './diff.ts';
import { makeTree } from './tree.ts';

const isInstalled = spawnSync('rclone', ['version']).status === 0;
const skip = isInstalled ? false : 'left out: rclone is not installed (apt-get install rclone)';

test('rclone and boxhaul see the same tree, whoever sent it', { skip }, async (t) => {
  const work = await mkdtemp(join(tmpdir(), 'boxhaul-rclone-tree-'));
  const box = await startEmulator({ tls: true });
  t.after(async () => {
    await box.close();
    await rm(work, { recursive: true, force: true });
  });
  const tree = join(work, 'tree');
  await makeTree(tree);
  await writeFile(join(work, 'rclone.conf'), '');
  const rclone = async (...args: string[]): Promise<void> => {
    const child = spawn('rclone', ['--ca-cert', box.tls?.caCertificatePath ?? '', ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: work,
        HTTPS_PROXY: box.tls?.proxyUrl,
        RCLONE_CONFIG: join(work, 'rclone.conf'),
        RCLONE_CONFIG_BOX_TYPE: 'box',
        RCLONE_CONFIG_BOX_ACCESS_TOKEN: box.token,
      },
    });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    assert.equal(code, 0, `rclone ${args.join(' ')}\n${stderr}`);
  };
  const boxhaul = async (...args: string[]): Promise<void> => {
    const outcome = await run([...args, '--base-url', box.url, '--token', box.token]);
    assert.equal(outcome.code, 0, outcome.stderr);
  };

  await rclone('copy', '--create-empty-src-dirs', tree, 'box:by rclone');
  await rclone('check', tree, 'box:by rclone');
  await boxhaul('download', '/by rclone', join(work, 'sent by rclone'));
  assert.equal(await differences(tree, join(work, 'sent by rclone')), '');

  await boxhaul('upload', `${tree}/`, '--to', '/by boxhaul');
  await rclone('check', tree, 'box:by boxhaul');
  await rclone(
    'copy',
    '--create-empty-src-dirs',
    'box:by boxhaul',
    join(work, 'fetched by rclone'),
  );
  assert.equal(await differences(tree, join(work, 'fetched by rclone')), '');
});
