import { rootFolderId } from '../ids.ts';
import type { Database } from './database.ts';
import type { Position } from './listing.ts';
import type { ItemRow } from './rows.ts';

/**
 * Pages of a root folder that shows items of other users among its own, always by name. Each half
 * comes in the order of its index and the two are merged, so that a page costs what it holds.
 */
export interface RootListing {
  page(ownerId: number, sharedIds: readonly number[], limit: number, offset: number): ItemRow[];
  after(
    ownerId: number,
    sharedIds: readonly number[],
    after: Position | undefined,
    limit: number,
  ): ItemRow[];
}

const own = `SELECT * FROM items
  WHERE parent_id = ${rootFolderId} AND owner_id = ?1 AND trashed_at IS NULL`;
const shared = 'SELECT * FROM items WHERE id IN (SELECT value FROM json_each(?2))';
const behind = '(kind, folded, id) > (?3, ?4, ?5)';
const start: Position = { kind: -1, folded: '', id: 0 };

export function openRootListing({ prepare }: Database): RootListing {
  const page = prepare<ItemRow>(
    `${own} UNION ALL ${shared} ORDER BY kind, folded, id LIMIT ?3 OFFSET ?4`,
  );
  const after = prepare<ItemRow>(
    `${own} AND ${behind} UNION ALL ${shared} AND ${behind} ORDER BY kind, folded, id LIMIT ?6`,
  );
  return {
    page: (ownerId, ids, limit, offset) => page.all(ownerId, JSON.stringify(ids), limit, offset),
    after: (ownerId, ids, position = start, limit) =>
      after.all(ownerId, JSON.stringify(ids), position.kind, position.folded, position.id, limit),
  };
}
