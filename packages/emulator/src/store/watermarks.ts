import type { Database } from './database.ts';

export interface WatermarkRow {
  item_id: number;
  created_at: number;
  modified_at: number;
}

/** Watermarks, one an item at most. */
export interface Watermarks {
  of(itemId: number): WatermarkRow | undefined;
  put(watermark: WatermarkRow): void;
  /** Whether there was one. */
  delete(itemId: number): boolean;
}

export function openWatermarks(database: Database): Watermarks {
  const byItem = database.prepare<WatermarkRow>('SELECT * FROM watermarks WHERE item_id = ?');
  const put = database.prepare('INSERT OR REPLACE INTO watermarks VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM watermarks WHERE item_id = ?');
  return {
    of: (itemId) => byItem.get(itemId),
    put: (watermark) => {
      put.run(watermark.item_id, watermark.created_at, watermark.modified_at);
    },
    delete: (itemId) => remove.run(itemId) > 0,
  };
}
