import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

test('groups are made, found by name, changed and deleted; equal names conflict', async (t) => {
  const { call, get } = await boxCalls(t);
  const made = await call('POST', '/groups?fields=name,description,invitability_level', {
    json: { name: 'Night shift', description: 'late', invitability_level: 'admins_only' },
  });
  assert.equal(made.status, 201);
  assert.deepEqual(Object.keys(made.json), [
    'type',
    'id',
    'name',
    'description',
    'invitability_level',
  ]);
  const again = await call('POST', '/groups', { json: { name: 'NIGHT shift' } });
  assert.deepEqual([again.status, again.json.code], [409, 'conflict']);
  assert.equal((await call('POST', '/groups', { json: {} })).status, 400);
  const bad = { json: { name: 'x', invitability_level: 'nobody' } };
  assert.equal((await call('POST', '/groups', bad)).status, 400);
  await call('POST', '/groups', { json: { name: 'Day shift' } });
  const list = await get('/groups?limit=1');
  assert.deepEqual([list.json.total_count, list.json.entries[0].name], [2, 'Day shift']);
  const found = await get('/groups?filter_term=nig');
  assert.deepEqual(
    found.json.entries.map((group: { id: string }) => group.id),
    [made.json.id],
  );
  const path = `/groups/${made.json.id}`;
  assert.equal((await call('PUT', path, { json: { name: 'Late shift' } })).json.name, 'Late shift');
  assert.equal((await call('PUT', path, { json: { name: 'day shift' } })).status, 409);
  assert.equal((await call('DELETE', path)).status, 204);
  assert.equal((await get(path)).status, 404);
});

test('members come and go; configurable permissions are for group admins', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const group = (await call('POST', '/groups', { json: { name: 'g' } })).json;
  const bo = await colleague(box, 'Bo');
  const body = { user: { id: bo.id }, group: { id: group.id } };
  const member = await call('POST', '/group_memberships', { json: body });
  assert.deepEqual([member.status, member.json.role, member.json.user.id], [201, 'member', bo.id]);
  assert.equal(member.json.configurable_permissions, null);
  assert.equal((await call('POST', '/group_memberships', { json: body })).status, 409);
  assert.equal(
    (await call('POST', '/group_memberships', { json: { user: body.user } })).status,
    400,
  );
  const path = `/group_memberships/${member.json.id}`;
  const admin = await call('PUT', path, {
    json: { role: 'admin', configurable_permissions: { can_run_reports: false } },
  });
  assert.deepEqual(admin.json.configurable_permissions, {
    can_run_reports: false,
    can_instant_login: true,
    can_create_accounts: true,
    can_edit_accounts: true,
  });
  for (const list of [`/groups/${group.id}/memberships`, `/users/${bo.id}/memberships`]) {
    const { json } = await get(list);
    assert.deepEqual([json.total_count, json.entries[0].id], [1, member.json.id]);
    assert.equal('configurable_permissions' in json.entries[0], false);
  }
  assert.equal((await get(`/groups/${group.id}`, bo)).status, 200, 'a member sees the group');
  assert.equal((await get('/groups', bo)).status, 403);
  assert.equal((await call('DELETE', path, bo)).status, 403);
  assert.equal((await call('DELETE', path)).status, 204);
  assert.equal((await get(path)).status, 404);
});

test('what a group is given, its members have, as long as they are in it', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const folder = await box.folder('shared');
  const file = await box.file('a.txt', 'hello', folder);
  const bo = await colleague(box, 'Bo');
  const group = (await call('POST', '/groups', { json: { name: 'g' } })).json;
  const item = { type: 'folder' as const, id: folder };
  const given = await share(box, item, { type: 'group', id: group.id }, 'viewer');
  assert.deepEqual([given.status, given.accessible_by.id], ['accepted', group.id]);
  assert.equal((await get(`/files/${file.id}`, bo)).status, 404);
  const body = { user: { id: bo.id }, group: { id: group.id } };
  const member = await call('POST', '/group_memberships', { json: body });
  assert.equal((await get(`/files/${file.id}`, bo)).status, 200);
  assert.equal((await get('/folders/0/items', bo)).json.entries[0].id, folder);
  const list = await get(`/groups/${group.id}/collaborations`, bo);
  assert.deepEqual([list.json.total_count, list.json.entries[0].item.id], [1, folder]);
  await call('DELETE', `/group_memberships/${member.json.id}`);
  assert.equal((await get(`/files/${file.id}`, bo)).status, 404);
  await call('POST', '/group_memberships', { json: body });
  await call('DELETE', `/groups/${group.id}`);
  assert.equal((await get(`/files/${file.id}`, bo)).status, 404);
  assert.deepEqual((await get(`/folders/${folder}/collaborations`)).json.entries, []);
});

test('what is done to people is in the admin stream, and what is done to oneself in the own', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const bo = await colleague(box, 'Bo');
  const group = (await call('POST', '/groups', { json: { name: 'g' } })).json;
  const body = { user: { id: bo.id }, group: { id: group.id } };
  const { json } = await call('POST', '/group_memberships', { json: body });
  await call('PUT', `/users/${bo.id}`, { json: { name: 'Bob' } });
  const own = await get('/events?stream_type=changes', bo);
  assert.deepEqual(
    own.json.entries.map((event: { event_type: string }) => event.event_type),
    ['GROUP_ADD_USER'],
  );
  await call('DELETE', `/group_memberships/${json.id}`);
  await call('DELETE', `/groups/${group.id}`);
  await call('DELETE', `/users/${bo.id}`);
  const admin = await get('/events?stream_type=admin_logs');
  assert.deepEqual(
    admin.json.entries.map((event: { event_type: string }) => event.event_type),
    [
      'NEW_USER',
      'GROUP_CREATION',
      'GROUP_ADD_USER',
      'EDIT_USER',
      'GROUP_REMOVE_USER',
      'GROUP_DELETION',
      'DELETE_USER',
    ],
  );
});
