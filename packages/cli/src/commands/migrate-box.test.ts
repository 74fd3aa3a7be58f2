/** Another Box account by the command; what comes along is tested in @boxhaul/migrate, and killed in test/system. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { BoxClient, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';

describe('boxhaul migrate box://', () => {
  test('brings versions and words, writes a manifest and the gaps, and exits 0', async (t) => {
    const { run, to, cwd } = await stage(t);
    const { code, stdout, stderr } = await run('box:///A', '--to', '/In');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /came along +3 /);
    assert.match(stdout, /gaps +1 {3}1 collaboration/);
    assert.match(stdout, /verified {2}all 2 items are there, files by size and SHA-1/);
    const files = (await readdir(cwd)).sort();
    const name = /^boxhaul-\w{4}-\d{14}/;
    assert.deepEqual(
      files.map((file) => file.replace(name, 'it')),
      ['it-gaps.csv', 'it-gaps.csv.sha256', 'it.csv', 'it.csv.sha256'],
    );
    const [folder] = await Array.fromAsync(to.folders.items('0'));
    const [a] = await Array.fromAsync(to.folders.items(folder?.id ?? ''));
    const [file] = await Array.fromAsync(
      to.folders.items(a?.id ?? '', { fields: ['description', 'version_number'] }),
    );
    assert.ok(file?.type === 'file');
    assert.deepEqual([file.description, file.version_number], ['about it', '2']);
  });

  test('fails for gaps with --strict, and brings nobody that the map does not name', async (t) => {
    const { run, cwd } = await stage(t);
    assert.equal((await run('box:///A', '--to', '/In', '--strict')).code, 1);
    await writeFile(join(cwd, 'people.csv'), 'old,new\nbob@old.example,\n');
    const { stdout } = await run(
      'box:///A',
      '--to',
      '/In',
      '--users',
      'people.csv',
      '--json',
      '-q',
    );
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const gap = events.find(({ type }) => type === 'gap');
    assert.deepEqual([gap.what, gap.reason], ['collaboration', 'left-out']);
    assert.deepEqual(
      events.slice(-2).map(({ type }) => type),
      ['proof', 'summary'],
    );
  });

  test('says in a dry run what it would take, and does nothing', async (t) => {
    const { run, to, cwd } = await stage(t);
    await to.folders.create({ name: 'In', parentId: '0' });
    const { code, stdout } = await run('box:///A', '--to', '/In', '--dry-run');
    assert.equal(code, 0);
    // To find the folder and list it; a folder, two versions, a description, a comment, a collaboration.
    assert.match(stdout, /8 API calls/);
    assert.deepEqual(await readdir(cwd), []);
  });

  test('warns before it seals that earlier versions stay behind, and tells each', async (t) => {
    const { run } = await stage(t);
    const words = /^warning: what is sealed comes as it is now: earlier versions stay behind/m;
    const sealed = ['box:///A', '--to', '/In', '--compress', 'zstd'];
    const first = await run(...sealed, '--json');
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, words);
    assert.match(first.stdout, /"what":"version","reason":"sealed","message":"1 earlier version: /);
    assert.doesNotMatch((await run(...sealed, '--without', 'versions')).stderr, words);
    assert.doesNotMatch((await run('box:///A', '--to', '/Plain')).stderr, words);
  });

  test('takes an id, what is in a folder, and less on purpose', async (t) => {
    const { run, folderId, to } = await stage(t);
    const without = ['--without', 'versions,comments,collaborations'];
    const { code, stdout } = await run(`box:///${folderId}/`, '--to', '/In', ...without);
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /gaps/);
    const [folder] = await Array.fromAsync(to.folders.items('0'));
    const items = await Array.fromAsync(to.folders.items(folder?.id ?? ''));
    assert.deepEqual(
      items.map(({ name }) => name),
      ['a.txt'],
    );
  });

  const WRONG: [
    words: string,
    args: string[],
    env: Record<string, string>,
    code: number,
    said: RegExp,
  ][] = [
    [
      'nobody who reads it',
      ['box:///A', '--to', '/'],
      { BOXHAUL_FROM_TOKEN: '' },
      3,
      /not said who reads the Box/,
    ],
    ['a profile that is not stored', ['box://nobody/A', '--to', '/'], {}, 3, /no profile "nobody"/],
    [
      'two who read it',
      ['box://old/A', '--to', '/', '--from-config', 'x.json'],
      {},
      2,
      /different accounts/,
    ],
    ['a folder that is not there', ['box:///B', '--to', '/'], {}, 2, /\/B/],
    [
      'a detail that there is not',
      ['box:///A', '--to', '/', '--without', 'smells'],
      {},
      2,
      /"smells" is none of versions/,
    ],
    [
      'a place for the manifest that is not there',
      ['box:///A', '--to', '/', '--manifest', 'no/x.csv'],
      {},
      2,
      /no\/x\.csv cannot be written/,
    ],
    ['no target', ['box:///A'], {}, 2, /not said where to/],
    ['no source', ['--to', '/'], {}, 2, /not said what to migrate/],
    [
      'a map that is none',
      ['box:///A', '--to', '/', '--users', 'wrong.csv'],
      {},
      2,
      /line 3.*new/s,
    ],
  ];
  for (const [words, args, env, code, said] of WRONG) {
    test(`refuses ${words}, and does nothing`, async (t) => {
      const { run, to, cwd } = await stage(t, env);
      await writeFile(join(cwd, 'wrong.csv'), 'old,new\na@b,c@d\na@b,*@c\n');
      const outcome = await run(...args);
      assert.equal(outcome.code, code, outcome.stderr);
      assert.match(outcome.stderr, said);
      assert.match(outcome.stderr, /→/);
      assert.deepEqual(await Array.fromAsync(to.folders.items('0')), []);
    });
  }
});

test('boxhaul migrate takes the people of a list as they are named there', async (t) => {
  const { run, to, cwd } = await stage(t);
  await to.users.create({ name: 'Eve', login: 'eve@new.example' });
  await writeFile(join(cwd, 'x.txt'), 'x');
  await writeFile(join(cwd, 'list.csv'), 'source,collaborators\nx.txt,eve@new.example:viewer\n');
  const { code, stderr } = await run('list.csv', '--to', '/', '--strict');
  assert.equal(code, 0, stderr);
  const [file] = await Array.fromAsync(to.folders.items('0'));
  const [one] = await Array.fromAsync(to.collaborations.list({ type: 'file', id: file?.id ?? '' }));
  assert.equal(one?.accessible_by?.type === 'user' && one.accessible_by.login, 'eve@new.example');
});

test('boxhaul migrate --users-template prints a map to begin with', async (t) => {
  const { run } = await stage(t);
  const { stdout, stderr } = await run('--users-template');
  assert.equal(stdout.split('\n')[0], 'old,new');
  assert.match(stderr, /^old: [^\n]+\nnew [^\n]+\n$/);
});

/** Two Boxes: a folder `A` with a file in the one, nothing in the other. */
async function stage(t: TestContext, more: Record<string, string> = {}) {
  const [from, to] = await Promise.all([openBox(t), openBox(t)]);
  const cwd = await mkdtemp(join(tmpdir(), 'boxhaul-migrate-box-'));
  t.after(() => rm(cwd, { recursive: true, force: true }));
  const { client } = from;
  const { id: folderId } = await client.folders.create({ name: 'A', parentId: '0' });
  const file = await client.files.upload({ name: 'a.txt', parentId: folderId, body: bodyOf('1') });
  await client.files.uploadVersion(file.id, { body: bodyOf('22') });
  await client.files.update(file.id, { description: 'about it' });
  await client.comments.create({ fileId: file.id, message: 'good' });
  const item = { type: 'folder', id: folderId } as const;
  await client.collaborations.create({ item, login: 'bob@old.example', role: 'viewer' });
  const env = {
    BOX_BASE_URL: to.emulator.url,
    BOX_DEVELOPER_TOKEN: to.emulator.token,
    BOXHAUL_FROM_TOKEN: from.emulator.token,
    ...more,
  };
  const at = ['--from-base-url', from.emulator.url];
  const run = (...args: string[]) => runHere(['migrate', ...args, ...at], { env, cwd });
  return { run, folderId, to: to.client, cwd };
}

async function openBox(t: TestContext): Promise<{ emulator: Emulator; client: BoxClient }> {
  const emulator = await startEmulator();
  const client = new BoxClient({ auth: developerToken(emulator.token), baseUrl: emulator.url });
  t.after(async () => {
    await client.close();
    await emulator.close();
  });
  return { emulator, client };
}
