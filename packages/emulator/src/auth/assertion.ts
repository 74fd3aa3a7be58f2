import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader, errors, type JWTPayload } from 'jose';
import type { App, AppKey } from './apps.ts';
import type { Authority } from './authority.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';
import { requireSubject } from './subject.ts';

/** The only audience that Box takes, whatever the host. */
export const AUDIENCE = 'https://api.box.com/oauth2/token';
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const MOST_LIFE_SECONDS = 60;

/**
 * Checks a JWT assertion as Box does and uses up its `jti`.
 *
 * https://developer.box.com/guides/authentication/jwt/without-sdk/
 *
 * @returns the user whom the token is for
 * @throws OAuthError with Box's descriptions, from which clients tell a wrong clock from a wrong key
 */
export async function acceptAssertion(
  authority: Authority,
  app: App,
  assertion: string | undefined,
): Promise<number> {
  if (assertion === undefined) {
    throw new OAuthError('invalid_request', 'assertion parameter missing');
  }
  const claims = await verifiedClaims(assertion, authority.apps.keys(app.clientId));
  if (claims.iss !== app.clientId) throw invalidGrant("Please check the 'iss' claim.");
  if (claims.aud !== AUDIENCE) throw invalidGrant("Please check the 'aud' claim.");
  const userId = requireSubject(authority.store, app, subjectType(claims), claims.sub, 'jwt');
  const expiresAt = requireExpiry(claims.exp, authority.store.nowSeconds());
  useUpJti(authority, app, claims.jti, expiresAt);
  return userId;
}

async function verifiedClaims(assertion: string, keys: readonly AppKey[]): Promise<JWTPayload> {
  const { kid, alg } = headerOf(assertion);
  if (alg === undefined || !ALGORITHMS.includes(alg)) {
    throw invalidGrant("Please check the 'alg' header. Use one of RS256, RS384 and RS512.");
  }
  // Some SDKs name no key: then any of the app's may be the one.
  const candidates = kid === undefined ? keys : keys.filter((key) => key.id === kid);
  for (const key of candidates) {
    if (await isSignedBy(assertion, key)) return decodeJwt(assertion);
  }
  throw invalidGrant(
    'Signature verification error. The public key identified by "kid" must correspond to the private key used for signing.',
  );
}

function headerOf(assertion: string): { kid?: string | undefined; alg?: string | undefined } {
  try {
    decodeJwt(assertion);
    return decodeProtectedHeader(assertion);
  } catch (error) {
    throw Object.assign(invalidGrant('The assertion is not a JSON web token'), { cause: error });
  }
}

async function isSignedBy(assertion: string, key: AppKey): Promise<boolean> {
  try {
    await compactVerify(assertion, createPublicKey(key.pem), { algorithms: ALGORITHMS });
    return true;
  } catch (error) {
    // A signature that is wrong, or a header that nothing here understands.
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

/** Box takes a subject for a user unless the claim says otherwise. */
function subjectType(claims: JWTPayload): string {
  const type = claims.box_sub_type;
  return typeof type === 'string' ? type : 'user';
}

function requireExpiry(exp: unknown, nowSeconds: number): number {
  const where = "Please check the 'exp' claim.";
  if (exp === undefined) throw invalidGrant(where);
  if (typeof exp !== 'number' || !Number.isInteger(exp)) {
    throw invalidGrant(`${where} Should be an integer`);
  }
  if (exp <= nowSeconds) {
    throw invalidGrant(
      "Current date/time MUST be before the expiration date/time listed in the 'exp' claim",
    );
  }
  if (exp > nowSeconds + MOST_LIFE_SECONDS) {
    throw invalidGrant(
      `${where} The 'exp' value exceeds the maximum value of 60 seconds beyond the issue time.`,
    );
  }
  return exp;
}

function useUpJti({ store }: Authority, app: App, jti: unknown, expiresAt: number): void {
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 128) {
    throw invalidGrant("Please check the 'jti' claim.");
  }
  const isNew = store.transaction(() => {
    store.db.prepare('DELETE FROM assertion_ids WHERE expires_at <= ?').run(store.nowSeconds());
    const inserted = store.db
      .prepare('INSERT OR IGNORE INTO assertion_ids VALUES (?, ?, ?)')
      .run(app.clientId, jti, expiresAt);
    return Number(inserted.changes) > 0;
  });
  if (!isNew) {
    throw invalidGrant("Please check the 'jti' claim. A unique 'jti' value is required.");
  }
}
