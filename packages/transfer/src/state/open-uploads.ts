/**
 * Upload sessions that Box has open for files of this machine, so that a run that ends early, however it does,
 * is gone on with from the parts that Box has.
 */
import type { BigIntStats } from 'node:fs';
import type { BoxUploadSession } from '@boxhaul/client';
import type { StateDatabase } from './database.ts';
import { fingerprintOf } from './hashes.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS open_uploads (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    session TEXT NOT NULL,
    opened_ms INTEGER NOT NULL
  ) WITHOUT ROWID`;

/** Box forgets a session after seven days. */
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export class OpenUploads {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    database
      .prepare('DELETE FROM open_uploads WHERE opened_ms < ?')
      .run(Date.now() - FORGOTTEN_AFTER_MS);
  }

  /**
   * The session that was opened for this upload, if the file is still what it was then.
   * @param key whose Box, which file and where to, in any fixed form
   */
  find(key: string, stats: BigIntStats): BoxUploadSession | undefined {
    const row = this.#database
      .prepare<{ fingerprint: string; session: string }>(
        'SELECT fingerprint, session FROM open_uploads WHERE key = ?',
      )
      .get(key);
    return row?.fingerprint === fingerprintOf(stats) ? JSON.parse(row.session) : undefined;
  }

  /** Written at once: a part that is sent is of no use if nobody knows where. */
  put(key: string, stats: BigIntStats, session: BoxUploadSession): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO open_uploads VALUES (?, ?, ?, ?)')
      .run(key, fingerprintOf(stats), JSON.stringify(session), Date.now());
  }

  drop(key: string): void {
    this.#database.prepare('DELETE FROM open_uploads WHERE key = ?').run(key);
  }
}
