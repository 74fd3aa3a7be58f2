import type { Database } from './database.ts';
import type { FileRow, VersionRow } from './rows.ts';

/** The past versions of files; a file's current one is in its own row. */
export interface Versions {
  /** Files the current version of `file` among the past ones, before the file's row changes. */
  keepCurrent(file: FileRow): void;
  get(id: number): VersionRow | undefined;
  count(fileId: number): number;
  /** Newest first. */
  page(fileId: number, offset: number, limit: number): VersionRow[];
  trash(id: number, at: number, by: number): void;
  restore(id: number, at: number, by: number): void;
  /** Forgets every past version of a file, and returns what they held. */
  deleteOf(fileId: number): Pick<VersionRow, 'sha1' | 'size'>[];
  /** Forgets the versions that were deleted then or before. */
  deleteInTrashSince(seconds: number): Pick<VersionRow, 'file_id' | 'sha1' | 'size'>[];
  /** Whether a version of any file, current or past, in the trash or not, has these contents. */
  holdContents(sha1: string): boolean;
}

/** A file's current version in the form of a past one. */
export function currentVersion(file: FileRow): VersionRow {
  return {
    id: file.version_id,
    file_id: file.id,
    number: file.version_number,
    name: file.name,
    sha1: file.sha1,
    size: file.size,
    created_at: file.version_created_at,
    modified_at: file.modified_at,
    created_by: file.version_by,
    trashed_at: null,
    trashed_by: null,
    restored_at: null,
    restored_by: null,
  };
}

export function openVersions(database: Database): Versions {
  const insert = database.prepare(
    'INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL)',
  );
  const byId = database.prepare<VersionRow>('SELECT * FROM versions WHERE id = ?');
  const count = database.prepare<{ n: number }>(
    'SELECT count(*) n FROM versions WHERE file_id = ?',
  );
  const page = database.prepare<VersionRow>(
    'SELECT * FROM versions WHERE file_id = ? ORDER BY number DESC LIMIT ? OFFSET ?',
  );
  const trash = database.prepare(
    `UPDATE versions SET trashed_at = ?, trashed_by = ?, restored_at = NULL, restored_by = NULL
     WHERE id = ?`,
  );
  const restore = database.prepare(
    `UPDATE versions SET trashed_at = NULL, trashed_by = NULL, restored_at = ?, restored_by = ?
     WHERE id = ?`,
  );
  const deleteOf = database.prepare<Pick<VersionRow, 'sha1' | 'size'>>(
    'DELETE FROM versions WHERE file_id = ? RETURNING sha1, size',
  );
  const deleteInTrashSince = database.prepare<Pick<VersionRow, 'file_id' | 'sha1' | 'size'>>(
    'DELETE FROM versions WHERE trashed_at <= ? RETURNING file_id, sha1, size',
  );
  const holder = database.prepare<{ id: number }>(
    `SELECT id FROM items WHERE sha1 = ?1
     UNION ALL SELECT id FROM versions WHERE sha1 = ?1 LIMIT 1`,
  );
  return {
    keepCurrent: (file) => {
      const version = currentVersion(file);
      insert.run(
        version.id,
        version.file_id,
        version.number,
        version.name,
        version.sha1,
        version.size,
        version.created_at,
        version.modified_at,
        version.created_by,
      );
    },
    get: (id) => byId.get(id),
    count: (fileId) => count.get(fileId)?.n ?? 0,
    page: (fileId, offset, limit) => page.all(fileId, limit, offset),
    trash: (id, at, by) => {
      trash.run(at, by, id);
    },
    restore: (id, at, by) => {
      restore.run(at, by, id);
    },
    deleteOf: (fileId) => deleteOf.all(fileId),
    deleteInTrashSince: (seconds) => deleteInTrashSince.all(seconds),
    holdContents: (sha1) => holder.get(sha1) !== undefined,
  };
}
