/**
 * Rows of jobs that make changes in Box: which are done, and which were begun. A row is begun here before Box is asked
 * to change anything, so that after a kill it is known which rows may be done without anyone having seen it.
 */
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS job_rows (
    job TEXT NOT NULL,
    row INTEGER NOT NULL,
    begun_ms INTEGER NOT NULL,
    subject TEXT NOT NULL,
    made TEXT,
    PRIMARY KEY (job, row)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS job_rows_by_made ON job_rows (job, made)`;

/** What is known of a row that was begun. */
export interface BegunRow {
  readonly isDone: boolean;
  /** When it was last begun, by this machine's clock. */
  readonly begunMs: number;
  /** What was found before: ids that tell later whether it is done. */
  readonly subject: Readonly<Record<string, string>>;
}

interface StoredRow {
  begun_ms: number;
  subject: string;
  made: string | null;
}

export class JobRows {
  readonly #find: Statement<StoredRow>;
  readonly #begin: Statement<never>;
  readonly #done: Statement<never>;
  readonly #made: Statement<unknown>;
  readonly #open: Statement<unknown>;
  readonly #forget: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#find = database.prepare(
      'SELECT begun_ms, subject, made FROM job_rows WHERE job = ? AND row = ?',
    );
    this.#begin = database.prepare(
      'INSERT OR REPLACE INTO job_rows (job, row, begun_ms, subject) VALUES (?, ?, ?, ?)',
    );
    this.#done = database.prepare(
      `INSERT INTO job_rows VALUES (?, ?, ?, '{}', ?)
       ON CONFLICT DO UPDATE SET made = excluded.made`,
    );
    this.#made = database.prepare('SELECT 1 FROM job_rows WHERE job = ? AND made = ? LIMIT 1');
    this.#open = database.prepare('SELECT 1 FROM job_rows WHERE job = ? AND made IS NULL LIMIT 1');
    this.#forget = database.prepare('DELETE FROM job_rows WHERE job = ?');
  }

  find(job: string, row: number): BegunRow | undefined {
    const found = this.#find.get(job, row);
    if (!found) return undefined;
    const { begun_ms: begunMs, subject, made } = found;
    return { isDone: made !== null, begunMs, subject: JSON.parse(subject) };
  }

  /** It is on disk when this returns. */
  begin(job: string, row: number, subject: BegunRow['subject']): void {
    this.#begin.run(job, row, Date.now(), JSON.stringify(subject));
  }

  /** It is on disk when this returns. @param madeId of what came to be, if anything did */
  done(job: string, row: number, madeId = ''): void {
    this.#done.run(job, row, Date.now(), madeId);
  }

  /** Whether this came of a row of the job, so that it is not taken for that of another. */
  hasMade(job: string, madeId: string): boolean {
    return this.#made.get(job, madeId) !== undefined;
  }

  /** Whether a row was begun and is not known to be done. */
  hasBegun(job: string): boolean {
    return this.#open.get(job) !== undefined;
  }

  /** Whatever was done is no longer known. */
  forget(job: string): void {
    this.#forget.run(job);
  }
}
