/** What is put on items to guard them: locks of folders, watermarks. They go with their item. */
export const itemMarkSchema = `
CREATE TABLE folder_locks (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL UNIQUE,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE TRIGGER locks_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM folder_locks WHERE folder_id = OLD.id;
END;

CREATE TABLE watermarks (
  item_id INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE TRIGGER watermarks_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM watermarks WHERE item_id = OLD.id;
END;
`;

/** The tables that hold locks and watermarks. */
export const itemMarkTables = ['folder_locks', 'watermarks'];
