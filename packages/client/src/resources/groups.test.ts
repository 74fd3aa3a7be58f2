import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, openBox } from '../testing/open-box.ts';

test('groups are made, found, changed and deleted', async () => {
  await using box = await openBox();
  const { groups } = box.client;
  const cooks = await groups.create(
    { name: 'Cooks', description: 'Those who cook', invitabilityLevel: 'admins_only' },
    { fields: ['description', 'invitability_level'] },
  );
  assert.deepEqual(
    [cooks.name, cooks.description, cooks.invitability_level],
    ['Cooks', 'Those who cook', 'admins_only'],
  );
  const waiters = await groups.create({ name: 'Waiters' });
  await assert.rejects(groups.create({ name: 'Cooks' }), { boxCode: 'conflict', status: 409 });
  const names = async (filterTerm?: string) =>
    (await listed(groups.list({ filterTerm, pageSize: 1 }))).map(({ name }) => name);
  assert.deepEqual((await names()).sort(), ['Cooks', 'Waiters']);
  assert.deepEqual(await names('wai'), ['Waiters']);
  const renamed = await groups.update(waiters.id, { name: 'Service', provenance: 'directory' });
  assert.equal(renamed.name, 'Service');
  const found = await groups.get(waiters.id, { fields: ['provenance'] });
  assert.deepEqual([found.name, found.provenance], ['Service', 'directory']);
  await groups.delete(waiters.id);
  await assert.rejects(groups.get(waiters.id), { status: 404, recovery: 'skip' });
});

test('members join, rise, fall and leave', async () => {
  await using box = await openBox();
  const { groups, groupMemberships, users } = box.client;
  const { id: groupId } = await groups.create({ name: 'Cooks' });
  const { id: userId } = await users.create({ name: 'Ann', login: 'ann@example.test' });
  const made = await groupMemberships.create({ groupId, userId });
  assert.deepEqual([made.role, made.user?.id, made.group?.name], ['member', userId, 'Cooks']);
  await assert.rejects(groupMemberships.create({ groupId, userId }), { status: 409 });
  const fields = ['role', 'configurable_permissions'];
  const rights = { canCreateAccounts: false };
  const risen = await groupMemberships.update(
    made.id,
    { role: 'admin', adminRights: rights },
    { fields },
  );
  assert.deepEqual(risen.configurable_permissions, {
    can_run_reports: true,
    can_instant_login: true,
    can_create_accounts: false,
    can_edit_accounts: true,
  });
  const powerless = await groupMemberships.update(made.id, { adminRights: null }, { fields });
  assert.equal(powerless.configurable_permissions, null);
  assert.equal((await groupMemberships.get(made.id)).role, 'admin');
  const admin = box.emulator.adminUserId;
  await groupMemberships.create({ groupId, userId: admin });
  const members = await listed(groupMemberships.list({ groupId }, { pageSize: 1 }));
  assert.deepEqual(members.map(({ user }) => user?.id).sort(), [admin, userId].sort());
  const [own] = await listed(groupMemberships.list({ userId }));
  assert.equal(own?.id, made.id);
  await assert.rejects(listed(box.client.asUser(userId).groupMemberships.list({ userId: admin })), {
    status: 403,
  });
  await groupMemberships.delete(made.id);
  await assert.rejects(groupMemberships.get(made.id), { status: 404 });
});

test('the sessions of a group’s members end at once', async () => {
  await using box = await openBox();
  const { groups } = box.client;
  const { id } = await groups.create({ name: 'Cooks' });
  await groups.terminateSessions([id]);
  await assert.rejects(groups.terminateSessions(['1']), { status: 404 });
});
