/** Zips that were asked for: what goes into each is settled when it is asked for. */
export const zipSchema = `
CREATE TABLE zip_downloads (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  enterprise_id INTEGER,                 -- of the user
  name TEXT NOT NULL,
  entries TEXT,                          -- a JSON array; null: it has been fetched
  created_at INTEGER NOT NULL,
  started_at INTEGER,                    -- null: nobody has come for it
  active_at INTEGER,                     -- when it last was seen running
  state TEXT NOT NULL,                   -- in_progress, succeeded or failed
  total_files INTEGER NOT NULL,
  downloaded_files INTEGER NOT NULL,
  skipped_files INTEGER NOT NULL,
  skipped_folders INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX zip_downloads_running ON zip_downloads (active_at)
  WHERE started_at IS NOT NULL AND state = 'in_progress';
CREATE INDEX zip_downloads_by_age ON zip_downloads (created_at);
`;

/** The tables that hold zips. */
export const zipTables = ['zip_downloads'];
