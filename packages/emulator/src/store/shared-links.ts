import type { Database } from './database.ts';
import type { SharedLinkRow } from './rows.ts';

/** The shared links, one an item at most. */
export interface SharedLinks {
  of(itemId: number): SharedLinkRow | undefined;
  /** By the last part of its URL: the token, or the vanity name. */
  find(tokenOrVanityName: string): SharedLinkRow | undefined;
  /** Makes an item's link or replaces it. */
  put(link: SharedLinkRow): void;
  delete(itemId: number): void;
  countDownload(itemId: number): void;
}

export function openSharedLinks(database: Database): SharedLinks {
  const byItem = database.prepare<SharedLinkRow>('SELECT * FROM shared_links WHERE item_id = ?');
  const byToken = database.prepare<SharedLinkRow>('SELECT * FROM shared_links WHERE token = ?');
  const byVanityName = database.prepare<SharedLinkRow>(
    'SELECT * FROM shared_links WHERE vanity_name = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO shared_links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM shared_links WHERE item_id = ?');
  const download = database.prepare(
    'UPDATE shared_links SET download_count = download_count + 1 WHERE item_id = ?',
  );
  return {
    of: (itemId) => byItem.get(itemId),
    find: (name) => byToken.get(name) ?? byVanityName.get(name),
    put: (link) => {
      put.run(
        link.item_id,
        link.token,
        link.access,
        link.password,
        link.vanity_name,
        link.unshared_at,
        link.can_download,
        link.can_edit,
        link.download_count,
        link.preview_count,
      );
    },
    delete: (itemId) => {
      remove.run(itemId);
    },
    countDownload: (itemId) => {
      download.run(itemId);
    },
  };
}
