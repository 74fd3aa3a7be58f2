/** jobs, resume and retry, after uploads that did not come to their end. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { start, temporaryFolder } from '../testing/process.ts';

interface Stage {
  box: Emulator;
  cwd: string;
  env: Record<string, string>;
  run(...args: string[]): ReturnType<typeof runHere>;
}

async function stage(t: TestContext): Promise<Stage> {
  const box = await startEmulator();
  t.after(() => box.close());
  const cwd = await temporaryFolder(t);
  const env = { BOXHAUL_HOME: join(cwd, 'home'), BOX_BASE_URL: box.url };
  const run: Stage['run'] = (...args) => runHere([...args, '--token', box.token], { cwd, env });
  return { box, cwd, env, run };
}

test('what failed is listed, and retried alone', async (t) => {
  const { box, cwd, env, run } = await stage(t);
  for (const name of ['a.txt', 'b.txt', 'c.txt']) await writeFile(join(cwd, name), name);
  box.faults.add({
    match: { method: 'POST', path: '/files/content' },
    action: { status: 403, code: 'access_denied_insufficient_permissions' },
    skip: 1,
  });
  const first = await run('upload', 'a.txt', 'b.txt', 'c.txt', '--to', '/', '--concurrency', '1');
  assert.equal(first.code, 1, first.stderr);

  const [id = ''] = (await runHere(['jobs'], { cwd, env })).stdout.split(' ');
  const shown = await runHere(['jobs', id], { cwd, env });
  assert.match(shown.stdout, /^\w{4} +complete .* a\.txt, b\.txt, c\.txt → \//);
  assert.match(shown.stdout, /2 files done, 1 failed/);
  assert.match(
    shown.stdout,
    /boxhaul upload a\.txt b\.txt c\.txt --to \/ --concurrency 1\n/,
    'without the token',
  );
  assert.match(shown.stdout, /failed {2}b\.txt/);
  assert.match(shown.stdout, new RegExp(`→ boxhaul retry ${id}`));

  box.faults.clear();
  box.resetCounts();
  const retried = await run('retry', '--json');
  assert.equal(retried.code, 0, retried.stderr);
  const files = retried.stdout.split('\n').filter((line) => line.includes('"type":"file"'));
  assert.deepEqual(
    files.map((line) => JSON.parse(line).path),
    ['b.txt'],
  );
  assert.equal(box.counts()['POST /files/content'], 1);
  const after = await runHere(['jobs', id, '--json'], { cwd, env });
  assert.deepEqual(JSON.parse(after.stdout).failures, []);
  assert.match((await run('retry')).stderr, /nothing failed in any job/);
});

test('no secret is among what is remembered', async (t) => {
  const { box, cwd, run } = await stage(t);
  await writeFile(join(cwd, 'a.txt'), 'a');
  assert.equal((await run('upload', 'a.txt', '--to', '/')).code, 0);
  const state = join(cwd, 'home', 'state');
  for (const name of readdirSync(state, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    assert.ok(!readFileSync(join(name.parentPath, name.name)).includes(box.token), name.name);
  }
});

test('the first Ctrl-C lets what is in flight finish, and resume does the rest', async (t) => {
  const box = await startEmulator({ bandwidthBytesPerSecond: 400_000 });
  t.after(() => box.close());
  const cwd = await temporaryFolder(t);
  const env = {
    BOXHAUL_HOME: join(cwd, 'home'),
    BOX_BASE_URL: box.url,
    BOX_DEVELOPER_TOKEN: box.token,
  };
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) await writeFile(join(cwd, name), Buffer.alloc(150_000, name));
  const command = start(
    t,
    ['upload', ...names, '--to', '/', '--concurrency', '1', '--json'],
    env,
    cwd,
  );
  while ((box.counts()['POST /files/content'] ?? 0) < 2) await new Promise(setImmediate);
  command.child.kill('SIGINT');
  const { code, stdout } = await command.ended;
  assert.equal(code, 130, stdout);
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  assert.deepEqual(
    [summary.ended, summary.failed, summary.transferred + summary.left],
    ['interrupted', 0, 4],
  );
  const stored = box.counts()['POST /files/content'] ?? 0;
  assert.equal(summary.transferred, stored, 'what was in flight was finished');

  const resumed = await runHere(['resume', summary.job], { env, cwd: '/' });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(box.counts()['POST /files/content'], 4, 'nothing was sent twice');
});

test('a job that runs is not begun again', async (t) => {
  const box = await startEmulator({ bandwidthBytesPerSecond: 100_000 });
  t.after(() => box.close());
  const cwd = await temporaryFolder(t);
  const env = {
    BOXHAUL_HOME: join(cwd, 'home'),
    BOX_BASE_URL: box.url,
    BOX_DEVELOPER_TOKEN: box.token,
  };
  await writeFile(join(cwd, 'a'), Buffer.alloc(150_000));
  const command = start(t, ['upload', 'a', '--to', '/'], env, cwd);
  while ((box.counts()['POST /files/content'] ?? 0) < 1) await new Promise(setImmediate);
  const second = await runHere(['upload', 'a', '--to', '/'], { env, cwd });
  assert.equal(second.code, 1);
  assert.match(second.stderr, /job \w{4} is running already \(process \d+ on /);
  assert.equal((await command.ended).code, 0);
});

test('a state that cannot be written is warned about, and stops nothing', async (t) => {
  const { box, cwd } = await stage(t);
  await writeFile(join(cwd, 'a.txt'), 'a');
  await writeFile(join(cwd, 'file'), '');
  const args = ['upload', 'a.txt', '--to', '/', '--base-url', box.url, '--token', box.token];
  const { code, stderr } = await runHere(args, { cwd, env: { BOXHAUL_HOME: join(cwd, 'file') } });
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^warning: the state in .* cannot be opened: .*; nothing will be remembered/,
  );
});

test('calls are counted over runs, and a run stops before it has made too many', async (t) => {
  const { cwd, env, run } = await stage(t);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await writeFile(join(cwd, name), name);
  const args = ['upload', 'a', 'b', 'c', 'd', 'e', '--to', '/', '--concurrency', '1'];
  const stopped = await run(...args, '--max-calls', '4');
  assert.equal(stopped.code, 1);
  assert.match(
    stopped.stderr,
    /all of the 4 calls that it may make are spent\n {2}→ .*--max-calls/,
  );
  const { stdout } = await runHere(['calls', '--json'], { cwd, env });
  const [month, day] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual([month.of, month.calls], ['month', 4]);
  assert.deepEqual([day.of, day.calls, day.uploads], ['day', 4, month.uploads]);
  assert.equal((await run(...args)).code, 0);
  const table = await runHere(['calls'], { cwd, env });
  assert.match(
    table.stdout,
    /^month +calls +uploads +refused +with\n\d{4}-\d\d +\d+ +5 +0 +the token/,
  );
  const { BOX_BASE_URL: _, ...local } = env;
  await runHere(['ls', '/', '--local'], { cwd, env: local });
  const { stdout: accounts } = await runHere(['calls', '--json'], { cwd, env });
  assert.match(accounts, /"account":"the Box on this machine"/);
});

test('a state that cannot be read is not taken for one in which nothing is', async (t) => {
  const { cwd, env, run } = await stage(t);
  await writeFile(join(cwd, 'a.txt'), 'a');
  assert.equal((await run('upload', 'a.txt', '--to', '/')).code, 0);
  const database = new DatabaseSync(join(cwd, 'home', 'state', 'state.sqlite'));
  for (const table of ['jobs', 'ledger']) {
    database.exec(`DROP TABLE ${table}; CREATE TABLE ${table} (another TEXT)`);
  }
  database.close();
  for (const command of ['jobs', 'calls', 'resume', 'retry']) {
    const { code, stdout, stderr } = await runHere([command], { cwd, env });
    assert.deepEqual([code, stdout], [2, ''], command);
    assert.match(stderr, /the state in .* cannot be read: no such column/, command);
  }
});
