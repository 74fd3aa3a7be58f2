import type { Database } from './database.ts';

/** Things of Box's apps, such as hubs, with the items that belong to them. */
export const appItemSchema = `
CREATE TABLE app_items (
  id INTEGER PRIMARY KEY,
  application_type TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE             -- the last part of its shared link
);
CREATE TABLE app_item_associations (
  id INTEGER PRIMARY KEY,
  app_item_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL
);
CREATE INDEX app_items_of_items ON app_item_associations (item_id, id);
CREATE TRIGGER app_items_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM app_item_associations WHERE item_id = OLD.id;
END;
`;

/** The tables that hold app items. */
export const appItemTables = ['app_items', 'app_item_associations'];

interface AppItemRow {
  id: number;
  /** `hubs`. */
  application_type: string;
  token: string;
}

/** That an item belongs to an app item. */
interface AppItemAssociationRow {
  id: number;
  app_item_id: number;
  application_type: string;
}

export interface AppItems {
  add(appItem: AppItemRow): void;
  associate(association: { id: number; appItemId: number; itemId: number }): void;
  byToken(token: string): AppItemRow | undefined;
  /** Those of an item, by id. @param type one type of application, or all */
  ofItem(
    itemId: number,
    type: string | undefined,
    page: { limit: number; afterId: number },
  ): AppItemAssociationRow[];
}

export function openAppItems(database: Database): AppItems {
  const insert = database.prepare('INSERT INTO app_items VALUES (?, ?, ?)');
  const associate = database.prepare('INSERT INTO app_item_associations VALUES (?, ?, ?)');
  const byToken = database.prepare<AppItemRow>('SELECT * FROM app_items WHERE token = ?');
  const ofItem = database.prepare<AppItemAssociationRow>(
    `SELECT s.id, s.app_item_id, a.application_type
     FROM app_item_associations s JOIN app_items a ON a.id = s.app_item_id
     WHERE s.item_id = ?1 AND s.id > ?2 AND (?3 IS NULL OR a.application_type = ?3)
     ORDER BY s.id LIMIT ?4`,
  );
  return {
    add: ({ id, application_type, token }) => {
      insert.run(id, application_type, token);
    },
    associate: ({ id, appItemId, itemId }) => {
      associate.run(id, appItemId, itemId);
    },
    byToken: (token) => byToken.get(token),
    ofItem: (itemId, type, { limit, afterId }) => ofItem.all(itemId, afterId, type ?? null, limit),
  };
}
