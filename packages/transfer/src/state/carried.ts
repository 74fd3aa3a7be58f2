/** What has come along with items in Box besides their contents, so that a run asks Box nothing about what is done. */
import { createHash } from 'node:crypto';
import type { Gap } from '../upload/carry.ts';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS carried (
    account TEXT NOT NULL,
    item TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    gaps TEXT,
    PRIMARY KEY (account, item)
  ) WITHOUT ROWID`;

interface Row {
  fingerprint: string;
  gaps: string | null;
}

/** An item of an account, and all that there was to carry to it. */
export interface Carriage {
  /** In any words that stay the same. */
  readonly account: string;
  readonly type: 'file' | 'folder' | 'web_link';
  readonly id: string;
  /** Is another when there is more or other to carry. */
  readonly fingerprint: string;
}

export class CarriedItems {
  readonly #database: StateDatabase;
  readonly #find: Statement<Row>;
  readonly #put: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#find = database.prepare(
      'SELECT fingerprint, gaps FROM carried WHERE account = ? AND item = ?',
    );
    this.#put = database.prepare('INSERT OR REPLACE INTO carried VALUES (?, ?, ?, ?)');
  }

  /** The gaps that are left of it, if all else is done; undefined if it is not known to be. */
  find({ account, type, id, fingerprint }: Carriage): readonly Gap[] | undefined {
    const row = this.#find.get(account, `${type}_${id}`);
    if (row?.fingerprint !== digest(fingerprint)) return undefined;
    return row.gaps === null ? [] : (JSON.parse(row.gaps) as Gap[]);
  }

  /** Remembers that all is done that can be. */
  learn({ account, type, id, fingerprint }: Carriage, gaps: readonly Gap[]): void {
    const left = gaps.length === 0 ? null : JSON.stringify(gaps);
    const known = digest(fingerprint);
    this.#database.later(() => this.#put.run(account, `${type}_${id}`, known, left));
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
