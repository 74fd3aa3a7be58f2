/**
 * How many active items each folder holds, so that a page of a large folder need not count them. Triggers keep it
 * right, whichever way items come and go. Included by schema.ts.
 */
export const childCountSchema = `
CREATE TABLE child_counts (
  parent_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,             -- tells root folders apart
  n INTEGER NOT NULL,
  PRIMARY KEY (parent_id, owner_id)
) WITHOUT ROWID;

CREATE TRIGGER child_came AFTER INSERT ON items WHEN new.trashed_at IS NULL BEGIN
  INSERT INTO child_counts VALUES (new.parent_id, new.owner_id, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER child_went AFTER DELETE ON items WHEN old.trashed_at IS NULL BEGIN
  UPDATE child_counts SET n = n - 1 WHERE parent_id = old.parent_id AND owner_id = old.owner_id;
  DELETE FROM child_counts WHERE parent_id = old.parent_id AND owner_id = old.owner_id AND n = 0;
END;
CREATE TRIGGER child_moved AFTER UPDATE OF parent_id, owner_id, trashed_at ON items
WHEN old.parent_id <> new.parent_id OR old.owner_id <> new.owner_id
  OR (old.trashed_at IS NULL) <> (new.trashed_at IS NULL) BEGIN
  UPDATE child_counts SET n = n - (old.trashed_at IS NULL)
    WHERE parent_id = old.parent_id AND owner_id = old.owner_id;
  INSERT INTO child_counts VALUES (new.parent_id, new.owner_id, new.trashed_at IS NULL)
    ON CONFLICT DO UPDATE SET n = n + (new.trashed_at IS NULL);
END;
`;

/** What a reset empties, after the items. */
export const childCountTables = ['child_counts'];
