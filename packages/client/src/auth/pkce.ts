import { createHash, randomBytes } from 'node:crypto';

/** What ties the code of a login to whoever began it. @see https://www.rfc-editor.org/rfc/rfc7636 */
export interface Pkce {
  /** Kept here, and sent with the code. A secret. */
  readonly codeVerifier: string;
  /** Sent with the user to Box's page: the verifier's SHA-256. */
  readonly codeChallenge: string;
}

/** A new verifier and its challenge (method S256). */
export function newPkce(): Pkce {
  const codeVerifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  return { codeVerifier, codeChallenge };
}

/** A new `state`, which the redirect must bring back unchanged. */
export function newState(): string {
  return randomBytes(24).toString('base64url');
}
