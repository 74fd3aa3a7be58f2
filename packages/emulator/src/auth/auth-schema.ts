import type { DatabaseSync } from 'node:sqlite';

/**
 * What the emulator knows of apps and of what it has handed out. Tokens, codes and refresh tokens are kept as
 * SHA-256 only. Times are whole seconds since 1970.
 *
 * A `grant_id` ties together all that came from one consent or one assertion, so that revoking ends all of it.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS apps (
  client_id TEXT PRIMARY KEY,
  client_secret TEXT NOT NULL,
  enterprise_id INTEGER NOT NULL,
  admin_id INTEGER NOT NULL,
  service_id INTEGER NOT NULL,
  external_id INTEGER NOT NULL,
  grants TEXT NOT NULL,                  -- a JSON array
  redirect_uris TEXT,                    -- a JSON array; null: any loopback address
  made_key TEXT                          -- JSON of the key pair that the emulator made; null: none yet
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS app_keys (
  client_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  pem TEXT NOT NULL,
  PRIMARY KEY (client_id, key_id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS access_tokens (
  hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  enterprise_id INTEGER NOT NULL,        -- of the app
  scopes TEXT NOT NULL,                  -- separated by spaces
  restriction TEXT,                      -- a JSON object, for downscoped tokens
  expires_at INTEGER,                    -- null: never
  grant_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS access_tokens_by_grant ON access_tokens (grant_id);

CREATE TABLE IF NOT EXISTS refresh_tokens (
  hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  grant_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refresh_tokens_by_grant ON refresh_tokens (grant_id);

CREATE TABLE IF NOT EXISTS authorization_codes (
  hash TEXT PRIMARY KEY,
  client_id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL,
  challenge TEXT,                        -- PKCE; null: none was given
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS assertion_ids (
  client_id TEXT NOT NULL,
  jti TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, jti)
) WITHOUT ROWID;
`;

/** Makes the tables where they are not there yet. */
export function createAuthTables(db: DatabaseSync): void {
  db.exec(SCHEMA);
}
