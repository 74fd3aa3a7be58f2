import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UnsecuredJWT } from 'jose';
import { startEmulator } from '../emulator.ts';
import { boxCalls } from '../testing/box-calls.ts';
import { postForm, requestToken, signIn } from '../testing/oauth-calls.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

test('a token that is missing, wrong or expired is answered 401 with an empty body', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const expiring = emulator.issueToken({ lifeSeconds: 60 });
  assert.equal((await box.get('/users/me', { token: expiring })).status, 200);
  emulator.clock.advance(61_000);
  for (const token of [expiring, 'wrong']) {
    const { status, headers, bytes } = await box.get('/users/me', { token });
    assert.equal(status, 401);
    assert.equal(bytes.length, 0);
    assert.match(String(headers['www-authenticate']), /error="invalid_token"/);
  }
  const without = await fetch(`${emulator.url}/2.0/users/me`);
  assert.equal(without.status, 401);
  assert.equal(without.headers.get('www-authenticate'), 'Bearer realm="Service"');
  assert.equal(await without.text(), '');
});

test('a token may come in the query', async (t) => {
  const { emulator } = await boxCalls(t);
  const answer = await fetch(`${emulator.url}/2.0/users/me?access_token=${emulator.token}`);
  assert.equal(answer.status, 200);
});

test('expireTokens spares those that never expire', async (t) => {
  const box = await boxCalls(t, { tokens: ['forever', 'forever too'] });
  const issued = box.emulator.issueToken();
  box.emulator.expireTokens();
  assert.equal((await box.get('/users/me', { token: issued })).status, 401);
  assert.equal(box.emulator.token, 'forever');
  assert.equal((await box.get('/users/me')).status, 200);
});

test('revoking ends a pair of tokens, and needs the app’s secret', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const { access_token, refresh_token } = (await signIn(emulator)).json;
  const { clientID: client_id, clientSecret: client_secret } = emulator.app;
  const revoke = (fields: Record<string, string>) =>
    postForm(`${emulator.url}/oauth2/revoke`, { client_id, token: access_token, ...fields });
  assert.equal((await revoke({ client_secret: 'no' })).status, 400);
  assert.equal((await box.get('/users/me', { token: access_token })).status, 200);
  const done = await revoke({ client_secret });
  assert.equal(done.status, 200);
  assert.equal(done.json, '');
  assert.equal((await box.get('/users/me', { token: access_token })).status, 401);
  const renewed = await requestToken(emulator, { grant_type: 'refresh_token', refresh_token });
  assert.equal(renewed.json.error, 'invalid_grant');
});

test('a downscoped token reaches one folder and does no more than its scopes say', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const made = await emulator.seed({ '/in/a.txt': 'a', '/out/b.txt': 'b' });
  const exchange = (fields: Record<string, string>) =>
    postForm(`${emulator.url}/oauth2/token`, {
      grant_type: EXCHANGE,
      subject_token: emulator.token,
      subject_token_type: ACCESS_TOKEN,
      ...fields,
    });
  const { status, json } = await exchange({
    scope: 'item_preview item_download',
    resource: `https://api.box.com/2.0/folders/${made['/in']?.id}`,
  });
  assert.equal(status, 200);
  assert.equal(json.issued_token_type, ACCESS_TOKEN);
  assert.equal(json.restricted_to.length, 2);
  assert.equal(json.restricted_to[0].object.id, made['/in']?.id);
  const token = json.access_token;
  const inside = made['/in/a.txt']?.id ?? '';
  assert.equal((await box.get(`/files/${inside}`, { token })).status, 200);
  assert.equal((await box.get(`/files/${inside}/content`, { token })).status, 302);
  const outside = await box.get(`/files/${made['/out/b.txt']?.id}`, { token });
  assert.deepEqual([outside.status, outside.bytes.length], [403, 0]);
  const refused = await box.call('DELETE', `/files/${inside}`, { token });
  assert.equal(refused.status, 403);
  assert.equal(refused.bytes.length, 0);
  assert.match(String(refused.headers['www-authenticate']), /insufficient_scope/);

  const wider = await exchange({ subject_token: token, scope: 'item_delete' });
  assert.equal(wider.json.error, 'invalid_scope');
  const elsewhere = await exchange({
    subject_token: token,
    scope: 'item_preview',
    resource: `https://api.box.com/2.0/folders/${made['/out']?.id}`,
  });
  assert.equal(elsewhere.json.error, 'invalid_resource');
});

test('permissions are those that the scopes of the token leave, for pages show their buttons by them', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const { '/in': folder, '/in/a.txt': file } = await emulator.seed({ '/in/a.txt': 'a' });
  const allowedTo = async (scope: string, path: string) => {
    const { json } = await postForm(`${emulator.url}/oauth2/token`, {
      grant_type: EXCHANGE,
      subject_token: emulator.token,
      subject_token_type: ACCESS_TOKEN,
      scope,
    });
    const answer = await box.get(`${path}?fields=permissions`, { token: json.access_token });
    const permissions: Record<string, boolean> = answer.json.permissions;
    return Object.keys(permissions).filter((name) => permissions[name]);
  };
  const ofFile = `/files/${file?.id}`;
  assert.deepEqual(await allowedTo('base_explorer', ofFile), []);
  assert.deepEqual(await allowedTo('base_explorer item_preview item_download', ofFile), [
    'can_download',
    'can_preview',
  ]);
  assert.deepEqual(await allowedTo('item_rename item_delete item_share', ofFile), [
    'can_rename',
    'can_delete',
    'can_share',
    'can_set_share_access',
  ]);
  assert.ok((await allowedTo('base_sidebar item_comment', ofFile)).includes('can_comment'));
  assert.deepEqual(await allowedTo('base_explorer base_upload', `/folders/${folder?.id}`), [
    'can_upload',
  ]);
});

test('a downscoped token for reading and uploading does nothing else', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const { '/a.txt': file } = await emulator.seed({ '/a.txt': 'a' });
  const { json } = await postForm(`${emulator.url}/oauth2/token`, {
    grant_type: EXCHANGE,
    subject_token: emulator.token,
    subject_token_type: ACCESS_TOKEN,
    scope: 'item_read item_content_upload',
  });
  const token = json.access_token;
  assert.equal((await box.get(`/files/${file?.id}`, { token })).status, 200);
  const folder = { name: 'new', parent: { id: '0' } };
  assert.equal((await box.call('POST', '/folders', { json: folder, token })).status, 201);
  assert.equal((await box.get(`/files/${file?.id}/content`, { token })).status, 403);
  assert.equal((await box.call('DELETE', `/files/${file?.id}`, { token })).status, 403);
});

test('a downscoped token for a page’s sidebar does what its scopes name alone', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const { '/a.txt': file } = await emulator.seed({ '/a.txt': 'a' });
  const item = { type: 'file', id: file?.id };
  const statuses = async (scope: string) => {
    const { json } = await postForm(`${emulator.url}/oauth2/token`, {
      grant_type: EXCHANGE,
      subject_token: emulator.token,
      subject_token_type: ACCESS_TOKEN,
      scope: `base_sidebar ${scope}`,
    });
    const send = async (method: 'POST' | 'PUT', path: string, body: object) =>
      (await box.call(method, path, { json: body, token: json.access_token })).status;
    return [
      await send('POST', '/comments', { item, message: scope }),
      await send('POST', '/tasks', { item, action: 'review' }),
      await send('PUT', `/files/${file?.id}`, { description: scope }),
      await send('POST', `/files/${file?.id}/metadata/global/properties`, { scope }),
    ];
  };
  assert.deepEqual(await statuses('item_comment'), [201, 403, 403, 403]);
  assert.deepEqual(await statuses('item_task'), [403, 201, 403, 403]);
  assert.deepEqual(await statuses('item_rename'), [403, 403, 200, 403]);
  assert.deepEqual(await statuses('item_upload'), [403, 403, 403, 201]);
});

test('a downscoped token may name somebody without an account, as Box wants it', async (t) => {
  const { emulator } = await boxCalls(t);
  const claims = {
    iss: emulator.app.clientID,
    sub: 'customer-7',
    aud: 'https://api.box.com/oauth2/token',
    box_sub_type: 'external',
    name: 'Ann',
    jti: 'a-number-used-once',
    exp: Math.floor(emulator.clock.now() / 1000) + 45,
  };
  const exchange = async (changed: object, more: Record<string, string> = {}) => {
    const { json } = await postForm(`${emulator.url}/oauth2/token`, {
      grant_type: EXCHANGE,
      subject_token: emulator.token,
      subject_token_type: ACCESS_TOKEN,
      scope: 'annotation_edit',
      actor_token: new UnsecuredJWT({ ...claims, ...changed }).encode(),
      actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      ...more,
    });
    return json.error ?? typeof json.access_token;
  };
  assert.equal(await exchange({}), 'string');
  assert.equal(await exchange({ iss: 'another' }), 'invalid_grant');
  assert.equal(await exchange({ box_sub_type: 'user' }), 'invalid_grant');
  assert.equal(await exchange({ exp: 1 }), 'invalid_grant');
  assert.equal(await exchange({}, { actor_token: 'none' }), 'invalid_grant');
  assert.equal(await exchange({}, { actor_token_type: 'none' }), 'invalid_request');
});

test('an admin acts as another user, and others may not', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const meAs = (userId: string, token: string) =>
    box.get('/users/me', { token, headers: { 'as-user': userId } });
  const asAdmin = await requestToken(emulator, {
    grant_type: 'client_credentials',
    box_subject_type: 'enterprise',
    box_subject_id: emulator.enterpriseId,
  });
  const service = asAdmin.json.access_token;
  assert.equal((await meAs(emulator.adminUserId, service)).json.id, emulator.adminUserId);
  assert.equal((await meAs(emulator.externalUserId, service)).status, 403);
  assert.equal((await meAs(emulator.serviceAccountUserId, emulator.token)).status, 403);
  const guest = emulator.issueToken({ userId: emulator.externalUserId });
  assert.equal((await meAs(emulator.adminUserId, guest)).status, 403);
});

test('tokens, the app and its key outlive the process that made them', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'boxhaul-emulator-test-'));
  try {
    const first = await startEmulator({ dataDir });
    const { json } = await signIn(first);
    const config = await first.appConfig();
    await first.close();

    const second = await startEmulator({ dataDir });
    try {
      assert.equal(second.token, first.token);
      assert.deepEqual(await second.appConfig(), config);
      const me = await fetch(`${second.url}/2.0/users/me`, {
        headers: { authorization: `Bearer ${json.access_token}` },
      });
      assert.equal(me.status, 200);
      const renewed = await requestToken(second, {
        grant_type: 'refresh_token',
        refresh_token: json.refresh_token,
      });
      assert.equal(renewed.status, 200);
    } finally {
      await second.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

test('two emulators on one folder know each other’s tokens at once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'boxhaul-emulator-test-'));
  const [one, two] = [await startEmulator({ dataDir }), await startEmulator({ dataDir })];
  try {
    const { refresh_token } = (await signIn(one)).json;
    const fields = { grant_type: 'refresh_token', refresh_token };
    const answers = await Promise.all([requestToken(one, fields), requestToken(two, fields)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
  } finally {
    await one.close();
    await two.close();
    rmSync(dataDir, { recursive: true });
  }
});
