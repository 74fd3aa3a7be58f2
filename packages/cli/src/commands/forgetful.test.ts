/** Runs whose state cannot be kept: they do their work, and promise nothing that needs it. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

async function forgetful(t: TestContext) {
  const stage = await boxStage(t);
  const state = join(stage.cwd, 'home', 'state');
  await mkdir(state, { recursive: true });
  await writeFile(join(state, 'state.sqlite'), 'this is no database, and never was one');
  await mkdir(join(stage.cwd, 'weekly'));
  for (const name of ['a', 'b']) await writeFile(join(stage.cwd, 'weekly', name), name);
  return stage;
}

test('no job is named that nobody could go on with', async (t) => {
  const { run, events, box } = await forgetful(t);
  const refused = { status: 403, code: 'access_denied_insufficient_permissions' };
  box.faults.add({ match: { path: '/files/content' }, action: refused, times: 2 });
  const { code, stdout, stderr } = await run('upload', 'weekly/', '--to', '/Backups');
  assert.equal(code, 1);
  assert.match(stderr, /^warning: the state in .*; nothing will be remembered of this run\n$/);
  assert.doesNotMatch(stdout, /job \w{4}|boxhaul (retry|resume)/);
  assert.match(stdout, /→ get the permission, then run the same command again\n$/);
  const told = await events('upload', 'weekly/', '--to', '/Backups');
  const summary = told.at(-1);
  assert.deepEqual([summary?.type, summary?.transferred, summary?.job], ['summary', 2, undefined]);
});
