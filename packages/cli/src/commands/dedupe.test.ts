import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

/** Three equal files, the oldest in the deepest folder, two others, and two that are empty. */
async function stage(t: TestContext) {
  const at = await boxStage(t);
  const [a, b] = [await at.folder('a'), await at.folder('b')];
  const deep = await at.folder('deep', a);
  const fileAt = async (name: string, parentId: string, text: string) => {
    await at.box.clock.advance(1_000);
    return await at.file(name, parentId, text);
  };
  const ids = {
    oldest: await fileAt('1.txt', deep, 'same'),
    middle: await fileAt('2.txt', a, 'same'),
    newest: await fileAt('3.txt', b, 'same'),
  };
  await fileAt('other.txt', b, 'other');
  await fileAt('empty.txt', a, '');
  await fileAt('empty.txt', b, '');
  return { ...at, a, b, deep, ids };
}

test('one of equal files stays, by the rule that was given', async (t) => {
  const table = [
    ['oldest', ['2.txt', '3.txt']],
    ['newest', ['1.txt', '2.txt']],
    ['shortest-path', ['1.txt', '3.txt']],
  ] as const;
  for (const [keep, gone] of table) {
    const { run, trash } = await stage(t);
    const { code, stdout } = await run('dedupe', '/', '--keep', keep, '--yes');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^2 files could go: 8 bytes\n/);
    assert.deepEqual(await trash(), gone, keep);
  }
});

test('it says what would go, and where nobody can be asked nothing does', async (t) => {
  const { run, trash } = await stage(t);
  const dry = await run('dedupe', '/', '--dry-run');
  assert.equal(dry.code, 0);
  assert.match(dry.stdout, /would dedupe {2}\/a\/2\.txt {3}the same as \/a\/deep\/1\.txt\n/);
  const refused = await run('dedupe', '/');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /2 files go to the trash, and one of each stays\n {2}→ --yes/);
  assert.deepEqual(await trash(), []);
});

test('folders that lie in one another, and options that choose, count each file once', async (t) => {
  const { run, trash, cwd } = await stage(t);
  const none = await run('dedupe', '/b', '/a/deep', '--ext', '.pdf', '--yes');
  assert.deepEqual([none.code, none.stdout], [0, 'no file is there more than once\n']);
  const args = ['dedupe', '/a', '/a/deep', '--yes', '--report', 'gone.csv'];
  assert.equal((await run(...args)).code, 0);
  assert.deepEqual(await trash(), ['2.txt']);
  assert.match(
    await readFile(join(cwd, 'gone.csv'), 'utf8'),
    /done,\/a\/2\.txt,.*\/a\/deep\/1\.txt/,
  );
});

test('a file that is no longer the same stays, and so does what is kept', async (t) => {
  const { run, box, trash, ids } = await stage(t);
  // What is kept is gone when it is looked at again.
  box.faults.add({
    match: { method: 'GET', path: `/files/${ids.oldest}` },
    action: { status: 404, code: 'not_found' },
    times: 'always',
  });
  const { code, stderr } = await run('dedupe', '/', '--yes');
  assert.equal(code, 1);
  assert.match(stderr, /\/a\/2\.txt and \/a\/deep\/1\.txt are no longer the same, and both stay/);
  assert.deepEqual(await trash(), []);
});

test('a folder whose path cannot be had is a problem of its own, and is not gone through', async (t) => {
  const { run, box, trash, a, b } = await stage(t);
  box.faults.add({
    match: { method: 'GET', path: `/folders/${a}` },
    action: { status: 403, code: 'access_denied_insufficient_permissions' },
    times: 'always',
    skip: 1,
  });
  const { code, stderr, stdout } = await run('dedupe', a, b, '--yes');
  assert.equal(code, 1);
  assert.match(stderr, /: .*403/);
  assert.match(stdout, /^no file is there more than once\n/);
  assert.deepEqual(await trash(), []);
});

test('where to look must be said, and must be there', async (t) => {
  const { run, events } = await stage(t);
  assert.match((await run('dedupe')).stderr, /not said where to look/);
  assert.match((await run('dedupe', '/gone')).stderr, /"\/gone" is not there/);
  const all = await events('dedupe', '/', '--dry-run');
  assert.deepEqual(
    all.map(({ type, state }) => [type, state]),
    [
      ['started', undefined],
      ['row', 'would-do'],
      ['row', 'would-do'],
      ['summary', undefined],
    ],
  );
});
