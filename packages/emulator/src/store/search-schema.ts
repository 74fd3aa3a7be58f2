/**
 * What search looks through. Writing words into an index takes longer than making a file, so that
 * changes only note which items are to be looked at again; the next search does so first.
 */
export const searchSchema = `
CREATE VIRTUAL TABLE search_index USING fts5 (
  name, description, file_content, comments, tags,
  everything,                            -- the same word for all items, for searches that only exclude
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE search_waiting (item_id INTEGER PRIMARY KEY);

CREATE TRIGGER search_new_item AFTER INSERT ON items BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (new.id);
END;
CREATE TRIGGER search_changed_item AFTER UPDATE OF name, description, tags, sha1 ON items
WHEN old.name <> new.name OR old.description <> new.description
  OR old.tags IS NOT new.tags OR old.sha1 IS NOT new.sha1 BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (new.id);
END;
CREATE TRIGGER search_deleted_item AFTER DELETE ON items BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (old.id);
END;
CREATE TRIGGER search_new_comment AFTER INSERT ON comments BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (new.file_id);
END;
CREATE TRIGGER search_changed_comment AFTER UPDATE OF message ON comments BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (new.file_id);
END;
CREATE TRIGGER search_deleted_comment AFTER DELETE ON comments BEGIN
  INSERT OR IGNORE INTO search_waiting VALUES (old.file_id);
END;
`;

/** What a reset empties, after the items. */
export const searchTables = ['search_index', 'search_waiting'];
