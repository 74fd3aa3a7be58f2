import assert from 'node:assert/strict';
import type { OAuth } from '../auth/oauth.ts';
import { newPkce, newState } from '../auth/pkce.ts';

/** Goes through an emulator's consent page as a user who agrees, and exchanges the code for a login. */
export async function logIn(login: OAuth): Promise<void> {
  const redirectUri = 'http://127.0.0.1:9/callback';
  const state = newState();
  const { codeVerifier, codeChallenge } = newPkce();
  const page = login.authorizationUrl({ redirectUri, state, codeChallenge });
  const agreed = await fetch(page, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'grant' }),
    redirect: 'manual',
  });
  const back = new URL(agreed.headers.get('location') ?? '');
  assert.equal(back.searchParams.get('state'), state);
  const code = back.searchParams.get('code') ?? '';
  await login.exchangeCode(code, { redirectUri, codeVerifier });
}
