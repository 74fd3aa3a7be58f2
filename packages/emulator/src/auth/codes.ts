import { hash } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';
import { hashToken } from './tokens.ts';

/** What a user agreed to on the consent page. */
export interface Consent {
  clientId: string;
  userId: number;
  redirectUri: string;
  scopes: string;
  /** PKCE: base64url of the verifier's SHA-256. */
  challenge: string | undefined;
}

interface CodeRow {
  hash: string;
  client_id: string;
  user_id: number;
  redirect_uri: string;
  scopes: string;
  challenge: string | null;
  expires_at: number;
}

/** What a client brings to exchange a code. */
export interface CodeClaim {
  code: string | undefined;
  clientId: string;
  redirectUri: string | undefined;
  verifier: string | undefined;
}

const CODE_LIFE_SECONDS = 30;

/** Makes a code that can be exchanged once, for half a minute. */
export function issueCode(store: Store, consent: Consent): string {
  const code = store.chance.secret(24);
  store.db
    .prepare('INSERT INTO authorization_codes VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(
      hashToken(code),
      consent.clientId,
      consent.userId,
      consent.redirectUri,
      consent.scopes,
      consent.challenge ?? null,
      store.nowSeconds() + CODE_LIFE_SECONDS,
    );
  return code;
}

/** Exchanges a code, once; one that is refused is not used up. Call it inside a transaction. */
export function redeemCode(store: Store, claim: CodeClaim): { userId: number; scopes: string } {
  const row = store.db
    .prepare('SELECT * FROM authorization_codes WHERE hash = ?')
    .get(hashToken(claim.code ?? '')) as CodeRow | undefined;
  if (row === undefined || row.client_id !== claim.clientId) {
    throw invalidGrant("Auth code doesn't exist or is invalid for the client");
  }
  if (row.expires_at <= store.nowSeconds()) {
    throw invalidGrant('The authorization code has expired');
  }
  if (claim.redirectUri !== undefined && claim.redirectUri !== row.redirect_uri) {
    throw new OAuthError(
      'redirect_uri_mismatch',
      'The redirect URI does not match the one that the code was asked for with',
    );
  }
  if (row.challenge !== null && !isVerifierOf(claim.verifier, row.challenge)) {
    throw invalidGrant('The code verifier does not match the code challenge');
  }
  store.db.prepare('DELETE FROM authorization_codes WHERE hash = ?').run(row.hash);
  return { userId: row.user_id, scopes: row.scopes };
}

function isVerifierOf(verifier: string | undefined, challenge: string): boolean {
  return verifier !== undefined && hash('sha256', verifier, 'base64url') === challenge;
}
