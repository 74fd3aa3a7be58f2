import type { Database } from './database.ts';

/** Whole trees that change hands. */
export interface Ownership {
  /**
   * Makes an item and all active items below it another user's. What lies in the trash stays with
   * its owner. Sizes and spaces are the caller's to put right.
   *
   * @returns how many bytes the tree's versions take, current and past
   */
  give(topId: number, fromOwnerId: number, toOwnerId: number): number;
  /** Whether a user owns anything, in the trash or not. */
  ownsAnything(userId: number): boolean;
}

const tree = `WITH RECURSIVE tree(id) AS (
  VALUES (?1)
  UNION ALL
  SELECT items.id FROM tree JOIN items
  ON items.parent_id = tree.id AND items.owner_id = ?2 AND items.trashed_at IS NULL
)`;

export function openOwnership({ prepare }: Database): Ownership {
  const bytes = prepare<{ n: number }>(
    `${tree} SELECT
       (SELECT coalesce(sum(size), 0) FROM items WHERE kind = 1 AND id IN tree) +
       (SELECT coalesce(sum(size), 0) FROM versions WHERE file_id IN tree) AS n`,
  );
  const give = prepare(`${tree} UPDATE items SET owner_id = ?3 WHERE id IN tree`);
  const anyOwned = prepare<{ id: number }>(
    `SELECT id FROM items WHERE parent_id = 0 AND owner_id = ?1 AND trashed_at IS NULL
     UNION ALL SELECT id FROM items WHERE owner_id = ?1 AND trashed_at IS NOT NULL LIMIT 1`,
  );
  return {
    give: (topId, fromOwnerId, toOwnerId) => {
      const used = bytes.get(topId, fromOwnerId)?.n ?? 0;
      give.run(topId, fromOwnerId, toOwnerId);
      return used;
    },
    ownsAnything: (userId) => anyOwned.get(userId) !== undefined,
  };
}
