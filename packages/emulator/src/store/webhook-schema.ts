/**
 * Webhooks, and what is still to be delivered to their addresses: a row for each message until it has arrived or
 * was tried often enough. Times of deliveries are milliseconds.
 */
export const webhookSchema = `
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY,
  client_id TEXT NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  target_type TEXT NOT NULL,
  target_id INTEGER NOT NULL,
  address TEXT NOT NULL,
  triggers TEXT NOT NULL                 -- a JSON array
);
CREATE UNIQUE INDEX webhooks_by_target ON webhooks (target_id, client_id, created_by);
CREATE INDEX webhooks_by_owner ON webhooks (client_id, created_by, id);

CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id TEXT NOT NULL,               -- whose keys sign it
  address TEXT NOT NULL,
  body TEXT NOT NULL,                    -- exactly as it is sent
  tries INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL
);
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (next_try_at);

CREATE TABLE webhook_keys (
  client_id TEXT PRIMARY KEY,
  primary_key TEXT,                      -- null: no such signature is sent
  secondary_key TEXT
) WITHOUT ROWID;
`;

/** What a reset forgets. */
export const webhookTables = ['webhooks', 'webhook_deliveries'];
