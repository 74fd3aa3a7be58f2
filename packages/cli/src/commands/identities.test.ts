/** --as-users: several users of the enterprise share the work of one command. */
import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

suite('--as-users', () => {
  let box: Emulator;
  let client: BoxClient;
  let connection: string[];
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    connection = ['--base-url', box.url, '--token', box.token];
  });
  after(async () => {
    await client.close();
    await box.close();
  });

  /** A folder with twelve files here, and one in Box into which these users are let. */
  async function stage(t: TestContext, logins: readonly string[]) {
    const cwd = await temporaryFolder(t);
    await mkdir(join(cwd, 'up'));
    for (let n = 0; n < 12; n++) await writeFile(join(cwd, 'up', `f${n}`), `${n}`);
    const folder = await client.folders.create({ name: `of ${logins.join(' ')}`, parentId: '0' });
    const ids: string[] = [];
    for (const login of logins) {
      const { id } = await client.users.create({ name: login, login });
      const item = { type: 'folder', id: folder.id } as const;
      await client.collaborations.create({ item, userId: id, role: 'editor' });
      ids.push(id);
    }
    return { cwd, folderId: folder.id, ids };
  }

  async function senders(folderId: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for await (const item of client.folders.items(folderId, { fields: ['created_by'] })) {
      const name = item.created_by?.name ?? '';
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  test('users, by id or login, share what goes up and what comes down', async (t) => {
    const { cwd, folderId, ids } = await stage(t, ['ann@example.com', 'ben@example.com']);
    const users = ['--as-users', `${ids[0]}, BEN@example.com`];
    const up = await runHere(['upload', 'up/', '--to', folderId, ...users, ...connection], { cwd });
    assert.equal(up.code, 0, up.stderr);
    assert.deepEqual(await senders(folderId), { 'ann@example.com': 6, 'ben@example.com': 6 });
    const down = await runHere(['download', folderId, 'in', ...users, ...connection], { cwd });
    assert.equal(down.code, 0, down.stderr);
    assert.equal((await readdir(join(cwd, 'in'))).length, 12);
  });

  test('who is not let in is left out, and that is said once', async (t) => {
    const { cwd, folderId } = await stage(t, ['cid@example.com']);
    const stranger = await client.users.create({ name: 'Stranger', login: 'dan@example.com' });
    const users = ['--as-users', `cid@example.com,${stranger.login}`];
    const up = await runHere(['upload', 'up/', '--to', folderId, ...users, ...connection], { cwd });
    assert.equal(up.code, 0, up.stderr);
    assert.deepEqual(await senders(folderId), { 'cid@example.com': 12 });
    assert.equal(up.stderr.match(/warning: dan@example.com was left out of/g)?.length, 1);
  });

  test('a login that nobody has is told before anything is done', async (t) => {
    const cwd = await temporaryFolder(t);
    const users = ['--as-users', 'nobody@example.com'];
    const up = await runHere(['upload', '.', '--to', '0', ...users, ...connection], { cwd });
    assert.notEqual(up.code, 0);
    assert.match(up.stderr, /no user with the login "nobody@example\.com"\n {2}→ .*--as-users/);
  });

  test('whom the app may not act for is named', async (t) => {
    const cwd = await temporaryFolder(t);
    const up = await runHere(['upload', '.', '--to', '/In', '--as-users', '12', ...connection], {
      cwd,
    });
    assert.equal(up.code, 3);
    assert.match(up.stderr, /403: .*, asked as the user 12\n {2}→ check the id of --as-users:/);
  });

  test('one user alone and several are not named together', async (t) => {
    const cwd = await temporaryFolder(t);
    const users = ['--as-users', '1', '--as-user', '2'];
    const up = await runHere(['upload', '.', '--to', '0', ...users, ...connection], { cwd });
    assert.equal(up.code, 2);
    assert.match(up.stderr, /--as-users.*--as-user </);
  });
});
