import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';
import { runHere } from '../testing/in-process.ts';

test('the link is printed, and nothing else', async (t) => {
  const { run, file, client } = await boxStage(t);
  const id = await file('a.txt');
  const { code, stdout } = await run(
    'share',
    '/a.txt',
    '--access',
    'company',
    '--can-download',
    'no',
  );
  assert.equal(code, 0);
  const link = await client.sharedLinks.get({ type: 'file', id });
  assert.equal(stdout, `${link?.url}\n`);
  assert.deepEqual([link?.access, link?.effective_permission], ['company', 'can_preview']);
  const again = await run('share', '/a.txt', '--access', 'open', '--expires', '2040-05-06');
  assert.equal(again.stdout, stdout, 'it keeps its address');
  const changed = await client.sharedLinks.get({ type: 'file', id });
  assert.deepEqual([changed?.access, changed?.unshared_at?.slice(0, 7)], ['open', '2040-05']);
});

test('a password comes from the environment or from a person, and is never shown', async (t) => {
  const { cwd, env, file, client } = await boxStage(t);
  const id = await file('a.txt');
  const secret = 'Sesame&123';
  const args = [
    'share',
    '/a.txt',
    '--access',
    'open',
    '--json',
    '--debug',
    '--log-file',
    'run.log',
  ];
  const fromEnv = await runHere([...args, '--password-env', 'LINK_PASSWORD'], {
    cwd,
    env: { ...env, LINK_PASSWORD: secret },
  });
  assert.equal(fromEnv.code, 0, fromEnv.stderr);
  const item = { type: 'file', id } as const;
  assert.equal((await client.sharedLinks.get(item))?.is_password_enabled, true);
  await client.sharedLinks.remove(item);
  const asked = await runHere([...args, '--password-env', '-'], { cwd, env, stdin: `${secret}\n` });
  assert.equal(asked.code, 0, asked.stderr);
  assert.equal((await client.sharedLinks.get(item))?.is_password_enabled, true);
  const log = await readFile(join(cwd, 'run.log'), 'utf8');
  for (const text of [fromEnv, asked].flatMap(({ stdout, stderr }) => [stdout, stderr, log])) {
    assert.ok(!text.includes(secret), text);
  }
  const absent = await runHere([...args, '--password-env', 'NO_SUCH'], { cwd, env });
  assert.equal(absent.code, 2);
  assert.match(absent.stderr, /the environment variable NO_SUCH has no password in it/);
});

test('settings that do not go together are told before Box is asked', async (t) => {
  const { run, file } = await boxStage(t);
  await file('a.txt');
  const table: [args: string[], says: RegExp][] = [
    [
      ['--access', 'company', '--password-env', 'X'],
      /access: found "company"; allowed: open, where/,
    ],
    [['--can-edit', 'yes', '--can-download', 'no'], /can-download: found "no"; allowed: yes/],
    [['--access', 'everyone'], /'everyone' is invalid\. Allowed choices are open, company/],
  ];
  for (const [args, says] of table) {
    const { code, stderr } = await run('share', '/a.txt', ...args);
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
  assert.match((await run('share', '/gone')).stderr, /"\/gone" is not there/);
  assert.match((await run('share', '/')).stderr, /root of Box cannot be shared/);
});

test('links of many are in the report', async (t) => {
  const { run, file, cwd, client } = await boxStage(t);
  const id = await file('a.txt');
  await writeFile(join(cwd, 'l.csv'), 'path,access\n/a.txt,open\n');
  const { code } = await run('share', '--from-file', 'l.csv', '--report', 'out.csv');
  assert.equal(code, 0);
  const [head = '', row = ''] = (await readFile(join(cwd, 'out.csv'), 'utf8')).split('\n');
  const url = row.split(',')[head.split(',').indexOf('url')];
  assert.equal(url, (await client.sharedLinks.get({ type: 'file', id }))?.url);
});

test('a link is taken away, and where there is none nothing is done', async (t) => {
  const { run, file, client } = await boxStage(t);
  const id = await file('a.txt');
  await run('share', '/a.txt');
  const link = await client.sharedLinks.get({ type: 'file', id });
  const words = `/a.txt   ${link?.url}\n`;
  assert.equal((await run('unshare', '/a.txt', '--dry-run')).stdout, `would unshare  ${words}`);
  const asks = await run('unshare', '/a.txt');
  assert.equal(asks.code, 2);
  assert.match(
    asks.stderr,
    /the link is taken away, and its address is gone for ever\n {2}→ --yes/,
  );
  assert.ok(await client.sharedLinks.get({ type: 'file', id }));
  assert.equal((await run('unshare', '/a.txt', '--yes')).stdout, `unshared  ${words}`);
  assert.equal(await client.sharedLinks.get({ type: 'file', id }), undefined);
  assert.match((await run('unshare', '/a.txt', '--yes')).stdout, /nothing to do .*it has no link/);
});
