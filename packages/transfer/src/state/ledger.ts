/** How many calls each account has spent on which day: a company pays for so many a month. */
import type { CallKind } from '@boxhaul/client';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS ledger (
    day TEXT NOT NULL,
    account TEXT NOT NULL,
    calls INTEGER NOT NULL,
    uploads INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (day, account)
  ) WITHOUT ROWID`;

/** What an account spent on a day (`2026-11-22`) or in a month (`2026-11`), in UTC as Box counts. */
export interface Spending {
  period: string;
  account: string;
  /** All calls, repeated and refused ones too. */
  calls: number;
  /** Of these, uploads. */
  uploads: number;
  /** Of these, refused by Box's limits. */
  refused: number;
}

export class Ledger {
  readonly #database: StateDatabase;
  readonly #add: Statement<never>;
  /** Not yet handed to the database: calls come in thousands a second. */
  readonly #fresh = new Map<string, { calls: number; uploads: number; refused: number }>();

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#add = database.prepare(
      `INSERT INTO ledger VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         calls = calls + excluded.calls, uploads = uploads + excluded.uploads,
         refused = refused + excluded.refused`,
    );
  }

  /** Enters one call. */
  add(account: string, kinds: readonly CallKind[], isRefused: boolean): void {
    let entry = this.#fresh.get(account);
    if (!entry) {
      entry = { calls: 0, uploads: 0, refused: 0 };
      this.#fresh.set(account, entry);
      this.#database.later(() => this.#enter(account));
    }
    entry.calls += 1;
    if (kinds.includes('upload')) entry.uploads += 1;
    if (isRefused) entry.refused += 1;
  }

  /** What was spent, the latest first. */
  by(period: 'day' | 'month'): Spending[] {
    const length = period === 'day' ? 10 : 7;
    return this.#database
      .prepare<Spending>(
        `SELECT substr(day, 1, ?) AS period, account, sum(calls) AS calls, sum(uploads) AS uploads,
           sum(refused) AS refused
         FROM ledger GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
      )
      .all(length);
  }

  #enter(account: string): void {
    const entry = this.#fresh.get(account);
    this.#fresh.delete(account);
    if (!entry) return;
    const day = new Date().toISOString().slice(0, 10);
    this.#add.run(day, account, entry.calls, entry.uploads, entry.refused);
  }
}
