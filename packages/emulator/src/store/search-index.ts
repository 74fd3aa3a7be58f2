import type { Condition } from './condition.ts';
import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';

/** What an item is found by; Box's names for them. */
export const searchColumns = ['name', 'description', 'file_content', 'comments', 'tags'] as const;
export type SearchColumn = (typeof searchColumns)[number];

/** The words of all items. */
export interface SearchIndex {
  /** Some of the items whose words are not up to date. */
  waiting(limit: number): number[];
  /** Writes an item's words anew; `undefined`: the item is gone. */
  put(itemId: number, texts: Readonly<Record<SearchColumn, string>> | undefined): void;
  /** What a file's comments say. */
  commentsOn(fileId: number): string;
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
  const waiting = database.prepare<{ item_id: number }>(
    'SELECT item_id FROM search_waiting LIMIT ?',
  );
  const done = database.prepare('DELETE FROM search_waiting WHERE item_id = ?');
  const put = database.prepare(
    `INSERT OR REPLACE INTO search_index (rowid, ${searchColumns.join(', ')}, everything)
     VALUES (?, ${searchColumns.map(() => '?').join(', ')}, 'x')`,
  );
  const remove = database.prepare('DELETE FROM search_index WHERE rowid = ?');
  const comments = database.prepare<{ message: string }>(
    'SELECT message FROM comments WHERE file_id = ?',
  );
  return {
    waiting: (limit) => waiting.all(limit).map((row) => row.item_id),
    put: (itemId, texts) => {
      if (texts) put.run(itemId, ...searchColumns.map((column) => texts[column]));
      else remove.run(itemId);
      done.run(itemId);
    },
    commentsOn: (fileId) =>
      comments
        .all(fileId)
        .map(({ message }) => message)
        .join('\n'),
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
