/** The real command with --every: new files go up in the next run, and signals end it in good order. */
import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startEmulator } from '@boxhaul/emulator';
import { start, temporaryFolder } from '../../packages/cli/src/testing/process.ts';

async function open(t: TestContext) {
  const box = await startEmulator();
  t.after(() => box.close());
  const cwd = await temporaryFolder(t);
  await mkdir(join(cwd, 'out'));
  await writeFile(join(cwd, 'out', 'a.txt'), 'one');
  const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
  const args = ['upload', 'out/', '--to', '/In', '--every', '1s'];
  return { box, cwd, running: () => start(t, args, env, cwd) };
}

test('what is new is there after the next run; SIGTERM ends it between two runs', async (t) => {
  const { box, cwd, running } = await open(t);
  const { child, wrote, ended } = running();
  await wrote(/run 1 {3}[\s\S]* transferred +1 [\s\S]*next run /);
  await writeFile(join(cwd, 'b.txt'), 'two');
  await rename(join(cwd, 'b.txt'), join(cwd, 'out', 'b.txt'));
  await wrote(/run [2-9]\d* {3}[\s\S]* transferred +1 [\s\S]*next run /);
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  assert.ok(code === 0 || stdout.includes('interrupted after'), `${code}\n${stdout}`);
  assert.match(stdout, /\nended after \d+ runs\n$/);
  assert.equal(box.counts()['POST /files/content'], 2, 'nothing was sent twice');
});

test('SIGINT in the middle of a run: what is in flight arrives, and there is no other run', async (t) => {
  const { box, running } = await open(t);
  const slow = box.faults.add({
    match: { method: 'POST', path: '/files/content' },
    action: { delayMs: 1000 },
    times: 'always',
  });
  const { child, wrote, ended } = running();
  await wrote(/↑ out\/ → \/In/);
  while (slow.hits === 0) await new Promise(setImmediate);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  assert.equal(code, 0, stdout);
  assert.match(stdout, / transferred +1 [\s\S]*\nended after 1 run\n$/);
  assert.equal(box.counts()['POST /files/content'], 1);
});
