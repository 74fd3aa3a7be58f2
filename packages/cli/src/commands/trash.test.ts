import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOutput } from '../output/output.ts';
import { checkRows } from '../rows/checked-rows.ts';
import type { RawRow } from '../rows/raw-row.ts';
import { verbContext } from '../rows/verb-context.ts';
import { boxStage } from '../testing/box-stage.ts';
import { nowhere } from '../testing/in-process.ts';
import { trashPurge } from '../verbs/tidy/trash-purge.ts';
import { purge } from './trash.ts';

test('what was deleted is listed, and comes back by name or id', async (t) => {
  const { run, events, file, folder, names, client } = await boxStage(t);
  const [a, b] = [await file('a.txt'), await folder('b')];
  await client.files.delete(a);
  await client.folders.delete(b);
  const listed = await run('trash', 'list');
  assert.equal(listed.code, 0);
  assert.match(listed.stdout, new RegExp(`${a} +a\\.txt\n`));
  assert.match(listed.stdout, new RegExp(`${b} +b/\n`));
  const items = await events('trash', 'list');
  assert.deepEqual(items.map(({ type, kind, id }) => [type, kind, id]).sort(), [
    ['trash-item', 'file', a],
    ['trash-item', 'folder', b],
  ]);
  const restored = await run('trash', 'restore', 'A.TXT');
  assert.deepEqual([restored.code, restored.stdout], [0, `restored  a.txt (${a})\n`]);
  assert.equal((await run('trash', 'restore', `https://app.box.com/folder/${b}`)).code, 0);
  assert.deepEqual(await names(), ['a.txt', 'b/']);
  assert.equal((await run('trash', 'list')).stdout, '');
});

test('a taken name, and a folder that is gone, are told with the way out', async (t) => {
  const { run, file, folder, names, client } = await boxStage(t);
  const from = await folder('from');
  const a = await file('a.txt', from);
  await client.files.delete(a);
  await file('a.txt', from, 'other');
  const taken = await run('trash', 'restore', a);
  assert.equal(taken.code, 2);
  assert.match(taken.stderr, /a\.txt is taken by another file[\s\S]*→ --name/);
  await client.folders.delete(from, { recursive: true });
  await client.trash.delete({ type: 'folder', id: from });
  const homeless = await run('trash', 'restore', a);
  assert.match(homeless.stderr, /→ --to <folder>/);
  assert.equal((await run('trash', 'restore', a, '--to', '/', '--name', 'back.txt')).code, 0);
  assert.deepEqual(await names(), ['back.txt']);
});

test('one name of several things is no name', async (t) => {
  const { run, file, client } = await boxStage(t);
  for (const text of ['one', 'two']) await client.files.delete(await file('a.txt', '0', text));
  const { code, stderr } = await run('trash', 'restore', 'a.txt');
  assert.equal(code, 2);
  assert.match(stderr, /"a\.txt" is in the trash more than once\n {2}\d+ {3}deleted/);
});

test('what a glob stands for is named before it is purged', async (t) => {
  const { file, client } = await boxStage(t);
  for (const name of ['[a].tmp', 'b.tmp']) await client.files.delete(await file(name));
  const rows = async function* (): AsyncGenerator<RawRow> {
    const signal = AbortSignal.any([]);
    const context = verbContext(client, { env: {}, cwd: '/' }, { signal, prompt });
    for await (const { word, ...more } of purge.expand?.('*.tmp', context) ?? []) {
      yield { number: 1, cells: { item: word }, ...more };
    }
  };
  const about = { title: '', output: openOutput({}, nowhere) };
  const { names, forEver } = await checkRows(trashPurge, rows(), about);
  assert.deepEqual([names, forEver], [['[a].tmp', 'b.tmp'], 2]);
});

const prompt = { ask: async () => undefined, close: () => undefined };

test('globs purge many, and only with --yes where nobody is asked', async (t) => {
  const { run, file, client, trash } = await boxStage(t);
  for (const name of ['a.tmp', 'b.tmp', 'c.txt']) await client.files.delete(await file(name));
  const refused = await run('trash', 'purge', '*.tmp');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /2 items are deleted for ever\n/);
  const dry = await run('trash', 'purge', '*.tmp', '--dry-run');
  assert.match(dry.stdout, /would trash purge {2}a\.tmp \(\d+\)\n/);
  assert.deepEqual(await trash(), ['a.tmp', 'b.tmp', 'c.txt']);
  assert.equal((await run('trash', 'purge', '*.tmp', '--yes')).code, 0);
  assert.deepEqual(await trash(), ['c.txt']);
  assert.match(
    (await run('trash', 'purge', '*.zip', '-y')).stderr,
    /"\*\.zip" is not in the trash/,
  );
  assert.match((await run('trash', 'restore', '/c.txt')).stderr, /"\/c\.txt" is not in the trash/);
});
