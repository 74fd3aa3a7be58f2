/** boxhaul distribute, from the command line to its exit code. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

/** A folder `weekly` here, and in Box `/Customers` with a folder for each of three. */
async function stage(t: TestContext) {
  const stand = await boxStage(t);
  const { cwd, folder, names } = stand;
  await mkdir(join(cwd, 'weekly', 'deep'), { recursive: true });
  await writeFile(join(cwd, 'weekly', 'a.txt'), 'one');
  await writeFile(join(cwd, 'weekly', 'deep', 'b.txt'), 'two');
  const customers = await folder('Customers');
  const ids: string[] = [];
  for (const name of ['Acme', 'Bolt', 'Core']) ids.push(await folder(name, customers));
  return { ...stand, ids, inEach: () => Promise.all(ids.map((id) => names(id))) };
}

test('a glob names the targets; what is sent once is copied to the others', async (t) => {
  const { run, inEach, box } = await stage(t);
  const planned = await run('distribute', 'weekly/', '--to', '/Customers/*', '--dry-run');
  assert.match(planned.stdout, /new +6 .*\n +of them copied +4 +in Box\n +14 API calls/);
  box.resetCounts();
  const { code, stdout } = await run('distribute', 'weekly/', '--to', '/Customers/*');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^↑ weekly\/ → 3 folders \(upload\) {3}job \w{4}\n/);
  assert.match(stdout, /transferred +6 +6 new, 4 of them copied in Box/);
  assert.match(stdout, /API calls +14 +14 predicted, 2 uploads/);
  assert.deepEqual(await inEach(), Array(3).fill(['a.txt', 'deep/']));
  assert.equal(box.counts()['POST /files/content'], 2);
});

test('ids cost no call, and a folder that is named twice is one', async (t) => {
  const { run, ids } = await stage(t);
  const [one = '', two = ''] = ids;
  const address = `https://app.box.com/folder/${one}`;
  const { code, stdout } = await run('distribute', 'weekly/', '--to', one, address, two);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^1 folder named more than once: \d+\n↑ weekly\/ → 2 folders/);
  assert.match(stdout, /API calls +8 /);
});

test('what cannot be had of one target is told, and tried again alone', async (t) => {
  const { events, folder, inEach } = await stage(t);
  const args = ['distribute', 'weekly/', '--to', '/Customers/*', '/Late', '--report', 'r.csv'];
  const told = await events(...args);
  const failed = told.filter(({ state }) => state === 'failed');
  assert.deepEqual(failed.map(({ path, target }) => [path, target]).sort(), [
    ['/Late/', '/Late'],
    ['/Late//a.txt', '/Late'],
    ['/Late//deep/b.txt', '/Late'],
  ]);
  assert.deepEqual(await inEach(), Array(3).fill(['a.txt', 'deep/']));
  assert.match(String(failed[0]?.message), /holds no "Late"; --parents makes it$/);
  const slip = await events('distribute', 'weekly/', '--to', '/Customers/Acne');
  const said = slip.find(({ state }) => state === 'failed')?.message;
  assert.match(
    String(said),
    /holds no "Acne"; did you mean \/Customers\/Acme\?; --parents makes it$/,
  );
  await folder('Late');
  const { job } = told.find(({ type }) => type === 'started') ?? {};
  const again = await events('retry', String(job));
  const done = again.filter(({ state }) => state === 'transferred');
  assert.deepEqual(done.map(({ path }) => path).sort(), ['/Late//a.txt', '/Late//deep/b.txt']);
  assert.equal(again.at(-1)?.failed, 0);
});

test('--parents makes the folders that are not there, and nothing of a glob', async (t) => {
  const { run, events, names, ids, cwd } = await stage(t);
  await writeFile(join(cwd, 'file'), 'a file');
  await run('upload', 'file', '--to', '/Customers');
  const to = ['/Customers/Acme', '/New/One', '/New/Two/Deep', '/Gone/*', '/Customers/file/x'];
  const args = ['distribute', 'weekly/', '--to', ...to, '--parents'];
  const planned = await run(...args, '--dry-run');
  assert.match(
    planned.stdout,
    /^\/New\/One is not there yet: it would be made.*\n\/New\/Two\/Deep is/,
  );
  assert.match(
    planned.stdout,
    /\/Customers\/file\/x\/? +file is there, and it is a file, not a folder/,
  );
  assert.deepEqual(await names('0'), ['Customers/']);
  const told = await events(...args);
  const failed = told.filter(({ state }) => state === 'failed').map(({ target }) => target);
  assert.deepEqual([...new Set(failed)].sort(), ['/Customers/file/x', '/Gone/*']);
  assert.equal(told.filter(({ state }) => state === 'transferred').length, 6);
  assert.deepEqual(await names('0'), ['Customers/', 'New/']);
  assert.deepEqual(await names(ids[0] ?? ''), ['a.txt', 'deep/']);
  const again = await run('distribute', 'weekly/', '--to', '/New/One', '/New/Two/Deep');
  assert.match(again.stdout, /skipped +4/);
});

test('a dry run predicts what making folders and filling them takes', async (t) => {
  const { run, names } = await stage(t);
  const to = ['/Customers/Acme', '/Customers/Later', '/New/One', '/new/Two'];
  const args = ['distribute', 'weekly/', '--to', ...to, '--parents'];
  const planned = await run(...args, '--dry-run');
  assert.equal(planned.code, 0, planned.stderr);
  assert.match(planned.stdout, /new +8 .*\n +of them copied +6/);
  assert.deepEqual(await names('0'), ['Customers/']);
  const real = await run(...args);
  const [, predicted] = / (\d+) API calls/.exec(planned.stdout) ?? [];
  const [, made] = /API calls +(\d+)/.exec(real.stdout) ?? [];
  assert.equal(predicted, made, planned.stdout + real.stdout);
});

test('folders are made by whoever may make none in those above', async (t) => {
  const { run, box, names, ids } = await stage(t);
  const inRoot = { method: 'POST', path: '/folders', bodyIncludes: '"id":"0"' };
  const action = { status: 403, code: 'access_denied_insufficient_permissions' };
  box.faults.add({ match: inRoot, action, times: 'always' });
  const to = ['/Customers/Acme/New/Deep'];
  const { code, stdout } = await run('distribute', 'weekly/', '--to', ...to, '--parents');
  assert.equal(code, 0, stdout);
  assert.deepEqual(await names(ids[0]), ['New/']);
});

test('a root that may not be seen holds up no folder that is named by its id', async (t) => {
  const { run, box, ids, names } = await stage(t);
  const action = { status: 403, code: 'access_denied_insufficient_permissions' };
  box.faults.add({ match: { path: '/folders/0/items' }, action, times: 'always' });
  const to = ['/Customers/Bolt', ids[0] ?? ''];
  for (const more of [[], ['--parents']]) {
    const { code, stdout } = await run('distribute', 'weekly/', '--to', ...to, ...more);
    assert.equal(code, 1);
    assert.match(stdout, /failed +\/Customers\/Bolt\/ /);
  }
  assert.deepEqual(await names(ids[0]), ['a.txt', 'deep/']);
});

test('a folder that may not be made holds up no others', async (t) => {
  const { run, box, inEach } = await stage(t);
  box.faults.add({
    match: { method: 'POST', path: '/folders' },
    action: { status: 403 },
    times: 1,
  });
  const to = ['/Customers/Denied', '/Customers/Acme'];
  const { code, stdout } = await run('distribute', 'weekly/', '--to', ...to, '--parents');
  assert.equal(code, 1);
  assert.match(stdout, /failed +\/Customers\/Denied\/ /);
  assert.deepEqual((await inEach())[0], ['a.txt', 'deep/']);
});

test('a report has a line for each file and target', async (t) => {
  const { run, cwd } = await stage(t);
  await run('distribute', 'weekly/', '--to', '/Customers/*', '/None', '--report', 'r.csv');
  const [head, ...lines] = (await readFile(join(cwd, 'r.csv'), 'utf8')).trim().split('\n');
  assert.equal(head, 'kind,state,action,via,target,path,id,sha1,bytes,ms,reason,message,unproven');
  assert.equal(lines.length, 6 + 3);
  const copied = lines.filter((line) => line.startsWith('file,transferred,new,copy,/Customers/'));
  assert.equal(copied.length, 4);
  assert.ok(lines.some((line) => line.startsWith('folder,failed,,,/None,/None/,')));
});

test('a list gives the folders, and names to call them by', async (t) => {
  const { run, cwd, ids, events } = await stage(t);
  await writeFile(join(cwd, 'list.csv'), `folder,name\n${ids[0]},Acme Inc.\n/Customers/Bolt,\n`);
  const told = await events('distribute', 'weekly/', '--to-file', 'list.csv');
  const paths = told.flatMap(({ type, path }) => (type === 'file' ? [String(path)] : []));
  assert.deepEqual(paths.sort(), [
    '/Customers/Bolt//a.txt',
    '/Customers/Bolt//deep/b.txt',
    'Acme Inc.//a.txt',
    'Acme Inc.//deep/b.txt',
  ]);
  const template = await run('distribute', '--template');
  assert.equal(template.stdout, 'folder,name\n/Customers/Acme,\n');
});

test('wrong rows of a list are told with their lines before anything begins', async (t) => {
  const { run, cwd, box } = await stage(t);
  const rows = ['folder,name', '/Customers/Acme,', 'no path,', ',empty', '/Customers/Bolt,a//b'];
  await writeFile(join(cwd, 'list.csv'), rows.join('\n'));
  box.resetCounts();
  const { code, stderr } = await run('distribute', 'weekly', '--to-file', 'list.csv');
  assert.equal(code, 2);
  assert.match(stderr, /3 rows of list\.csv are wrong; nothing was done/);
  assert.match(
    stderr,
    /line 3, folder: .*no path[\s\S]*line 4, folder[\s\S]*line 5, name: .*a\/\/b/,
  );
  assert.deepEqual(box.counts(), {});
  await writeFile(join(cwd, 'list.csv'), 'folder,name\n/Customers/Acme,A\n/Customers/Bolt,A\n');
  const alike = await run('distribute', 'weekly', '--to-file', 'list.csv');
  assert.match(alike.stderr, /line 3: two folders are called "A"/);
});

test('words that are missing, or in the wrong place, are told with the way out', async (t) => {
  const { run } = await stage(t);
  assert.match((await run('distribute', 'weekly')).stderr, /it is not said where to\n.*--to/);
  const swapped = await run('distribute', '--to', '/Customers/Acme', '/Customers/Bolt', 'weekly');
  assert.match(swapped.stderr, /→ boxhaul distribute weekly --to \/Customers\/Acme \/Customers/);
  const file = await run('distribute', 'weekly', '--to', 'https://app.box.com/file/12');
  assert.match(file.stderr, /file\/12 is a file\n {2}→ give a folder/);
});
