import { rootFolderId } from '../ids.ts';
import type { Database, Statement } from './database.ts';
import type { ItemRow, Kind } from './rows.ts';

/** What a path shows of a folder. */
export interface AncestorRow {
  id: number;
  kind: Kind;
  parent_id: number;
  owner_id: number;
  name: string;
  etag: number;
  sequence_id: number;
  trashed_at: number | null;
}

/** The rows of files, folders and web links, one by one. Ordered lists are in listing.ts. */
export interface Items {
  /** Reserves `count` ids that follow each other, and returns the first. */
  takeIds(count: number): number;
  get(id: number): ItemRow | undefined;
  /** The active item of that name (folded) in a folder, whatever its kind. */
  childNamed(parentId: number, ownerId: number, folded: string): ItemRow | undefined;
  /** The folders above an item of this parent, from the one below the root down to the parent itself. */
  ancestors(parentId: number): AncestorRow[];
  /** Active children, in no order that means anything. */
  children(parentId: number, ownerId: number): ItemRow[];
  hasChildren(parentId: number, ownerId: number): boolean;
  /** Throws SQLite's unique violation when an active item of that name is there. */
  insert(row: ItemRow): void;
  /** Throws SQLite's unique violation as `insert` does. */
  update(id: number, changes: Partial<Omit<ItemRow, 'id'>>): void;
  delete(id: number): void;
  /** The ids of what was deleted then or before, by itself, and is in the trash still. */
  inTrashSince(seconds: number): number[];
  /**
   * Adds `treeBytes` to the size of every folder above, the owner's root among them, and
   * `usedBytes` to what the owner keeps (both may be negative).
   */
  addSize(parentId: number, ownerId: number, treeBytes: number, usedBytes: number): void;
}

/** The columns of `items` in the order of its table. */
const columns = [
  'id',
  'kind',
  'parent_id',
  'owner_id',
  'name',
  'folded',
  'description',
  'size',
  'etag',
  'sequence_id',
  'created_at',
  'modified_at',
  'content_created_at',
  'content_modified_at',
  'created_by',
  'modified_by',
  'trashed_at',
  'version_id',
  'version_number',
  'version_created_at',
  'version_by',
  'sha1',
  'url',
  'is_shared',
  'tags',
  'lock',
  'settings',
] as const satisfies (keyof ItemRow)[];

/** @param addSpace adds to what a user keeps, and to what lies under the user's root folder */
export function openItems(
  database: Database,
  addSpace: (ownerId: number, usedBytes: number, treeBytes: number) => void,
): Items {
  const take = database.prepare<{ value: number }>(
    "UPDATE sequences SET value = value + ? WHERE name = 'item' RETURNING value",
  );
  const byId = database.prepare<ItemRow>('SELECT * FROM items WHERE id = ?');
  const byName = database.prepare<ItemRow>(
    `SELECT * FROM items
     WHERE parent_id = ? AND owner_id = ? AND folded = ? AND trashed_at IS NULL`,
  );
  const ancestor = database.prepare<AncestorRow>(
    'SELECT id, kind, parent_id, owner_id, name, etag, sequence_id, trashed_at FROM items WHERE id = ?',
  );
  const children = database.prepare<ItemRow>(
    'SELECT * FROM items WHERE parent_id = ? AND owner_id = ? AND trashed_at IS NULL',
  );
  const anyChild = database.prepare<{ id: number }>(
    'SELECT id FROM items WHERE parent_id = ? AND owner_id = ? AND trashed_at IS NULL LIMIT 1',
  );
  const insert = database.prepare(
    `INSERT INTO items (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const update = updates(database);
  const remove = database.prepare('DELETE FROM items WHERE id = ?');
  const inTrashSince = database.prepare<{ id: number }>(
    'SELECT id FROM items WHERE trashed_at <= ? ORDER BY trashed_at, id',
  );
  const grow = database.prepare<{ parent_id: number }>(
    'UPDATE items SET size = size + ? WHERE id = ? RETURNING parent_id',
  );
  return {
    takeIds: (count) => {
      const row = take.get(count);
      if (!row) throw new Error('the store has no sequence of item ids');
      return row.value - count + 1;
    },
    get: (id) => byId.get(id),
    childNamed: (parentId, ownerId, folded) => byName.get(parentId, ownerId, folded),
    ancestors: (parentId) => {
      const path: AncestorRow[] = [];
      for (let id = parentId; id !== rootFolderId; ) {
        const row = ancestor.get(id);
        if (!row) break;
        path.push(row);
        id = row.parent_id;
      }
      return path.reverse();
    },
    children: (parentId, ownerId) => children.all(parentId, ownerId),
    hasChildren: (parentId, ownerId) => anyChild.get(parentId, ownerId) !== undefined,
    insert: (row) => {
      insert.run(...columns.map((column) => row[column]));
    },
    update,
    delete: (id) => {
      remove.run(id);
    },
    inTrashSince: (seconds) => inTrashSince.all(seconds).map(({ id }) => id),
    addSize: (parentId, ownerId, treeBytes, usedBytes) => {
      for (let id = treeBytes === 0 ? rootFolderId : parentId; id !== rootFolderId; ) {
        const row = grow.get(treeBytes, id);
        if (!row) break;
        id = row.parent_id;
      }
      if (treeBytes !== 0 || usedBytes !== 0) addSpace(ownerId, usedBytes, treeBytes);
    },
  };
}

/** One prepared statement for each set of columns that is ever changed together. */
function updates(database: Database): Items['update'] {
  const statements = new Map<string, Statement<never>>();
  return (id, changes) => {
    const names = columns.filter((column) => column !== 'id' && changes[column] !== undefined);
    if (names.length === 0) return;
    const key = names.join();
    let statement = statements.get(key);
    if (!statement) {
      const assignments = names.map((name) => `${name} = ?`).join(', ');
      statement = database.prepare(`UPDATE items SET ${assignments} WHERE id = ?`);
      statements.set(key, statement);
    }
    const values = names.map((name) => changes[name as keyof typeof changes] ?? null);
    statement.run(...values, id);
  };
}
