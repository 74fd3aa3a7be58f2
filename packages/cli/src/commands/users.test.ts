import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

suite('boxhaul users', () => {
  test('are made, managed ones and those of the app, and left alone where they are', async (t) => {
    const { run, client, events } = await boxStage(t);
    const made = await run(
      'users',
      'create',
      'Ann',
      '--login',
      'ann@example.com',
      '--space',
      '50GB',
    );
    assert.equal(made.code, 0, made.stderr);
    const robot = ['users', 'create', 'Robot', '--app-user', '--external-id', 'r7'];
    assert.equal((await run(...robot)).code, 0);
    const users = await Array.fromAsync(
      client.users.list({ fields: ['name', 'login', 'space_amount', 'is_platform_access_only'] }),
    );
    const ann = users.find(({ name }) => name === 'Ann');
    assert.deepEqual([ann?.login, ann?.space_amount], ['ann@example.com', 50_000_000_000]);
    assert.equal(users.find(({ name }) => name === 'Robot')?.is_platform_access_only, true);
    for (const again of [robot, ['users', 'create', 'Anna', '--login', 'ANN@example.com']]) {
      const rows = await events(...again);
      assert.equal(rows.find(({ type }) => type === 'row')?.state, 'skipped', again.join(' '));
    }
    assert.equal((await Array.fromAsync(client.users.list())).length, users.length);
  });

  test('come from a file, all checked before the first is made', async (t) => {
    const { run, client, cwd } = await boxStage(t);
    const before = (await Array.fromAsync(client.users.list())).length;
    await writeFile(join(cwd, 'bad.csv'), 'name,login,space\nAnn,ann@example.com,much\nBob,,\n');
    const refused = await run('users', 'create', '--from-file', 'bad.csv');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /line 2.*space.*a size, as in 50GB, or unlimited/);
    assert.match(refused.stderr, /line 3.*login.*an address, or --app-user/);
    await writeFile(
      join(cwd, 'good.csv'),
      'name,login,space\nAnn,ann@example.com,unlimited\nBob,bob@example.com,\n',
    );
    assert.equal((await run('users', 'create', '--from-file', 'good.csv')).code, 0);
    assert.equal((await Array.fromAsync(client.users.list())).length, before + 2);
  });

  test('are listed, by beginnings and ids of the app', async (t) => {
    const { run, client, events } = await boxStage(t);
    await client.users.create({ name: 'Ann Abel', login: 'ann@example.com' });
    const { id } = await client.users.create({ name: 'Robot', externalAppUserId: 'r7' });
    const listed = await run('users', 'list', 'ann');
    assert.match(listed.stdout, /^\d+ +ann@example\.com +active +0 bytes of .* {2}Ann Abel\n$/);
    const [robot] = await events('users', 'list', '--external-id', 'r7');
    assert.deepEqual([robot?.type, robot?.id, robot?.name], ['person', id, 'Robot']);
    assert.equal((await run('users', 'list', 'nobody')).stdout, '');
  });

  test('are shown with the groups that they are in', async (t) => {
    const { run, client, events } = await boxStage(t);
    const { id } = await client.users.create({
      name: 'Ann',
      login: 'ann@example.com',
      jobTitle: 'Editor',
    });
    const group = await client.groups.create({ name: 'Writers' });
    await client.groupMemberships.create({ groupId: group.id, userId: id });
    const { stdout } = await run('users', 'show', 'ann@example.com');
    assert.match(stdout, /^job title +Editor$/m);
    assert.match(stdout, /^groups +Writers$/m);
    const [shown] = await events('users', 'show', id);
    assert.deepEqual([shown?.id, shown?.groups], [id, ['Writers']]);
    assert.match((await run('users', 'show', 'me')).stdout, /^login +admin@/m);
    const mixed = await run('users', 'show', 'nobody@example.com', id);
    assert.equal(mixed.code, 1);
    assert.match(
      mixed.stderr,
      /no user with the login "nobody@example\.com"\n {2}→ boxhaul users list/,
    );
    assert.match(mixed.stdout, /ann@example\.com/);
  });

  test('are changed, where there is something to change', async (t) => {
    const { run, client, events } = await boxStage(t);
    const { id } = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const change = [
      'users',
      'update',
      'ann@example.com',
      '--name',
      'Anna',
      '--job-title',
      'Editor',
    ];
    const dry = await run(...change, '--dry-run');
    assert.match(dry.stdout, /ann@example\.com {3}job_title: Editor, name: Anna/);
    assert.equal((await client.users.get(id)).name, 'Ann');
    assert.equal((await run(...change)).code, 0);
    const { name, job_title: title } = await client.users.get(id, {
      fields: ['name', 'job_title'],
    });
    assert.deepEqual([name, title], ['Anna', 'Editor']);
    const rows = await events(...change);
    assert.equal(rows.find(({ type }) => type === 'row')?.state, 'skipped');
    const nothing = await run('users', 'update', id);
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /this or another column to change/);
  });

  test('who was to be deleted when a run ended gives what they own to someone once', async (t) => {
    const { box, run, client } = await boxStage(t);
    const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const bob = await client.users.create({ name: 'Bob', login: 'bob@example.com' });
    await client.asUser(ann.id).folders.create({ name: 'Plans', parentId: '0' });
    box.faults.add({
      match: { method: 'DELETE', path: '/users/:id' },
      action: { status: 403, code: 'forbidden' },
      times: 1,
    });
    const args = ['users', 'delete', 'ann@example.com', '--transfer-to', bob.id, '--yes'];
    assert.equal((await run(...args)).code, 1);
    assert.equal((await run(...args)).code, 0);
    await assert.rejects(client.users.get(ann.id), { status: 404 });
    const given = await Array.fromAsync(client.asUser(bob.id).folders.items('0'));
    assert.deepEqual(
      given.map(({ name }) => name),
      ["Ann's Files and Folders"],
    );
  });

  test('are deleted when that is meant, and what they own goes where it should', async (t) => {
    const { run, client } = await boxStage(t);
    const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const bob = await client.users.create({ name: 'Bob', login: 'bob@example.com' });
    await client.asUser(ann.id).folders.create({ name: 'Plans', parentId: '0' });
    const asked = await run('users', 'delete', 'ann@example.com');
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /has to ask first.*1 user is deleted for ever\n {2}→ --yes/);
    const owner = await run('users', 'delete', 'ann@example.com', '--yes');
    assert.equal(owner.code, 1);
    assert.match(owner.stderr + owner.stdout, /--transfer-to <user>/);
    const gone = await run('users', 'delete', ann.id, '--transfer-to', 'bob@example.com', '--yes');
    assert.equal(gone.code, 0, gone.stderr);
    await assert.rejects(client.users.get(ann.id), { status: 404 });
    const [folder] = await Array.fromAsync(client.asUser(bob.id).folders.items('0'));
    assert.match(folder?.name ?? '', /^Ann's Files and Folders/);
    assert.equal((await run('users', 'delete', bob.id, '--force', '--yes')).code, 0);
    const unknown = await run('users', 'delete', bob.id, '--yes');
    assert.notEqual(unknown.code, 0);
    assert.match(unknown.stderr, /there is no user with the id/);
    const both = await run('users', 'delete', ann.id, '--force', '--transfer-to', bob.id, '--yes');
    assert.equal(both.code, 2);
  });
});
