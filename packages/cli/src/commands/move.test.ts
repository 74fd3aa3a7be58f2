import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('a file goes into a folder, under its name or under a new one', async (t) => {
  const { run, folder, file, names } = await boxStage(t);
  const archive = await folder('Archive');
  await file('a.txt');
  await file('b.txt');
  await file('c.txt');
  const moved = await run('move', '/a.txt', '/Archive/');
  assert.deepEqual([moved.code, moved.stdout], [0, 'moved  /a.txt → /Archive/a.txt\n']);
  assert.equal((await run('move', '/b.txt', '/Archive/new.txt')).code, 0);
  assert.equal((await run('move', '/c.txt', '--to', archive, '--name', 'd.txt')).code, 0);
  assert.deepEqual(await names(archive), ['a.txt', 'd.txt', 'new.txt']);
  assert.deepEqual(await names(), ['Archive/']);
});

test('several words, and globs, are several rows', async (t) => {
  const { run, folder, file, names } = await boxStage(t);
  const archive = await folder('Archive');
  for (const name of ['a.txt', 'b.txt', 'c.pdf', '[x].txt']) await file(name);
  const { code, stdout } = await run('move', '/*.txt', '/c.pdf', '/Archive');
  assert.equal(code, 0, stdout);
  assert.deepEqual(await names(archive), ['[x].txt', 'a.txt', 'b.txt', 'c.pdf']);
});

test('several things go into a folder that is there, and are never renamed one after the other', async (t) => {
  const { run, file, names } = await boxStage(t);
  for (const name of ['a.txt', 'b.txt']) await file(name);
  const { code, stderr } = await run('move', '/*.txt', '/Archive');
  assert.equal(code, 1);
  assert.match(stderr, /failed {2}\/a\.txt .*"\/Archive\/" is not there/);
  assert.match(stderr, /failed {2}\/b\.txt .*"\/Archive\/" is not there/);
  assert.deepEqual(await names(), ['a.txt', 'b.txt']);
});

test('folders move with all that they hold', async (t) => {
  const { run, folder, file, names } = await boxStage(t);
  const [from, to] = [await folder('from'), await folder('to')];
  await file('a.txt', from);
  assert.equal((await run('move', '/from', '/to')).code, 0);
  assert.deepEqual(await names(to), ['from/']);
  assert.deepEqual(await names(from), ['a.txt']);
});

test('a dry run says what it would do', async (t) => {
  const { run, folder, file, names, box } = await boxStage(t);
  await folder('Archive');
  await file('a.txt');
  box.resetCounts();
  const { code, stdout } = await run('move', '/a.txt', '/Archive', '--dry-run');
  assert.deepEqual([code, stdout], [0, 'would move  /a.txt → /Archive/a.txt\n']);
  assert.deepEqual(await names(), ['Archive/', 'a.txt']);
  assert.deepEqual(
    Object.keys(box.counts()).filter((call) => !call.startsWith('GET')),
    [],
  );
});

test('where it is already nothing is done', async (t) => {
  const { run, file } = await boxStage(t);
  await file('a.txt');
  for (const to of ['/', '/a.txt']) {
    const { code, stdout } = await run('move', '/a.txt', to);
    assert.equal(code, 0);
    assert.match(stdout, /^nothing to do .*it is there already/);
  }
});

test('a name that is taken is told with the ways out', async (t) => {
  const { run, folder, file, names } = await boxStage(t);
  const archive = await folder('Archive');
  const there = await file('a.txt', archive, 'other');
  await file('a.txt');
  const { code, stderr } = await run('move', '/a.txt', '/Archive');
  assert.equal(code, 2);
  assert.match(stderr, /\/Archive\/a\.txt is taken by another file\n/);
  assert.match(stderr, new RegExp(`id ${there}`));
  assert.match(stderr, /→ --name <another name>/);
  assert.match(stderr, /→ boxhaul rm \/Archive\/a\.txt/);
  const onFile = await run('move', '/a.txt', '/Archive/a.txt');
  assert.match(onFile.stderr, /\/Archive\/a\.txt is there already: a file\n/);
  assert.deepEqual(await names(), ['Archive/', 'a.txt']);
});

test('what is not there, and the root, are refused', async (t) => {
  const { run, folder } = await boxStage(t);
  await folder('Archive');
  const absent = await run('move', '/nothing', '/Archive');
  assert.equal(absent.code, 2);
  assert.match(absent.stderr, /"\/nothing" is not there/);
  const nowhere = await run('move', '/Archive', '/no/such/folder');
  assert.match(nowhere.stderr, /"\/no\/such\/folder" is not there/);
  assert.match((await run('move', '/', '/Archive')).stderr, /root of Box cannot be moved/);
  assert.match((await run('move', 'a', '/b')).stderr, /path: found "a"; allowed: a path from/);
});

test('its events are started, row, summary', async (t) => {
  const { events, folder, file } = await boxStage(t);
  await folder('Archive');
  const id = await file('a.txt');
  const [started, row, summary] = await events('move', '/a.txt', '/Archive');
  assert.deepEqual([started?.type, started?.verb, started?.rows], ['started', 'move', 1]);
  assert.deepEqual([row?.type, row?.state, row?.id], ['row', 'done', id]);
  assert.equal(row?.words, '/a.txt → /Archive/a.txt');
  assert.deepEqual([summary?.type, summary?.done, summary?.failed], ['summary', 1, 0]);
});
