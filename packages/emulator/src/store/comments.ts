import type { Database } from './database.ts';

export interface CommentRow {
  id: number;
  file_id: number;
  reply_to: number | null;
  message: string;
  tagged_message: string | null;
  created_by: number;
  created_at: number;
  modified_at: number;
}

/** Comments on files. */
export interface Comments {
  add(comment: CommentRow): void;
  get(id: number): CommentRow | undefined;
  /** Of a file, replies among them. */
  count(fileId: number): number;
  /** Oldest first. */
  page(fileId: number, offset: number, limit: number): CommentRow[];
  /** Whether someone has said the very same in the same place from a time on (in seconds since 1970). */
  hasSimilar(comment: CommentRow, since: number): boolean;
  change(id: number, text: Pick<CommentRow, 'message' | 'tagged_message'>, at: number): void;
  /** With the replies to it, and theirs. */
  delete(id: number): void;
}

export function openComments(database: Database): Comments {
  const insert = database.prepare('INSERT INTO comments VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const byId = database.prepare<CommentRow>('SELECT * FROM comments WHERE id = ?');
  const count = database.prepare<{ n: number }>(
    'SELECT count(*) n FROM comments WHERE file_id = ?',
  );
  const page = database.prepare<CommentRow>(
    'SELECT * FROM comments WHERE file_id = ? ORDER BY id LIMIT ? OFFSET ?',
  );
  const similar = database.prepare<{ id: number }>(
    `SELECT id FROM comments
     WHERE file_id = ? AND reply_to IS ? AND created_by = ? AND message = ? AND created_at >= ?`,
  );
  const update = database.prepare(
    'UPDATE comments SET message = ?, tagged_message = ?, modified_at = ? WHERE id = ?',
  );
  const remove = database.prepare(
    `DELETE FROM comments WHERE id IN (
       WITH RECURSIVE thread (id) AS (
         VALUES (?) UNION SELECT comments.id FROM comments JOIN thread ON reply_to = thread.id
       ) SELECT id FROM thread)`,
  );
  return {
    add: (comment) => {
      insert.run(
        comment.id,
        comment.file_id,
        comment.reply_to,
        comment.message,
        comment.tagged_message,
        comment.created_by,
        comment.created_at,
        comment.modified_at,
      );
    },
    get: (id) => byId.get(id),
    count: (fileId) => count.get(fileId)?.n ?? 0,
    page: (fileId, offset, limit) => page.all(fileId, limit, offset),
    hasSimilar: ({ file_id, reply_to, created_by, message }, since) =>
      similar.get(file_id, reply_to, created_by, message, since) !== undefined,
    change: (id, { message, tagged_message }, at) => {
      update.run(message, tagged_message, at, id);
    },
    delete: (id) => {
      remove.run(id);
    },
  };
}
