import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('a file gets a comment', async (t) => {
  const { run, file, client } = await boxStage(t);
  const id = await file('a.txt');
  const { code, stdout } = await run('comment', '/a.txt', 'Signed.');
  assert.deepEqual([code, stdout], [0, 'commented  /a.txt   Signed.\n']);
  const fields = ['message'];
  const comments = await Array.fromAsync(client.comments.list(id, { fields }));
  assert.deepEqual(
    comments.map(({ message }) => message),
    ['Signed.'],
  );
});

test('only files have comments, and words are needed', async (t) => {
  const { run, folder, file, client } = await boxStage(t);
  await folder('a');
  const id = await file('b.txt');
  assert.match(
    (await run('comment', '/a', 'x')).stderr,
    /"\/a" is a folder, and a file is expected/,
  );
  assert.match((await run('comment', '/b.txt')).stderr, /comment: text: nothing is given/);
  assert.match((await run('comment', '/b.txt', 'a', 'b')).stderr, /too many arguments/);
  assert.equal((await run('comment', '/b.txt', 'a', '--dry-run')).code, 0);
  assert.deepEqual(await Array.fromAsync(client.comments.list(id)), []);
});

test('a comment that came to Box unseen is not written again', async (t) => {
  const { box, run, file, client, cwd } = await boxStage(t);
  const id = await file('a.txt');
  await writeFile(join(cwd, 'c.csv'), 'path,text\n/a.txt,one\n/a.txt,two\n/a.txt,three\n');
  // Box writes it, and the answer is lost on the way.
  box.faults.add({
    match: { method: 'POST', path: '/comments' },
    action: { cut: 'after', of: 'request' },
    times: 2,
  });
  const first = await run(
    'comment',
    '--from-file',
    'c.csv',
    '--concurrency',
    '1',
    '--retries',
    '0',
  );
  assert.equal(first.code, 1, first.stdout);
  const again = await run('comment', '--from-file', 'c.csv');
  assert.deepEqual([again.code, box.counts()['POST /comments']], [0, 3], again.stdout);
  const comments = await Array.fromAsync(client.comments.list(id, { fields: ['message'] }));
  assert.deepEqual(comments.map(({ message }) => message).sort(), ['one', 'three', 'two']);
});
