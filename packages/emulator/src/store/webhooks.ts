import type { Database } from './database.ts';

export interface WebhookRow {
  id: number;
  client_id: string;
  created_by: number;
  created_at: number;
  target_type: 'file' | 'folder';
  target_id: number;
  address: string;
  triggers: string;
}

/** A message on its way. */
export interface DeliveryRow {
  id: number;
  client_id: string;
  address: string;
  body: string;
  /** How often it was tried, the try under way included. */
  tries: number;
}

/** What an app's deliveries are signed with; null: not at all. */
interface WebhookKeys {
  primary: string | null;
  secondary: string | null;
}

/** Webhooks, each of one app and one user, and their deliveries. */
export interface Webhooks {
  /** Throws SQLite's unique violation when app and user have one on that target already. */
  insert(row: WebhookRow): void;
  get(id: number): WebhookRow | undefined;
  count(clientId: string, userId: number): number;
  page(clientId: string, userId: number, afterId: number, limit: number): WebhookRow[];
  /** Throws SQLite's unique violation as `insert` does. */
  update(row: WebhookRow): void;
  delete(id: number): void;
  /** Those on any of these items. */
  on(itemIds: readonly number[]): WebhookRow[];
  hasAny(): boolean;
  addDelivery(delivery: Omit<DeliveryRow, 'id' | 'tries'>, atMs: number): void;
  /** Calls back when there is a delivery: in the transaction, which may still fail. */
  onDelivery(listener: () => void): void;
  /** Takes deliveries that are due for a try; nobody else gets them until `untilMs`. */
  claim(nowMs: number, untilMs: number, except: readonly number[], limit: number): DeliveryRow[];
  /** It has arrived, or was given up. */
  forgetDelivery(id: number): void;
  putOff(id: number, untilMs: number, tries: number): void;
  keysOf(clientId: string): WebhookKeys;
  setKeys(clientId: string, keys: WebhookKeys): void;
}

export function openWebhooks({ prepare, transaction }: Database): Webhooks {
  const insert = prepare('INSERT INTO webhooks VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const byId = prepare<WebhookRow>('SELECT * FROM webhooks WHERE id = ?');
  const count = prepare<{ count: number }>(
    'SELECT COUNT(*) AS count FROM webhooks WHERE client_id = ? AND created_by = ?',
  );
  const page = prepare<WebhookRow>(
    'SELECT * FROM webhooks WHERE client_id = ? AND created_by = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const update = prepare(
    'UPDATE webhooks SET target_type = ?, target_id = ?, address = ?, triggers = ? WHERE id = ?',
  );
  const remove = prepare('DELETE FROM webhooks WHERE id = ?');
  const on = prepare<WebhookRow>(
    'SELECT * FROM webhooks WHERE target_id IN (SELECT value FROM json_each(?)) ORDER BY id',
  );
  const any = prepare<{ id: number }>('SELECT id FROM webhooks LIMIT 1');
  const add = prepare(
    'INSERT INTO webhook_deliveries (client_id, address, body, tries, next_try_at) VALUES (?, ?, ?, 0, ?)',
  );
  const due = prepare<{ id: number }>(
    'SELECT id FROM webhook_deliveries WHERE next_try_at <= ? LIMIT 1',
  );
  const claim = prepare<DeliveryRow>(
    `UPDATE webhook_deliveries SET next_try_at = ?, tries = tries + 1
     WHERE id IN (SELECT id FROM webhook_deliveries
       WHERE next_try_at <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?)
     RETURNING id, client_id, address, body, tries`,
  );
  const forget = prepare('DELETE FROM webhook_deliveries WHERE id = ?');
  const putOff = prepare('UPDATE webhook_deliveries SET next_try_at = ?, tries = ? WHERE id = ?');
  const keys = prepare<WebhookKeys>(
    'SELECT primary_key AS "primary", secondary_key AS secondary FROM webhook_keys WHERE client_id = ?',
  );
  const setKeys = prepare('INSERT OR REPLACE INTO webhook_keys VALUES (?, ?, ?)');
  const listeners: (() => void)[] = [];
  return {
    insert: (row) => {
      insert.run(
        row.id,
        row.client_id,
        row.created_by,
        row.created_at,
        row.target_type,
        row.target_id,
        row.address,
        row.triggers,
      );
    },
    get: (id) => byId.get(id),
    count: (clientId, userId) => count.get(clientId, userId)?.count ?? 0,
    page: (clientId, userId, afterId, limit) => page.all(clientId, userId, afterId, limit),
    update: (row) => {
      update.run(row.target_type, row.target_id, row.address, row.triggers, row.id);
    },
    delete: (id) => {
      remove.run(id);
    },
    on: (itemIds) => on.all(JSON.stringify(itemIds)),
    hasAny: () => any.get() !== undefined,
    addDelivery: ({ client_id, address, body }, atMs) => {
      add.run(client_id, address, body, atMs);
      for (const listener of listeners) listener();
    },
    onDelivery: (listener) => {
      listeners.push(listener);
    },
    claim: (nowMs, untilMs, except, limit) => {
      // Looked up without the write lock first: most of the time there is nothing to do.
      if (due.get(nowMs) === undefined) return [];
      return transaction(() => claim.all(untilMs, nowMs, JSON.stringify(except), limit));
    },
    forgetDelivery: (id) => {
      forget.run(id);
    },
    putOff: (id, untilMs, tries) => {
      putOff.run(untilMs, tries, id);
    },
    keysOf: (clientId) => keys.get(clientId) ?? { primary: null, secondary: null },
    setKeys: (clientId, { primary, secondary }) => {
      setKeys.run(clientId, primary, secondary);
    },
  };
}
