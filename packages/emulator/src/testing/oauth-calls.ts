import { createPrivateKey, randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { AppConfig } from '../auth/apps.ts';
import type { Emulator } from '../emulator.ts';

/** Calls of Box's OAuth endpoints for tests: forms in, status and JSON out. */
export interface OAuthAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any member of Box's JSON
  json: any;
}

export type Fields = Record<string, string>;

/** `POST /oauth2/token` with the app's id and secret, unless the fields say otherwise. */
export function requestToken(
  emulator: Emulator,
  fields: Fields,
  path = '/oauth2/token',
): Promise<OAuthAnswer> {
  const { clientID: client_id, clientSecret: client_secret } = emulator.app;
  return postForm(`${emulator.url}${path}`, { client_id, client_secret, ...fields });
}

export async function postForm(
  url: string,
  fields: Fields,
  headers: Fields = {},
): Promise<OAuthAnswer> {
  const body = new URLSearchParams(fields);
  const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

export const REDIRECT_URI = 'http://127.0.0.1:53682/callback';

/** Grants access on the consent page and returns where the browser is sent. */
export async function decide(emulator: Emulator, fields: Fields = {}): Promise<URL> {
  const answer = await postForm(`${emulator.url}/api/oauth2/authorize`, {
    response_type: 'code',
    client_id: emulator.app.clientID,
    redirect_uri: REDIRECT_URI,
    decision: 'grant',
    ...fields,
  });
  return new URL(answer.headers.get('location') ?? 'none:');
}

/** Asks for a pair of tokens by way of the consent page. */
export async function signIn(emulator: Emulator, fields: Fields = {}): Promise<OAuthAnswer> {
  const code = (await decide(emulator, fields)).searchParams.get('code') ?? '';
  return requestToken(emulator, { grant_type: 'authorization_code', code });
}

/** Signs an assertion as Box's SDKs do; claims and header may be changed, or left out by `undefined`. */
export async function signAssertion(
  emulator: Emulator,
  claims: JWTPayload = {},
  header: { alg?: string; kid?: string } = {},
  config?: AppConfig,
): Promise<string> {
  const { boxAppSettings } = config ?? (await emulator.appConfig());
  const { privateKey, passphrase } = boxAppSettings.appAuth;
  const payload = {
    iss: boxAppSettings.clientID,
    sub: emulator.enterpriseId,
    box_sub_type: 'enterprise',
    aud: 'https://api.box.com/oauth2/token',
    jti: randomBytes(20).toString('hex'),
    exp: Math.floor(emulator.clock.now() / 1000) + 45,
    ...claims,
  };
  const given = Object.fromEntries(
    Object.entries(payload).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(given)
    .setProtectedHeader({ alg: 'RS512', ...header })
    .sign(createPrivateKey({ key: privateKey, passphrase }));
}

/** `POST /oauth2/token` with an assertion. */
export function requestByAssertion(emulator: Emulator, assertion: string): Promise<OAuthAnswer> {
  return requestToken(emulator, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
  });
}
