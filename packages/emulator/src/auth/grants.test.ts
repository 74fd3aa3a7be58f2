import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import {
  decide,
  postForm,
  REDIRECT_URI,
  requestByAssertion,
  requestToken,
  signAssertion,
  signIn,
} from '../testing/oauth-calls.ts';

const credentials = { grant_type: 'client_credentials', box_subject_type: 'enterprise' };

test('a code is exchanged once, for tokens that work', async (t) => {
  const box = await boxCalls(t);
  const back = await decide(box.emulator, { state: 'x y' });
  assert.equal(back.searchParams.get('state'), 'x y');
  const code = back.searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };

  const wrongSecret = await requestToken(box.emulator, { ...fields, client_secret: 'no' });
  assert.equal(wrongSecret.status, 400);
  assert.equal(wrongSecret.json.error, 'invalid_client');
  assert.equal(wrongSecret.json.error_description, 'The client credentials are invalid');

  const { status, json } = await requestToken(box.emulator, fields);
  assert.equal(status, 200);
  const members = ['access_token', 'expires_in', 'restricted_to', 'refresh_token', 'token_type'];
  assert.deepEqual(Object.keys(json), members);
  assert.equal(json.token_type, 'bearer');
  assert.equal(json.expires_in, 3600);
  assert.deepEqual(json.restricted_to, []);
  const me = await box.get('/users/me', { token: json.access_token });
  assert.equal(me.json.id, box.emulator.adminUserId);

  const again = await requestToken(box.emulator, fields);
  assert.equal(again.json.error, 'invalid_grant');
});

test('a code lives thirty seconds', async (t) => {
  const { emulator } = await boxCalls(t);
  const code = (await decide(emulator)).searchParams.get('code') ?? '';
  emulator.clock.advance(31_000);
  const { json } = await requestToken(emulator, { grant_type: 'authorization_code', code });
  assert.deepEqual(json, {
    error: 'invalid_grant',
    error_description: 'The authorization code has expired',
  });
});

test('a code with a challenge needs its verifier, and a wrong one does not use it up', async (t) => {
  const { emulator } = await boxCalls(t);
  const verifier = 'v'.repeat(64);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = (await decide(emulator, { code_challenge })).searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code };
  assert.equal((await requestToken(emulator, fields)).json.error, 'invalid_grant');
  const wrong = await requestToken(emulator, { ...fields, code_verifier: 'w'.repeat(64) });
  assert.equal(wrong.json.error, 'invalid_grant');
  const right = await requestToken(emulator, { ...fields, code_verifier: verifier });
  assert.equal(right.status, 200);
});

test('a refresh token works once, and a refusal does not use it up', async (t) => {
  const { emulator } = await boxCalls(t);
  const { refresh_token } = (await signIn(emulator)).json;
  const fields = { grant_type: 'refresh_token', refresh_token };

  // rclone asks with HTTP Basic first.
  const { clientID, clientSecret } = emulator.app;
  const basic = Buffer.from(`${clientID}:${clientSecret}`).toString('base64');
  const refused = await postForm(`${emulator.url}/api/oauth2/token`, fields, {
    authorization: `Basic ${basic}`,
  });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.error, 'invalid_client');

  const renewed = await requestToken(emulator, fields, '/api/oauth2/token');
  assert.equal(renewed.status, 200);
  assert.notEqual(renewed.json.refresh_token, refresh_token);

  const { json } = await requestToken(emulator, fields);
  assert.deepEqual(json, {
    error: 'invalid_grant',
    error_description: 'Invalid refresh token',
  });
});

test('a refresh token lives sixty days', async (t) => {
  const { emulator } = await boxCalls(t);
  const { refresh_token } = (await signIn(emulator)).json;
  emulator.clock.advance(61 * 86_400_000);
  const { json } = await requestToken(emulator, { grant_type: 'refresh_token', refresh_token });
  assert.equal(json.error_description, 'Refresh token has expired');
});

test('client credentials give the service account, or a user of the enterprise', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const meBy = async (subject: { box_subject_type: string; box_subject_id: string }) => {
    const { json } = await requestToken(emulator, { ...credentials, ...subject });
    return (await box.get('/users/me', { token: json.access_token })).json.id;
  };
  const enterprise = { box_subject_type: 'enterprise', box_subject_id: emulator.enterpriseId };
  assert.equal(await meBy(enterprise), emulator.serviceAccountUserId);
  const user = { box_subject_type: 'user', box_subject_id: emulator.adminUserId };
  assert.equal(await meBy(user), emulator.adminUserId);
});

test('client credentials are refused in Box’s words', async (t) => {
  const { emulator } = await boxCalls(t);
  const wrongs: [Record<string, string>, string, string][] = [
    [{ box_subject_id: '1' }, 'invalid_grant', 'Grant credentials are invalid'],
    [
      { box_subject_type: 'user', box_subject_id: emulator.externalUserId },
      'invalid_grant',
      'Grant credentials are invalid',
    ],
    [
      { box_subject_type: 'group', box_subject_id: '1' },
      'unauthorized_client',
      'The "box_subject_type" value is unauthorized for this client_id',
    ],
    [
      { grant_type: 'password' },
      'invalid_request',
      'Invalid grant_type parameter or parameter missing',
    ],
  ];
  for (const [fields, error, error_description] of wrongs) {
    const { status, json } = await requestToken(emulator, { ...credentials, ...fields });
    assert.equal(status, 400);
    assert.deepEqual(json, { error, error_description });
  }
});

test('an app asks only for what it was registered for', async (t) => {
  const { emulator } = await boxCalls(t, {
    app: {
      clientID: 'only-jwt',
      clientSecret: 'secret',
      enterpriseID: '77',
      enterpriseName: 'Acme',
      grants: ['jwt'],
      admin: { id: '701', name: 'Ann', login: 'ann@acme.example' },
    },
  });
  assert.equal(emulator.enterpriseId, '77');
  assert.equal(emulator.adminUserId, '701');
  const { json } = await requestToken(emulator, { ...credentials, box_subject_id: '77' });
  assert.deepEqual(json, {
    error: 'unauthorized_client',
    error_description: 'The grant type is unauthorized for this client_id',
  });
});

test('an assertion gives the service account or a user, with and without a key id', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const { boxAppSettings } = await emulator.appConfig();
  const user = { sub: emulator.adminUserId, box_sub_type: 'user' };
  const cases = [
    { claims: {}, header: {}, id: emulator.serviceAccountUserId },
    { claims: user, header: { kid: boxAppSettings.appAuth.publicKeyID }, id: emulator.adminUserId },
    { claims: user, header: { alg: 'RS256' }, id: emulator.adminUserId },
  ];
  for (const { claims, header, id } of cases) {
    const assertion = await signAssertion(emulator, claims, header);
    const { status, json } = await requestByAssertion(emulator, assertion);
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(json.refresh_token, undefined);
    assert.equal((await box.get('/users/me', { token: json.access_token })).json.id, id);
  }
});

test('an assertion is verified with each key of the registration', async (t) => {
  const pairs = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const { emulator } = await boxCalls(t, {
    app: {
      clientID: 'registered',
      clientSecret: 'secret',
      enterpriseID: '78',
      enterpriseName: 'Acme',
      publicKeys: pairs.map(({ publicKey }, index) => ({
        id: `key${index}`,
        pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      })),
    },
  });
  const config = (privateKey: string) => ({
    boxAppSettings: {
      clientID: 'registered',
      clientSecret: 'secret',
      appAuth: { publicKeyID: 'key1', privateKey, passphrase: 'p' },
    },
    enterpriseID: '78',
  });
  const second = pairs[1]?.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' })
    .toString();
  for (const [header, status] of [
    [{}, 200],
    [{ kid: 'key1' }, 200],
    [{ kid: 'key0' }, 400],
    [{ kid: 'unknown' }, 400],
  ] as const) {
    const assertion = await signAssertion(emulator, {}, header, config(second ?? ''));
    assert.equal((await requestByAssertion(emulator, assertion)).status, status);
  }
});

test('an assertion is refused with the claim that is wrong', async (t) => {
  const { emulator } = await boxCalls(t);
  const now = () => Math.floor(emulator.clock.now() / 1000);
  const cases: [string, Record<string, unknown>, RegExp][] = [
    ['iss', { iss: 'someone' }, /'iss'/],
    ['aud', { aud: emulator.url }, /'aud'/],
    ['sub', { sub: '1' }, /Please check the 'sub' claim. The 'sub' specified is invalid\./],
    ['no exp', { exp: undefined }, /^Please check the 'exp' claim\.$/],
    ['exp far', { exp: now() + 120 }, /'exp' value exceeds the maximum value of 60 seconds/],
    ['exp past', { exp: now() - 5 }, /^Current date\/time MUST be before the expiration/],
    ['exp broken', { exp: now() + 30.5 }, /'exp' claim. Should be an integer/],
    ['no jti', { jti: undefined }, /^Please check the 'jti' claim\.$/],
    ['jti short', { jti: 'short' }, /'jti'/],
  ];
  for (const [name, claims, description] of cases) {
    const assertion = await signAssertion(emulator, claims);
    const { status, json } = await requestByAssertion(emulator, assertion);
    assert.equal(status, 400, name);
    assert.equal(json.error, 'invalid_grant', name);
    assert.match(json.error_description, description, name);
  }
});

test('an assertion works once', async (t) => {
  const { emulator } = await boxCalls(t);
  const assertion = await signAssertion(emulator);
  assert.equal((await requestByAssertion(emulator, assertion)).status, 200);
  const { json } = await requestByAssertion(emulator, assertion);
  assert.match(json.error_description, /A unique 'jti' value is required/);
});

test('a client whose clock is wrong learns the time from the refusal', async (t) => {
  const { emulator } = await boxCalls(t);
  const assertion = await signAssertion(emulator);
  emulator.clock.advance(3_600_000);
  const { headers, json } = await requestByAssertion(emulator, assertion);
  assert.match(json.error_description, /'exp'/);
  const skewMs = Date.parse(headers.get('date') ?? '') - emulator.clock.now();
  assert.ok(Math.abs(skewMs) <= 2000, `${skewMs}`);
});

test('what is no assertion at all is refused in words', async (t) => {
  const { emulator } = await boxCalls(t);
  // The last two ask for extensions of JWS in their header.
  const critical = ['{"alg":"RS256","crit":["x"]}', '{"alg":"RS256","crit":["b64"],"b64":false}'];
  const signed = critical.map((header) => `${Buffer.from(header).toString('base64url')}.e30.AAAA`);
  for (const assertion of ['', 'x', 'a.b.c', ...signed]) {
    const { status, json } = await requestByAssertion(emulator, assertion);
    assert.equal(status, 400);
    assert.equal(typeof json.error_description, 'string');
  }
});
