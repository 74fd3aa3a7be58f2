/**
 * The database in which Boxhaul remembers between runs: which jobs there were, what of large files has been
 * moved, what the SHA-1 of files on this machine is. All processes of a user share it. Each noun has a file
 * of its own here, with its tables; nothing in it is needed to be right, only to be fast: whoever deletes the
 * folder loses no file.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { InputError } from '@boxhaul/client';

/** One prepared statement with the row that it gives. */
export interface Statement<Row> {
  get(...parameters: SQLInputValue[]): Row | undefined;
  all(...parameters: SQLInputValue[]): Row[];
  iterate(...parameters: SQLInputValue[]): Iterable<Row>;
  run(...parameters: SQLInputValue[]): number;
}

/** Raised whenever a table changes: a database of another version is not touched. */
const SCHEMA_VERSION = 1;

/** How long a statement waits for another process. */
const BUSY_MS = 10_000;

/** Writes that are made together: each transaction costs more than the rows in it. */
const BATCH = 1_000;
const BATCH_MS = 250;

export class StateDatabase {
  readonly directory: string;
  readonly #connection: DatabaseSync;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #trouble: unknown;

  /**
   * Opens the database in `directory`, which is made, readable by its owner only.
   * @throws {InputError} it cannot be opened, or is of a newer Boxhaul
   */
  constructor(directory: string) {
    this.directory = directory;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.#connection = new DatabaseSync(join(directory, 'state.sqlite'), { timeout: BUSY_MS });
      // Without FULL a loss of power may cost the last rows, never the database: and rows are only memory.
      this.#connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new InputError(`the state in ${directory} cannot be opened: ${words}`, { cause });
    }
    this.#assertVersion();
  }

  /** Makes a noun's tables where they are not there. */
  create(tables: string): void {
    this.#connection.exec(tables);
  }

  prepare<Row = never>(sql: string): Statement<Row> {
    const statement = this.#connection.prepare(sql);
    return {
      get: (...parameters) => statement.get(...parameters) as Row | undefined,
      all: (...parameters) => statement.all(...parameters) as Row[],
      iterate: (...parameters) => statement.iterate(...parameters) as Iterable<Row>,
      run: (...parameters) => Number(statement.run(...parameters).changes),
    };
  }

  /** Runs `work`, which must not be async, as one transaction that holds the write lock from its start. */
  transaction<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Writes soon, in one transaction with what else is to be written; `flush` does it now.
   * @throws what an earlier one of these writes threw
   */
  later(write: () => void): void {
    if (this.#trouble !== undefined) throw this.#trouble;
    this.#waiting.push(write);
    if (this.#waiting.length >= BATCH) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushQuietly(), BATCH_MS).unref();
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#trouble !== undefined) throw this.#trouble;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.transaction(() => {
      for (const write of waiting) write();
    });
  }

  close(): void {
    try {
      this.flush();
    } finally {
      this.#connection.close();
    }
  }

  /** In a timer nobody would catch it: whoever writes or closes next meets it. */
  #flushQuietly(): void {
    try {
      this.flush();
    } catch (error) {
      this.#trouble = error;
    }
  }

  #assertVersion(): void {
    const { user_version: found = 0 } =
      this.prepare<{ user_version: number }>('PRAGMA user_version').get() ?? {};
    if (found > SCHEMA_VERSION) {
      this.#connection.close();
      throw new InputError(
        `the state in ${this.directory} is of a newer Boxhaul: use that one, or move the folder away`,
      );
    }
    this.#connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }
}
