import type { Condition } from './condition.ts';
import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';

/** What an item is found by; Box's names for them. */
export const searchColumns = ['name', 'description', 'file_content', 'comments', 'tags'] as const;
export type SearchColumn = (typeof searchColumns)[number];

/** An item whose words are to be written anew. */
export interface WaitingItem {
  id: number;
  /** null: the item is gone. */
  name: string | null;
  description: string;
  /** A JSON array; null: none. */
  tags: string | null;
  sha1: string | null;
  size: number;
  /** What its comments say; null: there are none. */
  comments: string | null;
}

/** The words of all items. */
export interface SearchIndex {
  /** Some of the items whose words are not up to date, as they are now: always the same ones until they are put. */
  waiting(limit: number): WaitingItem[];
  /** Writes an item's words anew; `undefined`: the item is gone. */
  put(itemId: number, texts: Readonly<Record<SearchColumn, string>> | undefined): void;
  count(match: string | undefined, where: Condition): number;
  /**
   * The items that fit, a page of them.
   *
   * @param match in the language of SQLite's FTS5; `undefined`: words do not matter
   * @param order by relevance when it is left out
   */
  find(match: string | undefined, where: Condition, page: SearchPage): ItemRow[];
}

/** Which of what was found. */
export interface SearchPage {
  order: 'relevance' | 'newest' | 'oldest';
  limit: number;
  offset: number;
}

/** Names count most. */
const rank = 'bm25(search_index, 10, 3, 1, 1, 3, 0)';
const orders: Record<SearchPage['order'], string> = {
  relevance: `${rank}, i.modified_at DESC`,
  newest: 'i.modified_at DESC',
  oldest: 'i.modified_at',
};

export function openSearchIndex(database: Database): SearchIndex {
  const waiting = database.prepare<WaitingItem>(
    `SELECT w.item_id AS id, i.name, i.description, i.tags, i.sha1, i.size,
       (SELECT group_concat(c.message, char(10)) FROM comments c WHERE c.file_id = i.id) AS comments
     FROM search_waiting w LEFT JOIN items i ON i.id = w.item_id ORDER BY w.item_id LIMIT ?`,
  );
  const done = database.prepare('DELETE FROM search_waiting WHERE item_id = ?');
  const put = database.prepare(
    `INSERT OR REPLACE INTO search_index (rowid, ${searchColumns.join(', ')}, everything)
     VALUES (?, ${searchColumns.map(() => '?').join(', ')}, 'x')`,
  );
  const remove = database.prepare('DELETE FROM search_index WHERE rowid = ?');
  return {
    waiting: (limit) => waiting.all(limit),
    put: (itemId, texts) => {
      if (texts) put.run(itemId, ...searchColumns.map((column) => texts[column]));
      else remove.run(itemId);
      done.run(itemId);
    },
    count: (match, where) => {
      const sql = `SELECT count(*) n FROM ${sourceOf(match)} ${where.sql}`;
      const row = database.connection.prepare(sql).get(...valuesOf(match), ...where.values);
      return Number(row?.n);
    },
    find: (match, where, { order, limit, offset }) => {
      const by = match === undefined && order === 'relevance' ? 'newest' : order;
      const sql = `SELECT i.* FROM ${sourceOf(match)} ${where.sql}
        ORDER BY ${orders[by]}, i.id LIMIT ? OFFSET ?`;
      const values = [...valuesOf(match), ...where.values, limit, offset];
      return database.connection.prepare(sql).all(...values) as unknown as ItemRow[];
    },
  };
}

function sourceOf(match: string | undefined): string {
  return match === undefined
    ? 'items i WHERE'
    : 'search_index JOIN items i ON i.id = search_index.rowid WHERE search_index MATCH ? AND';
}

function valuesOf(match: string | undefined): string[] {
  return match === undefined ? [] : [match];
}
