import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';

/** What users marked as their favorites. */
export interface Favorites {
  /** The id of a user's collection, made at the first call. */
  collectionOf(userId: number): number;
  has(userId: number, itemId: number): boolean;
  add(userId: number, itemId: number): void;
  remove(userId: number, itemId: number): void;
  /** A user's favorites that are not in the trash themselves, the latest first. */
  of(userId: number): ItemRow[];
  /** An item is gone for good. */
  forgetItem(itemId: number): void;
}

/** @param takeId gives a new id */
export function openFavorites({ prepare, transaction }: Database, takeId: () => number): Favorites {
  const collection = prepare<{ id: number }>('SELECT id FROM collections WHERE user_id = ?');
  const make = prepare('INSERT INTO collections VALUES (?, ?)');
  const has = prepare<{ item_id: number }>(
    'SELECT item_id FROM favorites WHERE user_id = ? AND item_id = ?',
  );
  const add = prepare('INSERT OR IGNORE INTO favorites (user_id, item_id) VALUES (?, ?)');
  const remove = prepare('DELETE FROM favorites WHERE user_id = ? AND item_id = ?');
  const list = prepare<ItemRow>(
    `SELECT items.* FROM favorites JOIN items ON items.id = favorites.item_id
     WHERE user_id = ? AND trashed_at IS NULL ORDER BY position DESC`,
  );
  const forget = prepare('DELETE FROM favorites WHERE item_id = ?');
  return {
    collectionOf: (userId) =>
      collection.get(userId)?.id ??
      transaction(() => {
        // Another process may have been first.
        const there = collection.get(userId);
        if (there) return there.id;
        const id = takeId();
        make.run(id, userId);
        return id;
      }),
    has: (userId, itemId) => has.get(userId, itemId) !== undefined,
    add: (userId, itemId) => {
      add.run(userId, itemId);
    },
    remove: (userId, itemId) => {
      remove.run(userId, itemId);
    },
    of: (userId) => list.all(userId),
    forgetItem: (itemId) => {
      forget.run(itemId);
    },
  };
}
