import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('a person gets a role, and another one when invited again', async (t) => {
  const { run, events, folder, client } = await boxStage(t);
  const id = await folder('a');
  const item = { type: 'folder', id } as const;
  await client.users.create({ name: 'Ann', login: 'ann@example.com' });
  const roles = async () => {
    const fields = ['role', 'accessible_by'];
    const found = await Array.fromAsync(client.collaborations.list(item, { fields }));
    return found.map(({ role }) => role);
  };
  const dry = await run('invite', '/a', 'ann@example.com', '--role', 'viewer', '--dry-run');
  assert.deepEqual([dry.code, dry.stdout], [0, 'would invite  /a   ann@example.com as viewer\n']);
  assert.deepEqual(await roles(), []);
  assert.equal((await run('invite', '/a', 'ann@example.com', '--role', 'viewer')).code, 0);
  assert.deepEqual(await roles(), ['viewer']);
  const [, row] = await events('invite', '/a', 'ann@example.com', '--role', 'editor');
  assert.deepEqual([row?.state, row?.made], ['done', { status: 'accepted', before: 'viewer' }]);
  assert.deepEqual(await roles(), ['editor']);
});

test('whoever is there is told of as changed only where something changes', async (t) => {
  const { run, folder, client, box } = await boxStage(t);
  const id = await folder('a');
  await client.users.create({ name: 'Ann', login: 'ann@example.com' });
  const invite = (...more: string[]) => run('invite', '/a', 'ann@example.com', ...more);
  await invite('--role', 'viewer');
  const same = await invite('--role', 'viewer');
  const words = '/a   ann@example.com as viewer';
  assert.equal(same.stdout, `nothing to do  ${words}   viewer they are already\n`);
  assert.equal(box.counts()['PUT /collaborations/:id'], undefined);
  const other = await invite('--role', 'editor');
  assert.equal(other.stdout, 'invited  /a   ann@example.com as editor, viewer before\n');
  const until = ['--role', 'editor', '--expires', '2040-05-06'];
  assert.equal((await invite(...until)).stdout, 'invited  /a   ann@example.com as editor\n');
  const item = { type: 'folder', id } as const;
  const [found] = await Array.fromAsync(
    client.collaborations.list(item, { fields: ['expires_at'] }),
  );
  assert.match(found?.expires_at ?? '', /^2040-05-0/);
  assert.match((await invite(...until)).stdout, /nothing to do/);
});

test('a group is found by its name', async (t) => {
  const { run, folder, client } = await boxStage(t);
  const id = await folder('a');
  const group = await client.groups.create({ name: 'Sales' });
  assert.equal((await run('invite', '/a', '--group', 'sales', '--role', 'viewer')).code, 0);
  const fields = ['accessible_by'];
  const item = { type: 'folder', id } as const;
  const [found] = await Array.fromAsync(client.collaborations.list(item, { fields }));
  assert.equal(found?.accessible_by?.id, group.id);
  const none = await run('invite', '/a', '--group', 'Kitchen', '--role', 'viewer');
  assert.match(none.stderr, /there is no group "Kitchen" that this account sees/);
});

test('who, what and as what must be said', async (t) => {
  const { run, folder } = await boxStage(t);
  await folder('a');
  const table: [args: string[], says: RegExp][] = [
    [['/a', 'ann@example.com'], /role: nothing is given; allowed: editor, viewer/],
    [['/a', '--role', 'viewer'], /login: nothing is given; allowed: a person in login, or a group/],
    [['/a', 'ann@example.com', '--group', 'x', '--role', 'viewer'], /and not both/],
    [['/', 'ann@example.com', '--role', 'viewer'], /root of Box cannot be shared with collab/],
    [['/gone', 'ann@example.com', '--role', 'viewer'], /"\/gone" is not there/],
  ];
  for (const [args, says] of table) {
    const { code, stderr } = await run('invite', ...args);
    assert.equal(code, 2);
    assert.match(stderr, says);
  }
});
