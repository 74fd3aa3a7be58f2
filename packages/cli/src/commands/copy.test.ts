import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('files, folders and web links are copied, under their names or others', async (t) => {
  const { run, folder, file, client, names } = await boxStage(t);
  const [from, to] = [await folder('from'), await folder('to')];
  await file('a.txt', from);
  await client.webLinks.create({ url: 'https://example.com', parentId: from, name: 'link' });
  const copied = await run('copy', '/from/a.txt', '/to');
  assert.deepEqual([copied.code, copied.stdout], [0, 'copied  /from/a.txt → /to/a.txt\n']);
  assert.equal((await run('copy', '/from/a.txt', '/to/b.txt')).code, 0);
  assert.equal((await run('copy', '/from/*', '/to', '--name', 'c')).code, 1, 'one name for two');
  assert.equal((await run('copy', '/from', '--to', to)).code, 0);
  assert.deepEqual(await names(from), ['a.txt', 'link']);
  assert.deepEqual(await names(to), ['a.txt', 'b.txt', 'c', 'from/']);
});

test('a name that is taken is told, and nothing is copied in a dry run', async (t) => {
  const { run, folder, file, names } = await boxStage(t);
  const to = await folder('to');
  await file('a.txt');
  const dry = await run('copy', '/a.txt', '/to', '--dry-run');
  assert.deepEqual([dry.code, dry.stdout], [0, 'would copy  /a.txt → /to/a.txt\n']);
  assert.deepEqual(await names(to), []);
  await file('a.txt', to, 'other');
  const taken = await run('copy', '/a.txt', '/to');
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, /\/to\/a\.txt is taken by another file\n/);
  const itself = await run('copy', '/a.txt', '/a.txt');
  assert.match(itself.stderr, /\/a\.txt is there already: a file/);
});

test('a wrong target is told before anything is done', async (t) => {
  const { run, file, box } = await boxStage(t);
  await file('a.txt');
  assert.match((await run('copy', '/a.txt', '/no/where')).stderr, /"\/no\/where" is not there/);
  assert.match((await run('copy', '/gone', '/')).stderr, /"\/gone" is not there/);
  assert.equal(
    Object.keys(box.counts()).some((call) => call.includes('copy')),
    false,
  );
});

test('a copy that came to be unseen is not made again', async (t) => {
  const { box, run, folder, file, names, cwd } = await boxStage(t);
  const to = await folder('to');
  for (const name of ['a.txt', 'b.txt']) await file(name);
  await writeFile(join(cwd, 'c.csv'), 'path,to\n/a.txt,/to\n/b.txt,/to\n');
  // Box makes it, and the answer is lost on the way.
  box.faults.add({
    match: { method: 'POST', path: '/files/:id/copy' },
    action: { cut: 'after', of: 'request' },
  });
  const args = ['copy', '--from-file', 'c.csv', '--concurrency', '1'];
  assert.equal((await run(...args, '--retries', '0')).code, 1);
  const again = await run(...args);
  assert.equal(again.code, 0, again.stdout);
  assert.equal(box.counts()['POST /files/:id/copy'], 2);
  assert.deepEqual(await names(to), ['a.txt', 'b.txt']);
});
