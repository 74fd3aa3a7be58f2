import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

async function stage(t: TestContext) {
  const at = await boxStage(t);
  const id = await at.file('a.txt');
  const made = await at.run(
    'meta',
    'template',
    'create',
    'Contract',
    '--key',
    'contract',
    '-f',
    'state=enum:draft|signed',
    '-f',
    'amount=number',
    '-f',
    'due=date',
    '-f',
    'tags=multiSelect:red|blue',
    '-f',
    'note=string',
  );
  assert.equal(made.code, 0, made.stderr);
  const values = async () => {
    const found = await at.client.metadata.get({ type: 'file', id }, { templateKey: 'contract' });
    return Object.fromEntries(Object.entries(found).filter(([key]) => !key.startsWith('$')));
  };
  return { ...at, id, values };
}

test('values are what the template wants them to be', async (t) => {
  const { run, values } = await stage(t);
  const args = ['meta', 'set', '/a.txt', '-t', 'contract'];
  const set = await run(...args, '-s', 'state=SIGNED', '-s', 'amount=12.5', '-s', 'tags=red, blue');
  assert.equal(set.code, 0, set.stderr);
  assert.equal(set.stdout, 'set  /a.txt   contract: state=signed, amount=12.5, tags=red,blue\n');
  assert.deepEqual(await values(), { state: 'signed', amount: 12.5, tags: ['red', 'blue'] });
  assert.equal((await run(...args, '-s', 'due=2030-12-31', '-s', 'amount=3')).code, 0);
  const { due, ...rest } = await values();
  assert.equal(Date.parse(String(due)), Date.parse('2030-12-31'));
  assert.deepEqual(rest, { state: 'signed', amount: 3, tags: ['red', 'blue'] });
  assert.match(
    (await run(...args, '-s', 'amount=3')).stdout,
    /nothing to do .*these values already/,
  );
});

test('values that are none, and fields and templates that are not there, are told', async (t) => {
  const { run, client, folder } = await stage(t);
  await folder('b');
  await client.webLinks.create({ url: 'https://example.com', parentId: '0', name: 'link' });
  const table: [args: string[], says: RegExp][] = [
    [
      ['/a.txt', '-t', 'contract', '-s', 'state=lost'],
      /state cannot be "lost"; allowed: draft, signed/,
    ],
    [['/a.txt', '-t', 'contract', '-s', 'amount=x'], /amount cannot be "x"; allowed: a number/],
    [['/a.txt', '-t', 'contract', '-s', 'due=soon'], /due cannot be "soon"; allowed: a day/],
    [
      ['/a.txt', '-t', 'contract', '-s', 'colour=red'],
      /contract has no field "colour"\n {2}it has state/,
    ],
    [['/a.txt', '-t', 'nothing', '-s', 'a=b'], /no template "nothing" of the enterprise scope/],
    [['/a.txt', '-t', 'contract', '-s', 'state'], /Give a name and a value: state=signed/],
    [['/a.txt', '-t', 'contract'], /set: nothing is given/],
    [['/link', '-t', 'contract', '-s', 'note=x'], /web link, and those have no metadata/],
    [['/gone', '-t', 'contract', '-s', 'note=x'], /"\/gone" is not there/],
  ];
  for (const [args, says] of table) {
    const { code, stderr } = await run('meta', 'set', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, says);
  }
});

test('rows of a file set values by columns of their names', async (t) => {
  const { run, values, cwd } = await stage(t);
  await writeFile(join(cwd, 'm.csv'), 'path,set.state,set.amount\n/a.txt,draft,7\n');
  const { code, stderr } = await run('meta', 'set', '--from-file', 'm.csv', '-t', 'contract');
  assert.equal(code, 0, stderr);
  assert.deepEqual(await values(), { state: 'draft', amount: 7 });
});

test('what an item carries is printed, and taken away', async (t) => {
  const { run, events, values } = await stage(t);
  await run('meta', 'set', '/a.txt', '-t', 'contract', '-s', 'note=x', '-s', 'amount=1');
  await run('meta', 'set', '/a.txt', '-t', 'properties', '--scope', 'global', '-s', 'free=text');
  const { stdout } = await run('meta', 'get', '/a.txt', '-t', 'contract');
  assert.match(stdout, /^\/a\.txt {3}enterprise_\d+\.contract\n/);
  assert.match(stdout, /\n {2}note {2}x\n/);
  const all = await events('meta', 'get', '/a.txt');
  assert.deepEqual(all.map(({ template }) => template).sort(), ['contract', 'properties']);
  const rm = ['meta', 'rm', '/a.txt', '-t', 'contract'];
  assert.equal((await run(...rm)).code, 2, 'it asks');
  assert.equal((await run(...rm, '--field', 'note', '--dry-run')).code, 0);
  assert.equal((await run(...rm, '--field', 'note', '--yes')).code, 0);
  assert.deepEqual(await values(), { amount: 1 });
  assert.match((await run(...rm, '--field', 'note', '-y')).stdout, /nothing to do/);
  assert.equal((await run(...rm, '--yes')).code, 0);
  assert.equal((await run('meta', 'get', '/a.txt', '-t', 'contract')).stdout, '');
});

test('templates are listed, shown, changed and deleted', async (t) => {
  const { run, events } = await stage(t);
  assert.match((await run('meta', 'template', 'list')).stdout, /^contract +5 fields {2}Contract\n/);
  const shown = await run('meta', 'template', 'show', 'contract');
  assert.match(shown.stdout, /^contract {3}Contract\n {2}state {3}enum: draft, signed\n/);
  const again = await run('meta', 'template', 'create', 'Contract', '--key', 'contract');
  assert.match(again.stdout, /^nothing to do .*there is a template contract already/);
  const update = ['meta', 'template', 'update', 'contract'];
  const changed = await run(
    ...update,
    '--name',
    'Deals',
    '-f',
    'state=enum:draft|lost',
    '-f',
    'x=date',
  );
  assert.equal(changed.code, 0, changed.stderr);
  assert.equal(changed.stdout, 'updated  contract   called "Deals", state + lost, + x\n');
  assert.match(
    (await run(...update, '-f', 'x=number')).stderr,
    /the field x of contract is a date/,
  );
  assert.match((await run(...update, '-f', 'y=colour')).stderr, /"colour" is no kind of field/);
  assert.equal((await run(...update, '--remove-field', 'note')).code, 2, 'it asks');
  assert.equal((await run(...update, '--remove-field', 'note', '--yes')).code, 0);
  const [event] = await events('meta', 'template', 'show', 'contract');
  const fields = event?.fields as { key: string; options?: string[] }[];
  assert.deepEqual(
    fields.map(({ key }) => key),
    ['state', 'amount', 'due', 'tags', 'x'],
  );
  assert.deepEqual(fields[0]?.options, ['draft', 'signed', 'lost']);
  const remove = ['meta', 'template', 'delete', 'contract'];
  assert.match((await run(...remove)).stderr, /a template is deleted with all values of it/);
  assert.equal((await run(...remove, '--dry-run')).code, 0);
  assert.equal((await run(...remove, '--yes')).code, 0);
  assert.equal((await run('meta', 'template', 'show', 'contract')).code, 2);
});
