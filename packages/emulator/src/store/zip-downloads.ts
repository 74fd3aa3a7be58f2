import type { Database } from './database.ts';

/** A file in a zip, or a folder that holds nothing. */
export interface ZipEntry {
  /** Within the zip, with `/`. */
  path: string;
  /** null: a folder */
  sha1: string | null;
  sizeBytes: number;
  /** Seconds since 1970. */
  modifiedAt: number;
}

interface ZipRow {
  id: string;
  user_id: number;
  enterprise_id: number | null;
  name: string;
  entries: string | null;
  created_at: number;
  started_at: number | null;
  active_at: number | null;
  state: 'in_progress' | 'succeeded' | 'failed';
  total_files: number;
  downloaded_files: number;
  skipped_files: number;
  skipped_folders: number;
}

/** A zip that was asked for, and what became of it. */
export type ZipDownload = Omit<ZipRow, 'entries'>;

/** What is counted while a zip is sent. */
export type ZipProgress = Pick<ZipRow, 'state' | 'downloaded_files' | 'skipped_files'>;

/** Zips to be fetched, once each. */
export interface ZipDownloads {
  add(zip: ZipDownload, entries: readonly ZipEntry[]): void;
  get(id: string): ZipDownload | undefined;
  /** Takes what goes into a zip, for whoever comes first; `undefined` for the others. */
  take(id: string, now: number): ZipEntry[] | undefined;
  /** How many of a user's, and of an enterprise's, have been seen running since a time. */
  countRunning(zip: ZipDownload, since: number): { ofUser: number; ofEnterprise: number };
  note(id: string, progress: ZipProgress, now: number): void;
  /** Forgets those that were asked for before a time. */
  forgetBefore(time: number): void;
}

export function openZipDownloads(database: Database): ZipDownloads {
  const insert = database.prepare(
    'INSERT INTO zip_downloads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const byId = database.prepare<ZipDownload>(
    `SELECT id, user_id, enterprise_id, name, created_at, started_at, active_at, state,
       total_files, downloaded_files, skipped_files, skipped_folders
     FROM zip_downloads WHERE id = ?`,
  );
  const entries = database.prepare<Pick<ZipRow, 'entries'>>(
    'SELECT entries FROM zip_downloads WHERE id = ? AND started_at IS NULL',
  );
  const start = database.prepare(
    'UPDATE zip_downloads SET entries = NULL, started_at = ?1, active_at = ?1 WHERE id = ?2',
  );
  const running = database.prepare<{ ofUser: number; ofEnterprise: number }>(
    `SELECT count(*) FILTER (WHERE user_id = ?1) ofUser,
       count(*) FILTER (WHERE enterprise_id = ?2) ofEnterprise
     FROM zip_downloads
     WHERE started_at IS NOT NULL AND state = 'in_progress' AND active_at >= ?3`,
  );
  const note = database.prepare(
    `UPDATE zip_downloads SET state = ?, downloaded_files = ?, skipped_files = ?, active_at = ?
     WHERE id = ?`,
  );
  const forget = database.prepare('DELETE FROM zip_downloads WHERE created_at < ?');
  return {
    add: (zip, list) => {
      insert.run(
        zip.id,
        zip.user_id,
        zip.enterprise_id,
        zip.name,
        JSON.stringify(list),
        zip.created_at,
        zip.started_at,
        zip.active_at,
        zip.state,
        zip.total_files,
        zip.downloaded_files,
        zip.skipped_files,
        zip.skipped_folders,
      );
    },
    get: (id) => byId.get(id),
    take: (id, now) => {
      const list = entries.get(id)?.entries ?? null;
      if (list === null) return undefined;
      start.run(now, id);
      return JSON.parse(list) as ZipEntry[];
    },
    countRunning: (zip, since) =>
      running.get(zip.user_id, zip.enterprise_id, since) ?? { ofUser: 0, ofEnterprise: 0 },
    note: (id, { state, downloaded_files, skipped_files }, now) => {
      note.run(state, downloaded_files, skipped_files, now, id);
    },
    forgetBefore: (time) => {
      forget.run(time);
    },
  };
}
