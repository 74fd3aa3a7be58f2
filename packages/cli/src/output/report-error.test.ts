import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('an error shows what in a name would steer the terminal, and does not obey it', async (t) => {
  const { run, folder, file } = await boxStage(t);
  const id = await folder('red\u009b31m');
  await file('a.txt', id);
  const alone = await run('rm', id, '--yes');
  assert.match(alone.stderr, /^boxhaul: red\ufffd31m \(\d+\) is a folder\n {2}→ /);
  const ofSeveral = await run('ls', '/red\u009b32m', '/red\u009b33m');
  assert.match(ofSeveral.stderr, /red\ufffd32m/);
  assert.doesNotMatch(alone.stderr + ofSeveral.stderr, /\u009b/);
});

test('an error shows what a server says in its lines, and obeys none of it', async (t) => {
  const { run, box } = await boxStage(t);
  const message = 'no \u001b]0;title\u0007 entry';
  box.faults.add({ match: { path: '/folders/0/items' }, action: { status: 403, message } });
  const { stderr } = await run('ls', '/');
  assert.match(stderr, /no ␛\]0;title␇ entry/);
  assert.ok(!stderr.includes('\u001b'), stderr);
});
