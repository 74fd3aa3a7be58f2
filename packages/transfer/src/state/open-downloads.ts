/**
 * Large files of Box that are here in part, under a temporary name beside their target, so that a run that ends
 * early, however it does, is gone on with.
 */
import type { Range } from '../download/ranges.ts';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS open_downloads (
    key TEXT PRIMARY KEY,
    part_path TEXT NOT NULL,
    sha1 TEXT NOT NULL,
    ranges TEXT NOT NULL,
    written_ms INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS open_downloads_by_path ON open_downloads (part_path)`;

/** After so long nobody comes back for it: the next run in its folder removes it. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** What is here of a file. */
export interface OpenDownload {
  /** Of the temporary file. */
  partPath: string;
  /** Of the whole version that it is a part of. */
  sha1: string;
  ranges: readonly Range[];
}

export class OpenDownloads {
  readonly #database: StateDatabase;
  readonly #put: Statement<never>;
  readonly #find: Statement<{ part_path: string; sha1: string; ranges: string }>;
  readonly #drop: Statement<never>;
  readonly #has: Statement<unknown>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    database
      .prepare('DELETE FROM open_downloads WHERE written_ms < ?')
      .run(Date.now() - FORGOTTEN_AFTER_MS);
    this.#put = database.prepare('INSERT OR REPLACE INTO open_downloads VALUES (?, ?, ?, ?, ?)');
    this.#find = database.prepare(
      'SELECT part_path, sha1, ranges FROM open_downloads WHERE key = ?',
    );
    this.#drop = database.prepare('DELETE FROM open_downloads WHERE key = ?');
    this.#has = database.prepare('SELECT 1 FROM open_downloads WHERE part_path = ?');
  }

  /** @param key whose Box, and which file of this machine, in any fixed form */
  find(key: string): OpenDownload | undefined {
    const row = this.#find.get(key);
    return row && { partPath: row.part_path, sha1: row.sha1, ranges: JSON.parse(row.ranges) };
  }

  put(key: string, { partPath, sha1, ranges }: OpenDownload): void {
    this.#put.run(key, partPath, sha1, JSON.stringify(ranges), Date.now());
  }

  /** The same soon, with what else is to be written; `current` is asked then, and may have nothing any more. */
  putSoon(key: string, current: () => OpenDownload | undefined): void {
    this.#database.later(() => {
      const download = current();
      if (download) this.put(key, download);
    });
  }

  drop(key: string): void {
    this.#drop.run(key);
  }

  /** Whether the temporary file at this path is to be gone on with. */
  holds(partPath: string): boolean {
    return this.#has.get(partPath) !== undefined;
  }
}
