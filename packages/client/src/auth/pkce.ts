import { createHash, randomBytes } from 'node:crypto';

/** What ties the code of a login to whoever began it. @see https://www.rfc-editor.org/rfc/rfc7636 */
export interface Pkce {
  /** Kept here, and sent with the code. A secret. */
  readonly codeVerifier: string;
  /** Sent with the user to Box's page: the verifier's SHA-256. */
  readonly codeChallenge: string;
}

/**
 * A new verifier and its challenge (method S256).
 *
 * @example
 * ```ts
 * import { BoxClient, memoryStore, newPkce, newState, oauth } from '@boxhaul/client';
 *
 * const { clientID: clientId, clientSecret } = box.app;
 * const login = oauth({ clientId, clientSecret, store: memoryStore() });
 * const user = new BoxClient({ auth: login, baseUrl: box.url });
 * const { codeChallenge, codeVerifier } = newPkce();
 * const redirectUri = 'http://127.0.0.1:8080/callback';
 * console.log('open', login.authorizationUrl({ redirectUri, state: newState(), codeChallenge }));
 * // and with the code that comes back: login.exchangeCode(code, { redirectUri, codeVerifier })
 * console.log(codeVerifier.length);
 * await user.close();
 * ```
 */
export function newPkce(): Pkce {
  const codeVerifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  return { codeVerifier, codeChallenge };
}

/**
 * A new `state`, which the redirect must bring back unchanged.
 *
 * @example
 * ```ts
 * import { newState } from '@boxhaul/client';
 *
 * const state = newState();
 * const callback = new URL(`http://127.0.0.1:8080/callback?code=abc&state=${state}`);
 * if (callback.searchParams.get('state') !== state) throw new Error('not the answer to our question');
 * ```
 */
export function newState(): string {
  return randomBytes(24).toString('base64url');
}
