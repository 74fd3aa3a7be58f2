/** Comments on files, and replies to comments. They go with their file when it is deleted for good. */
export const commentSchema = `
CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  reply_to INTEGER,                      -- the comment that it answers; null: the file itself
  message TEXT NOT NULL,
  tagged_message TEXT,                   -- with '@[id:name]' where people are mentioned; null: nobody is
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE INDEX comments_by_file ON comments (file_id, id);
CREATE INDEX comments_by_parent ON comments (reply_to) WHERE reply_to IS NOT NULL;
CREATE TRIGGER comments_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM comments WHERE file_id = OLD.id;
END;
`;

/** The tables that hold comments. */
export const commentTables = ['comments'];
