/** Box's own SDK for Node, unmodified, gets its tokens from the emulator by every way it has. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { BoxCcgAuth, BoxJwtAuth, BoxOAuth, CcgConfig, JwtConfig, OAuthConfig } from 'box-node-sdk';
import type { Authentication } from 'box-node-sdk/networking/auth';
import { type Emulator, startEmulator } from '../emulator.ts';
import { decide, REDIRECT_URI } from '../testing/oauth-calls.ts';
import { sdkWith } from '../testing/sdk.ts';

async function running(t: TestContext): Promise<Emulator> {
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  return emulator;
}

async function whoIs(emulator: Emulator, auth: Authentication): Promise<string> {
  return (await sdkWith(emulator, auth).users.getUserMe()).id;
}

test('JWT: as the service account and as a user, again after the token has expired', async (t) => {
  const emulator = await running(t);
  const config = JwtConfig.fromConfigJsonString(JSON.stringify(await emulator.appConfig()));
  const auth = new BoxJwtAuth({ config });
  assert.equal(await whoIs(emulator, auth), emulator.serviceAccountUserId);
  emulator.expireTokens();
  assert.equal(await whoIs(emulator, auth), emulator.serviceAccountUserId);
  const asUser = auth.withUserSubject(emulator.adminUserId);
  assert.equal(await whoIs(emulator, asUser), emulator.adminUserId);
});

test('client credentials, downscoped and revoked', async (t) => {
  const emulator = await running(t);
  const { clientID: clientId, clientSecret } = emulator.app;
  const config = new CcgConfig({ clientId, clientSecret, userId: emulator.adminUserId });
  const auth = new BoxCcgAuth({ config });
  const client = sdkWith(emulator, auth);
  assert.equal((await client.users.getUserMe()).id, emulator.adminUserId);

  const { '/in': folder } = await emulator.seed({ '/in/a.txt': 'a' });
  const downscoped = await auth.downscopeToken(
    ['item_preview'],
    `https://api.box.com/2.0/folders/${folder?.id}`,
    undefined,
    client.networkSession,
  );
  assert.equal(downscoped.restrictedTo?.[0]?.scope, 'item_preview');
  const headers = { authorization: `Bearer ${downscoped.accessToken}` };
  const inside = await fetch(`${emulator.url}/2.0/folders/${folder?.id}/items`, { headers });
  assert.equal(inside.status, 200);
  const outside = await fetch(`${emulator.url}/2.0/folders/0/items`, { headers });
  assert.equal(outside.status, 403);

  await auth.revokeToken(client.networkSession);
  const after = await fetch(`${emulator.url}/2.0/folders/${folder?.id}/items`, { headers });
  assert.equal(after.status, 401);
});

test('OAuth: the code is exchanged, and the pair renewed when it has expired', async (t) => {
  const emulator = await running(t);
  const { clientID: clientId, clientSecret } = emulator.app;
  const auth = new BoxOAuth({ config: new OAuthConfig({ clientId, clientSecret }) });
  const { networkSession } = sdkWith(emulator, auth);
  const page = new URL(auth.getAuthorizeUrl({ redirectUri: REDIRECT_URI, state: 's' }));
  const back = await decide(emulator, Object.fromEntries(page.searchParams));
  const code = back.searchParams.get('code') ?? '';
  await auth.getTokensAuthorizationCodeGrant(code, networkSession);
  assert.equal(await whoIs(emulator, auth), emulator.adminUserId);
  emulator.expireTokens();
  assert.equal(await whoIs(emulator, auth), emulator.adminUserId);
});
