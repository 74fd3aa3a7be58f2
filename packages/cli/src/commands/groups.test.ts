import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

suite('boxhaul groups', () => {
  test('are made, listed and left alone where they are', async (t) => {
    const { run, client } = await boxStage(t);
    assert.equal(
      (await run('groups', 'create', 'Sales', 'Support', '--description', 'people')).code,
      0,
    );
    assert.match(
      (await run('groups', 'create', 'sales')).stdout,
      /nothing to do {2}sales {3}it is there already/,
    );
    const listed = await run('groups', 'list');
    assert.deepEqual(
      listed.stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/).slice(1)),
      [
        ['Sales', 'people'],
        ['Support', 'people'],
      ],
    );
    assert.match((await run('groups', 'list', 'sup')).stdout, /^\d+ +Support {2}people\n$/);
    assert.equal((await Array.fromAsync(client.groups.list())).length, 2);
  });

  test('members come and go, by logins and ids, and change their role', async (t) => {
    const { run, client, events } = await boxStage(t);
    const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const bob = await client.users.create({ name: 'Bob', login: 'bob@example.com' });
    const { id: groupId } = await client.groups.create({ name: 'Sales' });
    assert.equal((await run('groups', 'add', 'Sales', 'ann@example.com')).code, 0);
    assert.equal((await run('groups', 'add', groupId, bob.id, '--role', 'admin')).code, 0);
    const members = await events('groups', 'members', 'Sales');
    assert.deepEqual(
      members.map(({ type, id, role }) => [type, id, role]).sort(),
      [
        ['member', ann.id, 'member'],
        ['member', bob.id, 'admin'],
      ].sort(),
    );
    assert.match((await run('groups', 'add', 'Sales', ann.id)).stdout, /nothing to do/);
    assert.equal((await run('groups', 'add', 'Sales', ann.id, '--role', 'admin')).code, 0);
    assert.match((await run('groups', 'members', 'Sales')).stdout, /ann@example\.com +admin +Ann/);
    assert.equal((await run('groups', 'remove', 'Sales', 'ann@example.com')).code, 0);
    assert.match((await run('groups', 'remove', 'Sales', ann.id)).stdout, /they are not in it/);
    assert.equal((await events('groups', 'members', 'Sales')).length, 1);
  });

  test('many come from a file, with the members listed once', async (t) => {
    const { run, client, box, cwd } = await boxStage(t);
    await client.groups.create({ name: 'Sales' });
    const rows = ['group,user'];
    for (let number = 0; number < 10; number++) {
      const { id } = await client.users.create({
        name: `U${number}`,
        login: `u${number}@example.com`,
      });
      rows.push(`Sales,${id}`);
    }
    await writeFile(join(cwd, 'members.csv'), `${rows.join('\n')}\n`);
    box.resetCounts();
    assert.equal((await run('groups', 'add', '--from-file', 'members.csv')).code, 0);
    const counts = box.counts();
    assert.equal(counts['POST /group_memberships'], 10);
    assert.equal(
      counts['GET /groups/:id/memberships'] ?? counts['GET /groups/:groupId/memberships'],
      1,
    );
  });

  test('are deleted when that is meant', async (t) => {
    const { run, client } = await boxStage(t);
    await client.groups.create({ name: 'Sales' });
    const asked = await run('groups', 'delete', 'Sales');
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /has to ask first.*1 group is deleted for ever/);
    assert.equal((await run('groups', 'delete', 'sales', '--yes')).code, 0);
    assert.equal((await Array.fromAsync(client.groups.list())).length, 0);
    const again = await run('groups', 'delete', 'Sales', '--yes');
    assert.notEqual(again.code, 0);
    assert.match(
      again.stderr,
      /there is no group "Sales" that this account sees\n {2}→ boxhaul groups list/,
    );
  });
});
