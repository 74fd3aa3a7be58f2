/** Sealing as people use it: keys, what upload and download say, and what is wrong with a command line. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { boxStage } from '../testing/box-stage.ts';
import { temporaryFolder } from '../testing/process.ts';

async function stage(t: TestContext) {
  const made = await boxStage(t);
  const { stdout } = await made.run('keygen', 'key.txt');
  const recipient = stdout.split('\n')[0] ?? '';
  await mkdir(join(made.cwd, 'weekly'));
  await writeFile(join(made.cwd, 'weekly', 'letter.txt'), 'All is well. '.repeat(99));
  return { ...made, recipient };
}

test('keygen writes a file for its owner only, says the recipient, and what it is to lose it', async (t) => {
  const { run, cwd } = await boxStage(t);
  const { code, stdout } = await run('keygen', 'keys/key.txt');
  assert.equal(code, 0);
  const [recipient = '', ...words] = stdout.split('\n');
  assert.match(recipient, /^age1[a-z0-9]{58}$/);
  assert.match(words.join(' '), /without it nobody can, not Box, and not we/);
  const path = join(cwd, 'keys/key.txt');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const text = await readFile(path, 'utf8');
  assert.ok(text.includes(`# public key: ${recipient}\nAGE-SECRET-KEY-1`));
  const again = await run('keygen', 'keys/key.txt');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /is there already, and may be the only copy of a key/);
  assert.equal(await readFile(path, 'utf8'), text);
});

test('a key that there is no room for is not there, and its name is free', async (t) => {
  const folder = await temporaryFolder(t);
  const bin = join(import.meta.dirname, '../../bin/boxhaul.js');
  // A limit of no bytes a file is met as a full disk is.
  const line = 'ulimit -f 0 && exec "$0" "$1" keygen key.txt';
  const args = ['-c', line, process.execPath, bin];
  const env = { PATH: process.env.PATH ?? '', BOXHAUL_HOME: folder };
  const failed = await promisify(execFile)('bash', args, { cwd: folder, env }).catch(
    (error) => error,
  );
  assert.equal(failed.code, 2);
  assert.match(failed.stderr, /key\.txt cannot be written \(EFBIG\)/);
  assert.deepEqual(await readdir(folder), []);
});

test('what is uploaded sealed comes back with the identity, and a rerun sends nothing', async (t) => {
  const { run, names, client, recipient, cwd } = await stage(t);
  const seal = ['--compress', 'zstd', '--encrypt-to', recipient];
  const up = ['upload', 'weekly/', '--to', '/Backups', ...seal];
  assert.deepEqual([(await run(...up)).code, (await run(...up)).code], [0, 0]);
  const [folder] = await Array.fromAsync(client.folders.items('0'));
  assert.deepEqual(await names(folder?.id), ['letter.txt.zst.age']);
  assert.match((await run(...up)).stdout, /1 +unchanged|unchanged +1|skipped +1/);
  const down = await run('download', '/Backups', 'back', '--identity-file', 'key.txt');
  assert.deepEqual([down.code, down.stderr], [0, '']);
  const letter = (folder: string) => readFile(join(cwd, folder, 'letter.txt'), 'utf8');
  assert.equal(await letter('back'), await letter('weekly'));
});

test('names that no key opens are told of on stderr, in events, and with --quiet', async (t) => {
  const { run, events, client, recipient } = await stage(t);
  const seal = ['--encrypt-names', '--encrypt-to', recipient];
  await run('upload', 'weekly/', '--to', '/Backups', ...seal);
  const [folder] = await Array.fromAsync(client.folders.items('0'));
  const items = await Array.fromAsync(client.folders.items(folder?.id ?? ''));
  const key = items.find(({ name }) => name === 'boxhaul-names.age');
  await client.files.delete(key?.id ?? '');
  const down = ['download', '/Backups', 'back', '--identity-file', 'key.txt'];
  for (const more of [[], ['--quiet']]) {
    const { code, stderr } = await run(...down, ...more);
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^warning: "[a-z2-7]+" looks like .* come as they are in Box\n {2}→ bring the key back.*\n$/,
    );
  }
  const notices = (await events(...down)).filter(({ type }) => type === 'notice');
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['names-not-opened'],
  );
});

test('a migration seals too: its manifest says what Box has, and what that holds', async (t) => {
  const { run, names, client, recipient, cwd } = await stage(t);
  const seal = ['--compress', 'zstd', '--encrypt-to', recipient];
  const migrate = ['migrate', 'weekly/', '--to', '/Archive', '--manifest', 'all.csv', ...seal];
  for (const state of ['transferred', 'same']) {
    const { code, stderr } = await run(...migrate);
    assert.equal(code, 0, stderr);
    const [header = '', row = ''] = (await readFile(join(cwd, 'all.csv'), 'utf8')).split('\n');
    const cells = row.split(',');
    const found = Object.fromEntries(header.split(',').map((name, at) => [name, cells[at]]));
    assert.deepEqual([found.state, found.verified], [state, 'yes']);
    const { size, sha1 } = await client.files.get(found.id ?? '', { fields: ['size', 'sha1'] });
    assert.deepEqual([found.size, found.sha1], [String(size), sha1]);
    const plain = await readFile(join(cwd, 'weekly', 'letter.txt'));
    assert.equal(found.holds_size, String(plain.byteLength));
    assert.equal(found.holds_sha1, createHash('sha1').update(plain).digest('hex'));
  }
  const [folder] = await Array.fromAsync(client.folders.items('0'));
  assert.deepEqual(await names(folder?.id), ['letter.txt.zst.age']);
  const verified = await run('verify', 'all.csv', '/Archive', ...seal);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});

test('what is distributed sealed is sent once, and opened again from each target', async (t) => {
  const { run, box, folder, recipient, cwd } = await stage(t);
  await folder('A');
  await folder('B');
  const seal = ['--compress', 'zstd', '--encrypt-to', recipient];
  const send = ['distribute', 'weekly', '--to', '/A', '/B', '--mode', 'update', ...seal];
  box.resetCounts();
  const { code, stdout } = await run(...send);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /transferred +2 +2 new, 1 of them copied in Box/);
  assert.equal(box.counts()['POST /files/content'], 1);
  assert.match((await run(...send)).stdout, /skipped +2/);
  for (const target of ['A', 'B']) {
    const down = await run('download', `/${target}`, target, '--identity-file', 'key.txt');
    assert.equal(down.code, 0, down.stderr);
    const letter = (at: string) => readFile(join(cwd, at, 'weekly', 'letter.txt'), 'utf8');
    assert.equal(await letter(target), await letter('.'));
  }
});

test('names are encrypted, and several recipients read from a file', async (t) => {
  const { run, names, client, recipient, cwd } = await stage(t);
  const other = (await run('keygen', 'other.txt')).stdout.split('\n')[0];
  await writeFile(join(cwd, 'team.txt'), `# us\n${recipient}\n${other}\n`);
  const seal = ['--recipients-file', 'team.txt', '--encrypt-names'];
  assert.equal((await run('upload', 'weekly', '--to', '/Backups', ...seal)).code, 0);
  const [folder] = await Array.fromAsync(client.folders.items('0'));
  assert.doesNotMatch((await names(folder?.id)).join(), /weekly/);
  const down = await run('download', '/Backups', 'back', '--identity-file', 'other.txt');
  assert.equal(down.code, 0);
  assert.ok(await stat(join(cwd, 'back/weekly/letter.txt')));
});

test('another key opens nothing: exit code 1, and the way out', async (t) => {
  const { run, recipient } = await stage(t);
  await run('upload', 'weekly/', '--to', '/Backups', '--encrypt-to', recipient);
  await run('keygen', 'other.txt');
  const down = await run('download', '/Backups', 'back', '--identity-file', 'other.txt');
  assert.equal(down.code, 1);
  assert.match(down.stdout + down.stderr, /none of the identities opens it/);
  assert.match(
    down.stdout + down.stderr,
    /--identity-file that it was sealed for,.* then run the same command again/,
  );
});

test('setup makes the template once; without the right to it, it says what works without', async (t) => {
  const { run, box } = await stage(t);
  box.faults.add({
    match: { method: 'POST', path: '/metadata_templates/schema' },
    action: { status: 403, code: 'access_denied_insufficient_permissions' },
    times: 1,
  });
  const refused = await run('setup');
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /remembered on the machine that sealed them/);
  assert.match(refused.stderr, /→ have an admin of the enterprise run: boxhaul setup/);
  assert.match((await run('setup')).stdout, /made the metadata template/);
  assert.match((await run('setup')).stdout, /is there/);
});

const WRONG: [what: string, args: string[], words: RegExp][] = [
  ['names for nobody', ['--encrypt-names'], /--encrypt-names .* nobody is named to read it/],
  ['an identity for nothing', ['--identity-file', 'key.txt'], /nobody is named to read it/],
  ['no recipient', ['--encrypt-to', 'ann@example.com'], /--encrypt-to is no recipient/],
  [
    'a secret as a recipient',
    ['--recipients-file', 'key.txt'],
    /line 3 of key\.txt is an identity/,
  ],
  ['a file that is not there', ['--recipients-file', 'no.txt'], /no\.txt is not there/],
  ['a place for nothing', ['--seal-in', 'wait'], /nothing is sealed/],
  ['another compression', ['--compress', 'gzip'], /zstd/],
];

for (const [what, args, words] of WRONG) {
  test(`${what}: refused before anything is sent, with a way out`, async (t) => {
    const { run, box } = await stage(t);
    const { code, stderr } = await run('upload', 'weekly', '--to', '/Backups', ...args);
    assert.equal(code, 2);
    assert.match(stderr, words);
    assert.doesNotMatch(stderr, /AGE-SECRET-KEY-1[A-Z0-9]/);
    assert.deepEqual(box.counts(), {});
  });
}

test('a key that others can read is refused, unless that is said to be fine', async (t) => {
  const { run, cwd } = await stage(t);
  await chmod(join(cwd, 'key.txt'), 0o644);
  const down = ['download', '0', 'back', '--identity-file', 'key.txt'];
  const refused = await run(...down);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /can be read by other users \(mode 644\), and it holds a secret/);
  assert.equal((await run(...down, '--insecure-config')).code, 0);
});

test('reseal changes who can open it', async (t) => {
  const { run, recipient } = await stage(t);
  await run('upload', 'weekly/', '--to', '/Backups', '--encrypt-to', recipient);
  const other = (await run('keygen', 'other.txt')).stdout.split('\n')[0] ?? '';
  const reseal = ['reseal', '/Backups', '--identity-file', 'key.txt', '--encrypt-to', other];
  assert.match((await run(...reseal, '--dry-run')).stdout, /version +1/);
  const done = await run(...reseal);
  assert.deepEqual([done.code, done.stderr], [0, '']);
  assert.match(done.stdout, /↻ \/Backups \(for 1 recipient\)/);
  assert.equal((await run('download', '/Backups', 'a', '--identity-file', 'key.txt')).code, 1);
  assert.equal((await run('download', '/Backups', 'b', '--identity-file', 'other.txt')).code, 0);
  assert.match(
    (await run(...reseal.slice(0, 4))).stderr,
    /it is not said for whom it is\n {2}→ boxhaul reseal/,
  );
  assert.match(
    (await run('reseal', '/Backups/letter.txt.age', ...reseal.slice(2))).stderr,
    /no folder/,
  );
});
