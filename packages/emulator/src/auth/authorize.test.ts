import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Emulator } from '../emulator.ts';
import { boxCalls } from '../testing/box-calls.ts';
import { decide, type Fields, REDIRECT_URI, requestToken } from '../testing/oauth-calls.ts';

const app = {
  clientID: 'app',
  clientSecret: 'secret',
  enterpriseID: '77',
  enterpriseName: 'Acme <Ltd>',
};

async function openPage(
  emulator: Emulator,
  fields: Fields = {},
): Promise<{ status: number; html: string }> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: emulator.app.clientID,
    redirect_uri: REDIRECT_URI,
    ...fields,
  });
  const answer = await fetch(`${emulator.url}/api/oauth2/authorize?${query}`);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  return { status: answer.status, html: await answer.text() };
}

test('the consent page offers the admin and the external user, and escapes what it shows', async (t) => {
  const { emulator } = await boxCalls(t, { app });
  const { status, html } = await openPage(emulator, { state: '"><script>x</script>' });
  assert.equal(status, 200);
  assert.ok(html.includes(`value="${emulator.adminUserId}" checked`));
  assert.ok(html.includes(`value="${emulator.externalUserId}"`));
  assert.ok(html.includes('Acme &lt;Ltd&gt;'));
  assert.ok(!html.includes('<script>'));
});

test('a refusal goes back to the app with its state', async (t) => {
  const { emulator } = await boxCalls(t);
  const back = await decide(emulator, { decision: 'deny', state: 's1' });
  assert.equal(back.origin + back.pathname, REDIRECT_URI);
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), 's1');
  assert.equal(back.searchParams.get('code'), null);
});

test('the user who was picked is the one whom the token is for', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const back = await decide(emulator, { user_id: emulator.externalUserId });
  const { json } = await requestToken(emulator, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
  });
  const me = await box.get('/users/me', { token: json.access_token });
  assert.equal(me.json.id, emulator.externalUserId);
});

test('where the browser may be sent', async (t) => {
  const redirectURIs = ['https://acme.example/back', 'http://localhost:3000/callback?x=1'];
  const { emulator: registered } = await boxCalls(t, { app: { ...app, redirectURIs } });
  const { emulator: open } = await boxCalls(t, { app });
  const cases: [Emulator, string, number][] = [
    [registered, 'https://acme.example/back', 200],
    [registered, 'https://acme.example/back/', 400],
    [registered, 'https://acme.example:444/back', 400],
    [registered, 'http://localhost:41234/callback?x=1', 200],
    [registered, 'http://localhost:41234/callback', 400],
    [registered, 'http://127.0.0.1:3000/callback?x=1', 400],
    [registered, '', 400],
    [open, 'http://localhost:1/any', 200],
    [open, 'http://[::1]:1/any', 200],
    [open, 'https://acme.example/back', 400],
    [open, 'http://localhost.acme.example/', 400],
    [open, '', 400],
  ];
  for (const [emulator, redirect_uri, expected] of cases) {
    const { status, html } = await openPage(emulator, { redirect_uri });
    assert.equal(status, expected, redirect_uri);
    if (expected === 400) assert.match(html, /redirect_uri_(missing|mismatch)/);
  }
});

test('an unknown app is told so, and nobody is sent anywhere', async (t) => {
  const { emulator } = await boxCalls(t);
  const { status, html } = await openPage(emulator, { client_id: 'nobody' });
  assert.equal(status, 400);
  assert.match(html, /invalid_client/);
});
