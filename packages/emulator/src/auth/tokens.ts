import { hash } from 'node:crypto';
import type { Restriction } from '../box.ts';
import type { Store } from '../store/store.ts';

/** All that an app may have been given; Box's words. https://developer.box.com/guides/api-calls/permissions-and-errors/scopes/ */
export const ALL_SCOPES =
  'root_readwrite manage_managed_users manage_app_users manage_groups manage_webhook manage_enterprise_properties manage_data_retention manage_legal_holds enterprise_content';

/** An access token as it is kept. */
export interface AccessTokenRow {
  hash: string;
  client_id: string;
  user_id: number;
  enterprise_id: number;
  scopes: string;
  restriction: string | null;
  expires_at: number | null;
  grant_id: string;
}

/** Whose access an access or refresh token gives, and to what. */
export interface Access {
  clientId: string;
  userId: number;
  enterpriseId: number;
  scopes: string;
  /** Ties tokens together that end together. */
  grantId: string;
  restriction?: Restriction;
}

/** A refresh token as it is kept. */
interface RefreshTokenRow {
  hash: string;
  client_id: string;
  user_id: number;
  scopes: string;
  expires_at: number;
  grant_id: string;
}

/** The tokens that were handed out. Only hashes are kept: a token itself is known to whoever got it. */
export interface Tokens {
  /** Makes `token` an access token that never expires. */
  addEternal(token: string, access: Omit<Access, 'grantId'>): void;
  /** Hands out an access token that lives so many seconds. */
  issueAccess(access: Access, lifeSeconds: number): string;
  /** Hands out a refresh token of 60 days. */
  issueRefresh(access: Access): string;
  /** The token, if it was handed out, has not expired and was not revoked. */
  findAccess(tokenHash: string): AccessTokenRow | undefined;
  /** The refresh token as it is kept, expired or not; `undefined` once it has been used. */
  findRefresh(token: string): RefreshTokenRow | undefined;
  /** A refresh token works once. */
  useUpRefresh(tokenHash: string): void;
  /** Ends a token of either kind with everything of the same grant; of a downscoped one, only itself. */
  revoke(token: string): void;
  /** From now on the access token is refused; an eternal one is left alone, and `false` returned. */
  expireAccess(tokenHash: string): boolean;
  /** From now on every access token is refused but the eternal ones. */
  expireAll(): void;
}

const REFRESH_LIFE_SECONDS = 60 * 24 * 60 * 60;

/** SHA-256 of a token, hex: the only form in which it is kept. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}

export function openTokens(store: Store): Tokens {
  const { db } = store;
  const insertAccess = db.prepare(
    'INSERT OR REPLACE INTO access_tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertRefresh = db.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?, ?)');
  const findAccess = db.prepare(
    'SELECT * FROM access_tokens WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)',
  );
  const findRefresh = db.prepare('SELECT * FROM refresh_tokens WHERE hash = ?');
  const deleteRefresh = db.prepare('DELETE FROM refresh_tokens WHERE hash = ?');
  const deleteAccess = db.prepare('DELETE FROM access_tokens WHERE hash = ?');
  const deleteAccessGrant = db.prepare('DELETE FROM access_tokens WHERE grant_id = ?');
  const deleteRefreshGrant = db.prepare('DELETE FROM refresh_tokens WHERE grant_id = ?');
  const deleteExpired = db.prepare('DELETE FROM access_tokens WHERE expires_at < ?');
  const expire = db.prepare(
    'UPDATE access_tokens SET expires_at = 0 WHERE hash = ? AND expires_at IS NOT NULL',
  );
  const access = (tokenHash: string) =>
    findAccess.get(tokenHash, store.nowSeconds()) as AccessTokenRow | undefined;

  function keepAccess(token: string, of: Access, expiresAt: number | null): void {
    insertAccess.run(
      hashToken(token),
      of.clientId,
      of.userId,
      of.enterpriseId,
      of.scopes,
      of.restriction === undefined ? null : JSON.stringify(of.restriction),
      expiresAt,
      of.grantId,
    );
  }

  return {
    addEternal: (token, of) => keepAccess(token, { ...of, grantId: hashToken(token) }, null),
    issueAccess(of, lifeSeconds) {
      const token = `${of.restriction === undefined ? '' : '1!'}${store.chance.secret()}`;
      const now = store.nowSeconds();
      // What expired a day ago only takes room.
      deleteExpired.run(now - 86_400);
      keepAccess(token, of, now + lifeSeconds);
      return token;
    },
    issueRefresh(of) {
      const token = store.chance.secret(48);
      insertRefresh.run(
        hashToken(token),
        of.clientId,
        of.userId,
        of.scopes,
        store.nowSeconds() + REFRESH_LIFE_SECONDS,
        of.grantId,
      );
      return token;
    },
    findAccess: access,
    findRefresh: (token) => findRefresh.get(hashToken(token)) as RefreshTokenRow | undefined,
    useUpRefresh(tokenHash) {
      deleteRefresh.run(tokenHash);
    },
    revoke(token) {
      const tokenHash = hashToken(token);
      store.transaction(() => {
        const found = access(tokenHash);
        if (found?.restriction != null) {
          deleteAccess.run(tokenHash);
          return;
        }
        const refresh = findRefresh.get(tokenHash) as RefreshTokenRow | undefined;
        const grantId = found?.grant_id ?? refresh?.grant_id;
        if (grantId === undefined) return;
        deleteAccessGrant.run(grantId);
        deleteRefreshGrant.run(grantId);
      });
    },
    expireAccess: (tokenHash) => Number(expire.run(tokenHash).changes) > 0,
    expireAll() {
      db.exec('UPDATE access_tokens SET expires_at = 0 WHERE expires_at IS NOT NULL');
    },
  };
}
