/** Pages on which people without an account hand files in to a folder. They go with the folder. */
export const fileRequestSchema = `
CREATE TABLE file_requests (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  status TEXT NOT NULL,                  -- active or inactive
  is_email_required INTEGER NOT NULL,
  is_description_required INTEGER NOT NULL,
  expires_at INTEGER,
  token TEXT NOT NULL,                   -- the last part of its URL
  etag INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX file_requests_by_folder ON file_requests (folder_id);
CREATE TRIGGER requests_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM file_requests WHERE folder_id = OLD.id;
END;
`;

/** The tables that hold file requests. */
export const fileRequestTables = ['file_requests'];
