import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLog } from './log.ts';
import { run, temporaryFolder } from './testing/process.ts';

const skip = existsSync('/dev/full') ? false : 'no disk here is always full';

test('a log is appended to, line by line, without secrets', async (t) => {
  const path = join(await temporaryFolder(t), 'run.log');
  for (const word of ['one', 'two']) {
    const log = await openLog(path, assert.fail);
    log.info({ token: 'hush', nested: { password: 'hush' } }, word);
    await log.close();
  }
  const text = await readFile(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).msg),
    ['one', 'two'],
  );
  assert.ok(!text.includes('hush'));
});

test('a log whose disk is full says so once, and everything else goes on', { skip }, async () => {
  const warnings: string[] = [];
  const log = await openLog('/dev/full', (text) => warnings.push(text));
  log.info({}, 'one');
  log.error({}, 'two');
  await log.close();
  assert.match(warnings.join('\n'), /^warning: the log file \/dev\/full .*ENOSPC.*$/);
});

test('a command whose log cannot be written does its work and ends', { skip }, async (t) => {
  const home = await temporaryFolder(t);
  const { code, stdout, stderr } = await run(t, ['ls', '--local', '--log-file', '/dev/full'], {
    BOXHAUL_HOME: home,
  });
  assert.match(stderr, /the log file/);
  assert.deepEqual([code, stdout.includes('unexpected')], [0, false]);
});
