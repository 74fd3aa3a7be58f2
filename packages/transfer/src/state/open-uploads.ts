/**
 * Upload sessions that Box has open for files of this machine, so that a run that ends early, however it does,
 * is gone on with from the parts that Box has. One process at a time has a file in hand.
 */
import type { BoxUploadSession } from '@boxhaul/client';
import { THIS_PROCESS, whoIs } from '../process-name.ts';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS upload_sessions (
    key TEXT PRIMARY KEY,
    contents TEXT NOT NULL,
    session TEXT,
    process TEXT NOT NULL,
    opened_ms INTEGER NOT NULL
  ) WITHOUT ROWID`;

/** Box forgets a session after seven days. */
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** A session that an earlier run, or one that gave up, left open. */
export interface LeftSession {
  session: BoxUploadSession;
  /** What was sent and on top of what, in the words that `put` was given. */
  contents: string;
}

interface Row {
  contents: string;
  session: string | null;
  process: string;
  opened_ms: number;
}

/** What this process is at. */
const inHand = new Set<string>();

/** Keys say whose Box, which file and where to, in any fixed form. */
export class OpenUploads {
  readonly #database: StateDatabase;
  readonly #find: Statement<Row>;
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#find = database.prepare('SELECT * FROM upload_sessions WHERE key = ?');
    this.#put = database.prepare('INSERT OR REPLACE INTO upload_sessions VALUES (?, ?, ?, ?, ?)');
    this.#drop = database.prepare('DELETE FROM upload_sessions WHERE key = ?');
    database
      .prepare('DELETE FROM upload_sessions WHERE opened_ms < ?')
      .run(Date.now() - FORGOTTEN_AFTER_MS);
  }

  /**
   * Takes an upload in hand; whoever did ends it with `release` or `drop`.
   * @returns with what is left of it from before; undefined while somebody else has it in hand
   */
  claim(key: string): { left?: LeftSession } | undefined {
    if (inHand.has(key)) return undefined;
    const row = this.#database.transaction(() => {
      const found = this.#find.get(key);
      if (found && whoIs(found.process) === 'another process') return undefined;
      const { contents = '', session = null, opened_ms = Date.now() } = found ?? {};
      this.#put.run(key, contents, session, THIS_PROCESS, opened_ms);
      return { contents, session };
    });
    if (!row) return undefined;
    inHand.add(key);
    const { contents, session } = row;
    return session === null ? {} : { left: { session: JSON.parse(session), contents } };
  }

  /** Whether anything is known of it. */
  has(key: string): boolean {
    return this.#find.get(key) !== undefined;
  }

  /** Written at once: a part that is sent is of no use if nobody knows where. */
  put(key: string, session: BoxUploadSession, contents: string): void {
    this.#put.run(key, contents, JSON.stringify(session), THIS_PROCESS, Date.now());
  }

  /** Lets go of it, for the next to go on. */
  release(key: string): void {
    inHand.delete(key);
  }

  /** Nothing is left of it. */
  drop(key: string): void {
    inHand.delete(key);
    this.#drop.run(key);
  }
}
