/** Whether the emulator's database agrees with itself, read past the emulator. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Finding } from './exchange.ts';

/** Each finds rows that must not be, and says what they would mean. */
const FAULTS: Readonly<Record<string, string>> = {
  'active items whose folder is not there': `
    SELECT i.id, i.name FROM items i WHERE i.trashed_at IS NULL AND i.parent_id <> 0
      AND NOT EXISTS (SELECT 1 FROM items p WHERE p.id = i.parent_id AND p.kind = 0)`,
  'active items of another owner than their folder': `
    SELECT i.id, i.owner_id, p.owner_id AS folders FROM items i JOIN items p ON p.id = i.parent_id
      WHERE i.trashed_at IS NULL AND i.owner_id <> p.owner_id`,
  'items of owners who are not there': `
    SELECT id, owner_id FROM items WHERE owner_id NOT IN (SELECT id FROM users)`,
  'names twice in a folder': `
    SELECT parent_id, owner_id, folded, count(*) AS n FROM items WHERE trashed_at IS NULL
      GROUP BY parent_id, owner_id, folded HAVING n > 1`,
  'folders whose size is not that of what is in them': `
    SELECT f.id, f.size, (SELECT coalesce(sum(c.size), 0) FROM items c
      WHERE c.parent_id = f.id AND c.trashed_at IS NULL) AS summed
      FROM items f WHERE f.kind = 0 AND f.size <> summed`,
  'users whose root folder has another size than what is in it': `
    SELECT u.id, u.root_size, (SELECT coalesce(sum(c.size), 0) FROM items c
      WHERE c.parent_id = 0 AND c.owner_id = u.id AND c.trashed_at IS NULL) AS summed
      FROM users u WHERE u.root_size <> summed`,
  'users whose space is not what their versions take': `
    SELECT u.id, u.space_used,
      (SELECT coalesce(sum(size), 0) FROM items WHERE kind = 1 AND owner_id = u.id) +
      (SELECT coalesce(sum(v.size), 0) FROM versions v JOIN items i ON i.id = v.file_id
        WHERE i.owner_id = u.id) AS summed
      FROM users u WHERE u.space_used <> summed`,
  'shared links that their item does not know of, or the other way round': `
    SELECT i.id FROM items i LEFT JOIN shared_links l ON l.item_id = i.id
      WHERE (i.is_shared = 1) <> (l.item_id IS NOT NULL)`,
  'folders that are in themselves': `
    WITH RECURSIVE way(id, parent_id, depth) AS (
      SELECT id, parent_id, 0 FROM items
      UNION ALL SELECT way.id, p.parent_id, depth + 1 FROM way JOIN items p ON p.id = way.parent_id
        WHERE depth < 200)
    SELECT id FROM way WHERE depth >= 200`,
};

/** Columns that name an item, in whatever table; rows of these tables outlive their items. */
const ITEM_COLUMNS = ['item_id', 'file_id', 'folder_id'];
const OUTLIVE = new Set([
  'events',
  'upload_sessions',
  'zip_downloads',
  'zip_items',
  'search_waiting',
]);

/** @throws Finding that names the first disagreement */
export function checkDatabase(dataDir: string): void {
  const db = new DatabaseSync(join(dataDir, 'box.sqlite'), { readOnly: true });
  try {
    const [first] = db.prepare('PRAGMA integrity_check').all();
    if (first?.integrity_check !== 'ok')
      throw new Finding(`the database is broken: ${show(first)}`);
    for (const [meaning, query] of Object.entries({ ...FAULTS, ...leftBehind(db) })) {
      const rows = db.prepare(query).all();
      if (rows.length > 0) throw new Finding(`${meaning}: ${show(rows.slice(0, 3))}`);
    }
    checkBlobs(db, dataDir);
  } finally {
    db.close();
  }
}

/** Rows that hang on items which are gone. */
function leftBehind(db: DatabaseSync): Record<string, string> {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const faults: Record<string, string> = {};
  for (const { name } of tables) {
    const table = String(name);
    if (OUTLIVE.has(table) || table === 'items') continue;
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
    for (const column of columns.map((row) => String(row.name))) {
      if (!ITEM_COLUMNS.includes(column)) continue;
      faults[`rows of ${table} whose ${column} is gone`] = `
        SELECT * FROM ${table} WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT id FROM items)`;
    }
  }
  return faults;
}

/** Whatever any version has is in the store, byte for byte. */
function checkBlobs(db: DatabaseSync, dataDir: string): void {
  const rows = db.prepare(
    'SELECT sha1 FROM items WHERE sha1 IS NOT NULL UNION SELECT sha1 FROM versions',
  );
  for (const { sha1 } of rows.all()) {
    const name = String(sha1);
    const path = join(dataDir, 'blobs', name.slice(0, 2), name);
    if (!existsSync(path)) throw new Finding(`the contents ${name} are not in the store`);
    const actual = createHash('sha1').update(readFileSync(path)).digest('hex');
    if (actual !== name) throw new Finding(`the contents ${name} have changed to ${actual}`);
  }
}

const show = (value: unknown): string => JSON.stringify(value);
