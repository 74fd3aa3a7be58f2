import type { Database } from './database.ts';
import type { UploadPartRow, UploadSessionRow } from './rows.ts';

/** Upload sessions and the parts that they hold (the bytes are in blobs.ts). */
export interface UploadSessions {
  insert(session: UploadSessionRow): void;
  get(id: string): UploadSessionRow | undefined;
  /** Remembers what a commit made, so that its repetition gives the same answer. */
  markCommitted(id: string, fileId: number): void;
  /** Forgets a session with its parts. */
  delete(id: string): void;
  /** The sessions whose life ended before `time`. */
  expiredBefore(time: number): string[];
  part(id: string, offset: number): UploadPartRow | undefined;
  /** Throws SQLite's unique violation when the part is there. */
  insertPart(part: UploadPartRow): void;
  /** In the order of their offsets. */
  parts(id: string, from: number, limit: number): UploadPartRow[];
  countParts(id: string): number;
}

export function openUploadSessions(database: Database): UploadSessions {
  const insert = database.prepare(
    'INSERT INTO upload_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const get = database.prepare<UploadSessionRow>('SELECT * FROM upload_sessions WHERE id = ?');
  const committed = database.prepare(
    'UPDATE upload_sessions SET committed_file_id = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM upload_sessions WHERE id = ?');
  const removeParts = database.prepare('DELETE FROM upload_parts WHERE session_id = ?');
  const expired = database.prepare<{ id: string }>(
    'SELECT id FROM upload_sessions WHERE expires_at < ?',
  );
  const part = database.prepare<UploadPartRow>(
    'SELECT * FROM upload_parts WHERE session_id = ? AND offset = ?',
  );
  const insertPart = database.prepare('INSERT INTO upload_parts VALUES (?, ?, ?, ?, ?)');
  const parts = database.prepare<UploadPartRow>(
    'SELECT * FROM upload_parts WHERE session_id = ? ORDER BY offset LIMIT ? OFFSET ?',
  );
  const countParts = database.prepare<{ n: number }>(
    'SELECT count(*) n FROM upload_parts WHERE session_id = ?',
  );
  return {
    insert: (session) => {
      insert.run(
        session.id,
        session.user_id,
        session.folder_id,
        session.file_id,
        session.name,
        session.size,
        session.part_size,
        session.created_at,
        session.expires_at,
        session.committed_file_id,
      );
    },
    get: (id) => get.get(id),
    markCommitted: (id, fileId) => {
      committed.run(fileId, id);
    },
    delete: (id) => {
      removeParts.run(id);
      remove.run(id);
    },
    expiredBefore: (time) => expired.all(time).map((row) => row.id),
    part: (id, offset) => part.get(id, offset),
    insertPart: (row) => {
      insertPart.run(row.session_id, row.offset, row.size, row.sha1, row.part_id);
    },
    parts: (id, from, limit) => parts.all(id, limit, from),
    countParts: (id) => countParts.get(id)?.n ?? 0,
  };
}
