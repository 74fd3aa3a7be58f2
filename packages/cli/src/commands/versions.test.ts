import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { boxStage } from '../testing/box-stage.ts';

/** A file of three versions: one, two, three. */
async function stage(t: TestContext) {
  const at = await boxStage(t);
  const id = await at.file('a.txt', '0', 'one');
  for (const text of ['two', 'three']) {
    await at.client.files.uploadVersion(id, { body: bodyOf(text) });
  }
  const text = async () => {
    const { body } = await at.client.files.download(id);
    return Buffer.concat(await Array.fromAsync(body)).toString();
  };
  const past = async () => {
    const versions = at.client.fileVersions.list(id, { fields: ['trashed_at'] });
    return (await Array.fromAsync(versions)).filter((one) => !one.trashed_at).length;
  };
  return { ...at, id, text, past };
}

test('the current version is listed, then those before it', async (t) => {
  const { run, events } = await stage(t);
  const { code, stdout } = await run('versions', 'list', '/a.txt');
  assert.equal(code, 0);
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ +/)[0]),
    ['3', '2', '1'],
  );
  assert.match(stdout, /^ +3 .* current\n/);
  const all = await events('versions', 'list', '/a.txt');
  assert.deepEqual(
    all.map(({ type, number, bytes, isCurrent }) => [type, number, bytes, isCurrent]),
    [
      ['version', 3, 5, true],
      ['version', 2, 3, false],
      ['version', 1, 3, false],
    ],
  );
  assert.match((await run('versions', 'list', '/gone')).stderr, /"\/gone" is not there/);
  assert.match((await run('versions', 'list')).stderr, /it is not said of which file/);
});

test('an old version becomes current again, by number or as the previous one', async (t) => {
  const { run, text } = await stage(t);
  const dry = await run('versions', 'promote', '/a.txt', '1', '--dry-run');
  assert.equal(dry.stdout, 'would versions promote  /a.txt   version 1\n');
  assert.equal(await text(), 'three');
  const promoted = await run('versions', 'promote', '/a.txt', '1');
  assert.deepEqual([promoted.code, promoted.stdout], [0, 'promoted  /a.txt   version 1\n']);
  assert.equal(await text(), 'one');
  assert.match((await run('versions', 'promote', '/a.txt', '1')).stdout, /^nothing to do/);
  assert.equal((await run('versions', 'promote', '/a.txt', 'previous')).code, 0);
  assert.equal(await text(), 'three');
  const none = await run('versions', 'promote', '/a.txt', '99');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /\/a\.txt has no past version "99"\n.*\n {2}→ boxhaul versions list/);
});

test('the previous version is promoted once, though nobody saw the answer', async (t) => {
  const { run, text, box, cwd } = await stage(t);
  await writeFile(join(cwd, 'p.csv'), 'path,version\n/a.txt,previous\n');
  box.faults.add({
    match: { method: 'POST', path: '/files/:id/versions/current' },
    action: { cut: 'after', of: 'request' },
  });
  const args = ['versions', 'promote', '--from-file', 'p.csv'];
  assert.equal((await run(...args, '--retries', '0')).code, 1);
  assert.equal((await run(...args)).code, 0);
  assert.equal(await text(), 'two');
});

test('old versions go, but for the newest and those that are not old enough', async (t) => {
  const { run, events, past } = await stage(t);
  assert.equal((await run('versions', 'prune', '/a.txt', '--keep', '1')).code, 2, 'it asks');
  const young = await run('versions', 'prune', '/a.txt', '--older-than', '1d', '--yes');
  assert.match(young.stdout, /^nothing to do .*no version that is to go/);
  assert.equal(await past(), 2);
  const [, row] = await events('versions', 'prune', '/a.txt', '--keep', '1', '--yes');
  assert.deepEqual(row?.made, { versions: 1, bytes: 3 });
  assert.equal(await past(), 1);
  const neither = await run('versions', 'prune', '/a.txt', '--yes');
  assert.match(neither.stderr, /keep: nothing is given; allowed: a whole number, or a time/);
});

test('a glob stands for files alone, which only have versions', async (t) => {
  const { run, past, folder } = await stage(t);
  await folder('b');
  const { code, stdout, stderr } = await run('versions', 'prune', '/*', '--keep', '0', '--yes');
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^pruned {2}\/a\.txt {3}2 versions/);
  assert.equal(await past(), 0);
  const none = await run('versions', 'prune', '/b*', '--keep', '0', '--yes');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /"\/b\*" matches no file on this Box/);
});

test('old versions of many go into a folder that is here, under their names', async (t) => {
  const { run, cwd, file, client } = await stage(t);
  const b = await file('b.txt', '0', 'first');
  await client.files.uploadVersion(b, { body: bodyOf('second') });
  await mkdir(join(cwd, 'was'));
  const got = await run('versions', 'download', '/*.txt', 'previous', '--to', 'was');
  assert.equal(got.code, 0, got.stderr);
  assert.equal(await readFile(join(cwd, 'was', 'a.txt'), 'utf8'), 'two');
  assert.equal(await readFile(join(cwd, 'was', 'b.txt'), 'utf8'), 'first');
});

test('an old version comes here under a name of its own, and replaces nothing', async (t) => {
  const { run, cwd } = await stage(t);
  const got = await run('versions', 'download', '/a.txt', '2', '--to', 'was.txt');
  assert.equal(got.code, 0, got.stderr);
  assert.equal(await readFile(join(cwd, 'was.txt'), 'utf8'), 'two');
  const again = await run('versions', 'download', '/a.txt', '2', '--to', 'was.txt');
  assert.match(again.stdout, /^nothing to do .*it is here already/);
  const other = await run('versions', 'download', '/a.txt', '1', '--to', 'was.txt');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /was\.txt is here already, with other contents\n {2}→ --to/);
  assert.equal((await run('versions', 'download', '/a.txt', '1', '--to', 'no/x')).code, 1);
  assert.deepEqual((await readdir(cwd)).sort(), ['home', 'was.txt'], 'nothing is left beside it');
});
