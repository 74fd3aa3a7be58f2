/** What an enterprise keeps about itself: allowlist, terms of service, storage, devices. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { colleague } from '../testing/people.ts';

test('domains and exempt users are listed, once each, by administrators', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const bo = await colleague(box, 'Bo');
  const entries = '/collaboration_whitelist_entries';
  const body = { domain: 'example.com', direction: 'both' };
  const entry = await call('POST', entries, { json: body });
  assert.deepEqual([entry.status, entry.json.domain], [200, 'example.com']);
  assert.equal((await call('POST', entries, { json: body })).status, 409);
  assert.equal((await call('POST', entries, { json: { domain: 'example.com' } })).status, 400);
  assert.equal((await call('POST', entries, { ...bo, json: body })).status, 403);
  await call('POST', entries, { json: { domain: 'other.example', direction: 'inbound' } });
  const first = await get(`${entries}?limit=1`);
  const marker = encodeURIComponent(first.json.next_marker);
  const rest = await get(`${entries}?limit=1&marker=${marker}`);
  assert.equal(rest.json.entries[0].domain, 'other.example');
  assert.equal(rest.json.next_marker, null);
  const targets = '/collaboration_whitelist_exempt_targets';
  const target = await call('POST', targets, { json: { user: { id: bo.id } } });
  assert.equal(target.json.user.id, bo.id);
  assert.equal((await get(`${entries}/${target.json.id}`)).status, 404, 'is no entry');
  assert.equal((await get(`${targets}/${target.json.id}`)).status, 200);
  assert.equal((await call('POST', targets, { json: { user: { id: '99' } } })).status, 404);
  for (const path of [`${entries}/${entry.json.id}`, `${targets}/${target.json.id}`]) {
    assert.equal((await call('DELETE', path)).status, 204);
    assert.equal((await call('DELETE', path)).status, 404);
  }
});

test('terms of service are one of a kind, and users agree to them', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const bo = await colleague(box, 'Bo');
  const json = { status: 'enabled', text: 'Be kind', tos_type: 'managed' };
  const terms = await call('POST', '/terms_of_services', { json });
  assert.deepEqual([terms.status, terms.json.tos_type], [200, 'managed']);
  assert.equal((await call('POST', '/terms_of_services', { json })).status, 409);
  assert.equal((await call('POST', '/terms_of_services', { json: { text: 'x' } })).status, 400);
  assert.equal((await get('/terms_of_services?tos_type=external')).json.total_count, 0);
  const path = `/terms_of_services/${terms.json.id}`;
  const changed = await call('PUT', path, { json: { status: 'disabled', text: 'Be kinder' } });
  assert.equal(changed.json.text, 'Be kinder');
  assert.equal((await call('PUT', path, { ...bo, json })).status, 403);
  const answer = {
    tos: { type: 'terms_of_service', id: terms.json.id },
    user: { type: 'user', id: bo.id },
    is_accepted: true,
  };
  const answers = '/terms_of_service_user_statuses';
  const status = await call('POST', answers, { ...bo, json: answer });
  assert.deepEqual([status.status, status.json.is_accepted], [201, true]);
  assert.equal((await call('POST', answers, { ...bo, json: answer })).status, 409);
  const listed = await get(`${answers}?tos_id=${terms.json.id}&user_id=${bo.id}`);
  assert.equal(listed.json.entries[0].id, status.json.id);
  assert.equal((await get(answers)).status, 400);
  const revoked = await call('PUT', `${answers}/${status.json.id}`, {
    json: { is_accepted: false },
  });
  assert.equal(revoked.json.is_accepted, false);
  const own = await call('POST', answers, { json: { ...answer, user: undefined } });
  assert.equal(own.json.user.id, box.emulator.adminUserId);
});

test('storage policies are the enterprise’s unless a user has another', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const bo = await colleague(box, 'Bo');
  const policies = (await get('/storage_policies')).json.entries;
  assert.ok(policies.length >= 2);
  assert.equal((await get(`/storage_policies/${policies[1].id}`)).json.name, policies[1].name);
  assert.equal((await get('/storage_policies/99')).status, 404);
  const path = '/storage_policy_assignments';
  const resolved = `${path}?resolved_for_type=user&resolved_for_id=${bo.id}`;
  const usual = (await get(resolved)).json.entries[0];
  assert.deepEqual(usual.assigned_to, { type: 'enterprise', id: emulator.enterpriseId });
  const json = {
    storage_policy: { type: 'storage_policy', id: policies[1].id },
    assigned_to: { type: 'user', id: bo.id },
  };
  const own = await call('POST', path, { json });
  assert.deepEqual([own.status, own.json.storage_policy.id], [200, policies[1].id]);
  assert.equal((await call('POST', path, { json })).status, 409);
  assert.equal((await get(resolved)).json.entries[0].id, own.json.id);
  assert.deepEqual((await get(`${path}/user_${bo.id}`)).json, own.json);
  assert.equal((await get(`${path}/user_1`)).status, 404);
  const back = { json: { storage_policy: { type: 'storage_policy', id: policies[0].id } } };
  const changed = await call('PUT', `${path}/${own.json.id}`, back);
  assert.equal(changed.json.storage_policy.id, policies[0].id);
  assert.equal((await call('DELETE', `${path}/${own.json.id}`)).status, 204);
  assert.equal((await get(`${path}/${own.json.id}`)).status, 404);
  assert.equal((await get(path)).status, 400);
});

test('no device is pinned', async (t) => {
  const { get, call, emulator } = await boxCalls(t);
  const { json } = await get(`/enterprises/${emulator.enterpriseId}/device_pinners`);
  assert.deepEqual(json.entries, []);
  assert.equal((await get('/enterprises/99/device_pinners')).status, 404);
  assert.equal((await get('/device_pinners/1')).status, 404);
  assert.equal((await call('DELETE', '/device_pinners/1')).status, 404);
});

test('reset forgets what people made, and keeps the people', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const bo = await colleague(box, 'Bo');
  await call('POST', '/groups', { json: { name: 'g' } });
  await call('POST', '/collaboration_whitelist_entries', {
    json: { domain: 'example.com', direction: 'both' },
  });
  emulator.reset();
  assert.equal((await get('/groups')).json.total_count, 0);
  assert.deepEqual((await get('/collaboration_whitelist_entries')).json.entries, []);
  assert.equal((await get(`/users/${bo.id}`)).status, 200);
});
