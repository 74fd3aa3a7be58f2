import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('a file is locked until it is unlocked', async (t) => {
  const { run, file, client } = await boxStage(t);
  const id = await file('a.txt');
  const lock = async () => {
    const found = await client.files.get(id, { fields: ['lock'] });
    return (found as { lock?: { expires_at?: string; is_download_prevented?: boolean } }).lock;
  };
  const locked = await run(
    'lock',
    '/a.txt',
    '--expires',
    '2040-01-02T03:04:05Z',
    '--prevent-download',
  );
  assert.deepEqual([locked.code, locked.stdout], [0, 'locked  /a.txt   until 2040-01-02T03:04Z\n']);
  const found = await lock();
  assert.equal(Date.parse(found?.expires_at ?? ''), Date.parse('2040-01-02T03:04:05Z'));
  assert.equal(found?.is_download_prevented, true);
  const dry = await run('unlock', '/a.txt', '--dry-run');
  assert.deepEqual([dry.code, dry.stdout], [0, 'would unlock  /a.txt\n']);
  assert.ok(await lock());
  assert.equal((await run('unlock', '/a.txt')).code, 0);
  assert.equal((await lock()) ?? undefined, undefined);
  assert.match((await run('unlock', '/a.txt')).stdout, /nothing to do .*it is not locked/);
});

test('a folder is locked against being moved and deleted', async (t) => {
  const { run, folder } = await boxStage(t);
  await folder('a');
  assert.equal((await run('lock', '/a')).stdout, 'locked  /a/\n');
  assert.match((await run('lock', '/a')).stdout, /nothing to do {2}\/a\/ {3}it is locked already/);
  assert.equal((await run('rm', '/a', '-r', '-y')).code, 3, 'it is forbidden');
  assert.equal((await run('unlock', '/a')).code, 0);
  assert.equal((await run('rm', '/a', '-r', '-y')).code, 0);
});

test('what has no such lock, or is not there, is told', async (t) => {
  const { run, folder, client } = await boxStage(t);
  await folder('a');
  await client.webLinks.create({ url: 'https://example.com', parentId: '0', name: 'link' });
  assert.match((await run('lock', '/a', '--expires', '1d')).stderr, /\/a is a folder: its lock/);
  assert.match((await run('lock', '/link')).stderr, /web link, and those have no locks/);
  assert.match((await run('lock', '/gone')).stderr, /"\/gone" is not there/);
  assert.match(
    (await run('lock', '/a', '--expires', 'soon')).stderr,
    /expires: found "soon"; allowed/,
  );
});
