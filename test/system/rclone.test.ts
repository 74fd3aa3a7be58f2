/**
 * rclone, which nobody here wrote and whose hosts are fixed, moves the tree through the line that
 * `boxhaul emulator --tls` prints. Left out, with a word about it, where rclone is not installed.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from './command.ts';
import { differences } from './diff.ts';
import { skip, startRcloneBox } from './rclone.ts';
import { makeTree } from './tree.ts';

test('rclone and boxhaul see the same tree, whoever sent it', { skip }, async () => {
  await using started = await startRcloneBox();
  const { box, rclone, work } = started;
  const tree = join(work, 'tree');
  await makeTree(tree);
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
