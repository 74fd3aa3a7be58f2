/** How a survey asks its database: which folders go as a whole, what is moved, and where to. */

/** Both sides as far as they differ, and what was listed in Box. */
export const TABLES = `
  PRAGMA temp_store = FILE; PRAGMA cache_size = -16000; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
  CREATE TABLE extra (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, parent TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    bytes INTEGER, sha1 TEXT, seen TEXT NOT NULL, is_gone INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX extra_path ON extra (path);
  CREATE INDEX extra_bytes ON extra (bytes);
  CREATE TABLE fresh (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, name TEXT NOT NULL,
    bytes INTEGER, sha1 TEXT, seen TEXT NOT NULL, from_extra INTEGER
  );
  CREATE INDEX fresh_path ON fresh (path);
  CREATE INDEX fresh_bytes ON fresh (bytes);
  CREATE TABLE new_folder (path TEXT PRIMARY KEY, parent_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE left_out (path TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE listed (folder TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE listing (id INTEGER PRIMARY KEY, folder TEXT NOT NULL, item TEXT NOT NULL);
  CREATE INDEX listing_folder ON listing (folder);`;

/** Paths compare by their bytes, in which `0` comes next to `/`: so an index finds what is below a folder. */
export const isBelow = (path: string, folder: string) =>
  `${path} >= ${folder} || '/' AND ${path} < ${folder} || '0'`;

/**
 * A folder goes as a whole if nothing below it was left out; and where files were chosen, only if such a one was
 * in it: then nobody asked for folders.
 */
export const isWhole = (folder: string, areFilesChosen: boolean) => `
  NOT EXISTS (SELECT 1 FROM left_out l WHERE ${isBelow('l.path', folder)})
  ${areFilesChosen ? `AND EXISTS (SELECT 1 FROM extra x WHERE x.kind = 'file' AND ${isBelow('x.path', folder)})` : ''}`;

/** What is extra, not moved away, and in no folder that goes as a whole; by path. */
export const tops = (areFilesChosen: boolean) => `
  SELECT f.path AS id, f.seen FROM extra f
  WHERE f.is_gone = 0 AND f.path > ? AND (f.kind = 'file' OR (${isWhole('f.path', areFilesChosen)}))
    AND NOT EXISTS (
      SELECT 1 FROM extra p
      WHERE p.path = f.parent AND p.kind = 'folder' AND ${isWhole('p.path', areFilesChosen)})
  ORDER BY f.path LIMIT ?`;

/**
 * Whether all files of the extra folder `:from` are new ones of `:to`, each with its name and contents. An empty
 * folder in it could be one that the source has not: then its files are moved one by one.
 */
export const IS_WANTED = `
  SELECT 1 WHERE NOT EXISTS (
    SELECT 1 FROM extra e WHERE e.kind = 'file' AND e.is_gone = 0 AND ${isBelow('e.path', ':from')}
      AND NOT EXISTS (
        SELECT 1 FROM fresh f
        WHERE f.path = :to || substr(e.path, length(:from) + 1) AND f.bytes = e.bytes
          AND (f.bytes = 0 OR f.sha1 = e.sha1))
  ) AND NOT EXISTS (
    SELECT 1 FROM extra d WHERE d.kind = 'folder' AND ${isBelow('d.path', ':from')}
      AND NOT EXISTS (
        SELECT 1 FROM extra x WHERE x.kind = 'file' AND x.is_gone = 0 AND ${isBelow('x.path', 'd.path')}))`;

/** New folders in which the file at `:rest` has the contents of that in an extra folder. */
export const CANDIDATES = `
  SELECT n.path, n.parent_id FROM fresh f JOIN new_folder n
    ON n.path = substr(f.path, 1, length(f.path) - length(:rest))
  WHERE f.bytes = :bytes AND f.sha1 = :sha1 AND substr(f.path, -length(:rest)) = :rest
  ORDER BY n.path LIMIT 16`;

/** Pairs what is new with what is extra and has the same contents: within `same`, the n-th by path with the n-th. */
export const pairing = (same: string) => `
  WITH new AS (
    SELECT id, bytes, sha1, name, row_number() OVER (PARTITION BY ${same} ORDER BY path) AS n FROM fresh
    WHERE sha1 IS NOT NULL AND bytes > 0 AND from_extra IS NULL
  ), old AS (
    SELECT id, bytes, sha1, name, row_number() OVER (PARTITION BY ${same} ORDER BY path) AS n FROM extra
    WHERE kind = 'file' AND sha1 IS NOT NULL AND is_gone = 0
      AND id NOT IN (SELECT from_extra FROM fresh WHERE from_extra IS NOT NULL)
  )
  UPDATE fresh SET from_extra = pairs.old FROM (
    SELECT new.id AS new, old.id AS old FROM new JOIN old USING (${same}, n)
  ) AS pairs WHERE fresh.id = pairs.new`;
