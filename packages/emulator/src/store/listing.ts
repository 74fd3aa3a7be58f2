import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';

export type SortKey = 'id' | 'name' | 'date' | 'size';
export type SortDirection = 'ASC' | 'DESC';

export interface OffsetPage {
  offset: number;
  limit: number;
  sort: SortKey;
  direction: SortDirection;
}

/** Where a marker page goes on: behind this item, which need not exist any more. */
export interface Position {
  kind: number;
  folded: string;
  id: number;
}

/** Pages of a folder and of the trash. Items come by kind first: folders, files, web links. */
export interface Listing {
  count(parentId: number, ownerId: number): number;
  page(parentId: number, ownerId: number, page: OffsetPage): ItemRow[];
  /** By name, behind `after`: each page costs the same however far in the folder it is. */
  after(parentId: number, ownerId: number, after: Position | undefined, limit: number): ItemRow[];
  trashCount(ownerId: number): number;
  trashPage(ownerId: number, page: OffsetPage): ItemRow[];
  trashAfter(ownerId: number, after: Position | undefined, limit: number): ItemRow[];
}

const sortColumns: Record<SortKey, string> = {
  id: 'id',
  name: 'folded',
  date: 'modified_at',
  size: 'size',
};

const inFolder = 'parent_id = ? AND owner_id = ? AND trashed_at IS NULL';
const inTrash = 'owner_id = ? AND trashed_at IS NOT NULL';
const start: Position = { kind: -1, folded: '', id: 0 };

export function openListing(database: Database): Listing {
  const count = database.prepare<{ n: number }>(
    'SELECT n FROM child_counts WHERE parent_id = ? AND owner_id = ?',
  );
  const trashCount = database.prepare<{ n: number }>(
    `SELECT count(*) n FROM items WHERE ${inTrash}`,
  );
  const after = database.prepare<ItemRow>(
    `SELECT * FROM items WHERE ${inFolder} AND (kind, folded) > (?, ?)
     ORDER BY kind, folded LIMIT ?`,
  );
  const trashAfter = database.prepare<ItemRow>(
    `SELECT * FROM items WHERE ${inTrash} AND (kind, folded, id) > (?, ?, ?)
     ORDER BY kind, folded, id LIMIT ?`,
  );
  const page = sortedPages(database, inFolder);
  const trashPage = sortedPages(database, inTrash);
  return {
    count: (parentId, ownerId) => count.get(parentId, ownerId)?.n ?? 0,
    page: (parentId, ownerId, options) => page(options, parentId, ownerId),
    after: (parentId, ownerId, position = start, limit) =>
      after.all(parentId, ownerId, position.kind, position.folded, limit),
    trashCount: (ownerId) => trashCount.get(ownerId)?.n ?? 0,
    trashPage: (ownerId, options) => trashPage(options, ownerId),
    trashAfter: (ownerId, position = start, limit) =>
      trashAfter.all(ownerId, position.kind, position.folded, position.id, limit),
  };
}

function sortedPages(database: Database, where: string) {
  const prepared = (sort: SortKey, direction: SortDirection) =>
    database.prepare<ItemRow>(
      `SELECT * FROM items WHERE ${where}
       ORDER BY kind, ${sortColumns[sort]} ${direction}, id LIMIT ? OFFSET ?`,
    );
  const bySort = (sort: SortKey) => ({ ASC: prepared(sort, 'ASC'), DESC: prepared(sort, 'DESC') });
  const statements = {
    id: bySort('id'),
    name: bySort('name'),
    date: bySort('date'),
    size: bySort('size'),
  };
  return (page: OffsetPage, ...keys: number[]): ItemRow[] =>
    statements[page.sort][page.direction].all(...keys, page.limit, page.offset);
}
