import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('folders are made, and left alone where they are', async (t) => {
  const { run, names } = await boxStage(t);
  const made = await run('mkdir', '/a', '/b');
  assert.equal(made.code, 0);
  assert.deepEqual(made.stdout.trim().split('\n').sort(), ['made  /a/', 'made  /b/']);
  assert.match((await run('mkdir', '/a')).stdout, /^nothing to do {2}\/a\/ {3}it is there already/);
  assert.deepEqual(await names(), ['a/', 'b/']);
});

test('missing folders above are made with --parents only', async (t) => {
  const { run, names } = await boxStage(t);
  const { code, stderr } = await run('mkdir', '/x/y/z');
  assert.equal(code, 2);
  assert.match(stderr, /the root holds no "x"\n {2}→ --parents/);
  assert.equal((await run('mkdir', '-p', '/x/y/z', '/x/y/q', '/x/r')).code, 0);
  assert.deepEqual(await names(), ['x/']);
});

test('--in names the folder above in any way', async (t) => {
  const { run, folder, names } = await boxStage(t);
  const id = await folder('a');
  assert.equal((await run('mkdir', 'b', 'c/d', '-p', '--in', id)).code, 0);
  assert.deepEqual(await names(id), ['b/', 'c/']);
  assert.match((await run('mkdir', 'b')).stderr, /path: found "b"; allowed: .*a name with --in/);
});

test('a file in the way, and names that cannot be, are told', async (t) => {
  const { run, file } = await boxStage(t);
  await file('a.txt');
  assert.match((await run('mkdir', '/a.txt/b')).stderr, /a\.txt is there, and it is a file/);
  assert.match((await run('mkdir', '/a/../b')).stderr, /no name that a folder can have/);
});

test('its rows say what was made', async (t) => {
  const { events, names } = await boxStage(t);
  const [, row] = await events('mkdir', '/a');
  assert.deepEqual([row?.state, row?.made], ['done', { path: '/a/' }]);
  const [, dry] = await events('mkdir', '/b', '--dry-run');
  assert.deepEqual([dry?.state, dry?.words, dry?.reason], ['would-do', '/b/', 'dry-run']);
  assert.deepEqual(await names(), ['a/']);
});
