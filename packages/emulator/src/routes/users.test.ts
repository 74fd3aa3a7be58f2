import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls, multipart } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

test('managed and app users are made, each with a root of their own', async (t) => {
  const { call, get, emulator } = await boxCalls(t);
  const managed = await call('POST', '/users?fields=login,role,space_amount,tracking_codes', {
    json: { name: 'Bo', login: 'bo@example.test', role: 'coadmin', space_amount: -1 },
  });
  assert.equal(managed.status, 201);
  assert.deepEqual(
    [managed.json.login, managed.json.role, managed.json.space_amount],
    ['bo@example.test', 'coadmin', -1],
  );
  const again = await call('POST', '/users', { json: { name: 'B', login: 'BO@example.test' } });
  assert.deepEqual([again.status, again.json.code], [409, 'user_login_already_used']);
  assert.equal((await call('POST', '/users', { json: { name: 'x' } })).status, 400);
  assert.equal((await call('POST', '/users', { json: { login: 'x@y.z' } })).status, 400);
  const app = await call('POST', '/users', {
    json: { name: 'App', is_platform_access_only: true, external_app_user_id: 'ours-1' },
  });
  assert.match(app.json.login, /^AppUser_\d+_\w+@boxdevedition\.com$/);
  const found = await get('/users?external_app_user_id=ours-1&fields=is_platform_access_only');
  assert.deepEqual(found.json.entries, [
    { type: 'user', id: app.json.id, is_platform_access_only: true },
  ]);
  const as = { headers: { 'as-user': app.json.id } };
  const folder = await call('POST', '/folders', {
    ...as,
    json: { name: 'own', parent: { id: '0' } },
  });
  assert.equal(folder.json.owned_by.id, app.json.id);
  assert.equal((await get('/folders/0/items')).json.total_count, 0);
  assert.equal((await get(`/folders/${folder.json.id}`)).status, 404);
  const token = emulator.issueToken({ userId: app.json.id });
  assert.equal((await get('/users/me', { token })).json.id, app.json.id);
  assert.equal((await get('/users', { token })).status, 403);
  assert.equal(
    (await call('POST', '/users', { token, json: { name: 'x', login: 'x@y.z' } })).status,
    403,
  );
});

test('users are listed by prefix, by exact login from elsewhere, and by marker', async (t) => {
  const box = await boxCalls(t);
  const { get } = box;
  const bo = await colleague(box, 'Bo');
  const ben = await colleague(box, 'Ben');
  const ids = async (query: string) =>
    (await get(`/users?${query}`)).json.entries.map((user: { id: string }) => user.id);
  assert.deepEqual(await ids('filter_term=b'), [bo.id, ben.id]);
  assert.deepEqual(await ids('filter_term=BEN@'), [ben.id]);
  assert.deepEqual(await ids('filter_term=%25'), []);
  assert.deepEqual(await ids('user_type=external&filter_term=b'), []);
  const first = await get('/users?usemarker=true&limit=1&filter_term=b');
  assert.equal('total_count' in first.json, false);
  const marker = encodeURIComponent(first.json.next_marker);
  assert.deepEqual(await ids(`usemarker=true&limit=1&filter_term=b&marker=${marker}`), [ben.id]);
  assert.equal((await get('/users?filter_term=b&limit=1')).json.total_count, 2);
  assert.equal((await get('/users?user_type=aliens')).status, 400);
});

test('users are changed, and rolled out of the enterprise', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const bo = await colleague(box, 'Bo');
  const path = `/users/${bo.id}`;
  const fields = 'name,job_title,status,notification_email,tracking_codes,enterprise';
  const codes = [{ type: 'tracking_code', name: 'cost', value: '7' }];
  const changed = await call('PUT', `${path}?fields=${fields}`, {
    json: {
      name: 'Bob',
      job_title: 'Cook',
      status: 'cannot_delete_edit',
      notification_email: { email: 'n@example.test' },
      tracking_codes: codes,
    },
  });
  assert.deepEqual(
    [changed.json.name, changed.json.job_title, changed.json.status],
    ['Bob', 'Cook', 'cannot_delete_edit'],
  );
  assert.equal(changed.json.notification_email.email, 'n@example.test');
  assert.deepEqual(changed.json.tracking_codes, codes);
  assert.equal((await call('PUT', path, { json: { role: 'admin' } })).status, 400);
  assert.equal((await call('PUT', path, { ...bo, json: { name: 'x' } })).status, 403);
  assert.equal((await call('PUT', '/users/99', { json: {} })).status, 404);
  await call('PUT', path, { json: { enterprise: null } });
  assert.equal((await get(path)).status, 404);
});

test('who owns content is deleted by force only, with all of it', async (t) => {
  const box = await boxCalls(t);
  const { call, get, upload } = box;
  const bo = await colleague(box, 'Bo');
  const attributes = { name: 'a.txt', parent: { id: '0' } };
  const file = (await upload('/files/content', attributes, 'hello', bo)).json.entries[0];
  const item = { type: 'file' as const, id: file.id };
  const shared = await call('POST', '/collaborations', {
    ...bo,
    json: { item, accessible_by: { type: 'user', id: box.emulator.adminUserId }, role: 'viewer' },
  });
  assert.equal(shared.status, 201);
  assert.equal((await call('DELETE', `/users/${bo.id}`)).status, 400);
  assert.equal((await get(`/files/${file.id}`)).status, 200);
  assert.equal((await call('DELETE', `/users/${bo.id}?force=True`)).status, 204);
  assert.equal((await get(`/files/${file.id}`)).status, 404);
  assert.equal((await get(`/users/${bo.id}`)).status, 404);
  assert.equal((await get('/users/me', bo)).status, 401);
  assert.equal((await call('DELETE', `/users/${box.emulator.adminUserId}`)).status, 403);
});

test('a user’s content goes to another in one folder', async (t) => {
  const box = await boxCalls(t);
  const { call, get, upload } = box;
  const bo = await colleague(box, 'Bo');
  const inRoot = { name: 'docs', parent: { id: '0' } };
  const docs = (await call('POST', '/folders', { ...bo, json: inRoot })).json;
  const attributes = { name: 'a.txt', parent: { id: docs.id } };
  const file = (await upload('/files/content', attributes, 'hello', bo)).json.entries[0];
  const cy = await colleague(box, 'Cy');
  await share(
    box,
    { type: 'folder', id: await box.folder('mine') },
    { type: 'user', id: bo.id },
    'viewer',
  );
  const body = { owned_by: { id: cy.id } };
  const moved = await call('PUT', `/users/${bo.id}/folders/0`, { json: body });
  assert.deepEqual(
    [moved.status, moved.json.name, moved.json.owned_by.id, moved.json.size],
    [200, "Bo's Files and Folders", cy.id, 5],
  );
  assert.equal((await get(`/files/${file.id}`, cy)).json.owned_by.id, cy.id);
  assert.equal((await get(`/files/${file.id}`, bo)).status, 404);
  assert.equal((await get('/users/me', cy)).json.space_used, 5);
  assert.equal((await get('/users/me', bo)).json.space_used, 0);
  const empty = await call('PUT', `/users/${bo.id}/folders/0`, { json: body });
  assert.equal(empty.json.name, "Bo's Files and Folders (1)");
  assert.equal((await call('PUT', `/users/${bo.id}/folders/0`, { ...bo, json: body })).status, 403);
});

test('an avatar is the image that was sent', async (t) => {
  const box = await boxCalls(t);
  const { call, get } = box;
  const bo = await colleague(box, 'Bo');
  const path = `/users/${bo.id}/avatar`;
  const png = (width: number) => {
    const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000010806000000', 'hex');
    head.writeUInt32BE(width, 16);
    return head;
  };
  assert.equal((await get(path)).status, 404);
  const send = (image: Buffer) => call('POST', path, multipart([['pic', image, 'me.png']]));
  assert.equal((await send(png(16))).status, 201);
  assert.equal((await send(png(32))).status, 200);
  const { bytes, headers } = await get(path);
  assert.equal(headers['content-type'], 'image/png');
  assert.deepEqual(bytes, png(32));
  assert.equal((await send(png(1025))).status, 400);
  assert.equal((await send(Buffer.from('no image at all'))).status, 400);
  assert.equal((await send(Buffer.alloc(0))).status, 400);
  assert.equal((await call('POST', path, { json: {} })).status, 400);
  assert.equal((await call('DELETE', path)).status, 204);
  assert.equal((await call('DELETE', path)).status, 404);
});

test('addresses, invites and the end of sessions', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const bo = await colleague(box, 'Bo');
  const path = `/users/${bo.id}/email_aliases`;
  const alias = await call('POST', path, { json: { email: 'bob@example.test' } });
  assert.deepEqual(
    [alias.status, alias.json.type, alias.json.is_confirmed],
    [201, 'email_alias', true],
  );
  assert.equal((await call('POST', path, { json: { email: bo.login } })).status, 409);
  assert.equal((await call('POST', path, { json: { email: 'nothing' } })).status, 400);
  assert.equal((await get(path)).json.total_count, 1);
  assert.equal((await call('DELETE', `${path}/${alias.json.id}`)).status, 204);
  assert.equal((await call('DELETE', `${path}/${alias.json.id}`)).status, 404);

  const invite = await call('POST', '/invites', {
    json: { enterprise: { id: emulator.enterpriseId }, actionable_by: { login: bo.login } },
  });
  assert.deepEqual([invite.status, invite.json.actionable_by.id], [200, bo.id]);
  assert.equal((await get(`/invites/${invite.json.id}`, bo)).json.status, 'pending');

  const ended = await call('POST', '/users/terminate_sessions', {
    json: { user_ids: [bo.id], user_logins: [] },
  });
  assert.equal(ended.status, 202);
  assert.equal((await get('/users/me', bo)).status, 401);
  const nobody = { json: { user_ids: ['99'], user_logins: [] } };
  assert.equal((await call('POST', '/users/terminate_sessions', nobody)).status, 404);
});

test('scopes that do not reach to managing are an empty 403', async (t) => {
  const { call, emulator, get } = await boxCalls(t);
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: emulator.token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'root_readwrite',
  });
  const answer = await fetch(`${emulator.url}/oauth2/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const refused = await call('POST', '/users', { token, json: { name: 'x', login: 'x@y.z' } });
  assert.deepEqual([refused.status, refused.bytes.length], [403, 0]);
  assert.match(String(refused.headers['www-authenticate']), /insufficient_scope/);
  assert.equal((await get('/groups', { token })).bytes.length, 0);
});
