import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('files go to the trash, and folders only with --recursive', async (t) => {
  const { run, folder, file, names, trash } = await boxStage(t);
  const old = await folder('old');
  await file('in.txt', old);
  await file('a.txt');
  const refused = await run('rm', '/old', '/a.txt', '--yes');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /failed {2}\/old {3}\/old is a folder; → --recursive removes it/);
  assert.deepEqual([await names(), await trash()], [['old/'], ['a.txt']]);
  const removed = await run('rm', '-r', '/old', '--yes');
  assert.deepEqual([removed.code, removed.stdout], [0, 'removed  /old/\n']);
  assert.deepEqual([await names(), await trash()], [[], ['a.txt', 'old']]);
});

test('past the trash nothing is left', async (t) => {
  const { run, file, names, trash } = await boxStage(t);
  await file('a.txt');
  assert.equal((await run('rm', '/a.txt', '--permanently', '--yes')).code, 0);
  assert.deepEqual([await names(), await trash()], [[], []]);
});

test('where nobody can be asked it wants --yes, and a dry run asks nobody', async (t) => {
  const { run, file, names } = await boxStage(t);
  await file('a.txt');
  const { code, stderr } = await run('rm', '/a.txt');
  assert.equal(code, 2);
  assert.match(stderr, /has to ask first.*1 item goes to the trash\n {2}→ --yes/);
  const dry = await run('rm', '/a.txt', '--dry-run');
  assert.deepEqual([dry.code, dry.stdout], [0, 'would rm  /a.txt\n']);
  assert.deepEqual(await names(), ['a.txt']);
});

test('the root stays', async (t) => {
  const { run } = await boxStage(t);
  assert.match((await run('rm', '/', '-r', '-y')).stderr, /root of Box cannot be removed/);
});

test('what is not there is told, and the rest is done', async (t) => {
  const { run, file, trash } = await boxStage(t);
  await file('a.txt');
  const { code, stderr } = await run('rm', '/a.txt', '/gone.txt', '--yes');
  assert.equal(code, 1);
  assert.match(stderr, /failed {2}\/gone\.txt .*is not there/);
  assert.deepEqual(await trash(), ['a.txt']);
});

test('what lies in a folder goes with it, and is no fault of its own', async (t) => {
  const { run, events, folder, file, names, trash } = await boxStage(t);
  const top = await folder('top');
  await file('a.txt', top);
  const below = await folder('below', top);
  await file('b.txt', below);
  const rows = await events('rm', '--recursive', '/top/**', '--yes');
  const done = rows.filter(({ type }) => type === 'row').map(({ item, state }) => [item, state]);
  assert.deepEqual(done.sort(), [
    ['/top/a.txt', 'done'],
    ['/top/below', 'done'],
  ]);
  assert.deepEqual(await trash(), ['a.txt', 'below']);
  const again = await folder('below', top);
  await file('b.txt', again);
  const words = ['/top/below', '/top/below/b.txt', '/top'];
  const both = await run('rm', '--recursive', ...words, '--yes', '--concurrency', '1');
  assert.deepEqual([both.code, both.stderr], [0, '']);
  assert.deepEqual(await names(), []);
});
