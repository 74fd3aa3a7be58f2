/**
 * The database in which Boxhaul remembers between runs: which jobs there were, what of large files has been
 * moved, what the SHA-1 of files on this machine is. All processes of a user share it. Each noun has a file
 * of its own here, with its tables; nothing in it is needed to be right, only to be fast: whoever deletes the
 * folder loses no file.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { InputError } from '@boxhaul/client';

/** One prepared statement with the row that it gives. */
export interface Statement<Row> {
  get(...parameters: SQLInputValue[]): Row | undefined;
  all(...parameters: SQLInputValue[]): Row[];
  run(...parameters: SQLInputValue[]): number;
}

/** Raised whenever a table changes: a database of another version is not touched. */
const SCHEMA_VERSION = 1;

/** How long a statement waits for another process. */
const BUSY_MS = 10_000;

/** Writes that are made together: each transaction costs more than the rows in it. */
const BATCH = 1_000;
const BATCH_MS = 250;

/**
 * So many pages of what was written lie beside the database before they are moved into it: a process that opens it as
 * the first reads them all, and each move waits for the disk.
 */
const LOG_PAGES = 256;

export class StateDatabase {
  readonly directory: string;
  readonly #onTrouble: (error: Error) => void;
  #connection: DatabaseSync;
  #tables: string[] = [];
  #isAlone = false;
  #isInTransaction = false;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  /**
   * Opens the database in `directory`, which is made, readable by its owner only. Should it fail later (a full disk, a
   * spoilt file), memory takes its place, and what this process still does is not remembered.
   * @param onTrouble is told then, once
   * @throws {InputError} it cannot be opened, or is of a newer Boxhaul
   */
  constructor(directory: string, onTrouble: (error: Error) => void = () => {}) {
    this.directory = directory;
    this.#onTrouble = onTrouble;
    let opened: DatabaseSync | undefined;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      opened = new DatabaseSync(join(directory, 'state.sqlite'), { timeout: BUSY_MS });
      this.#connection = opened;
      // Without FULL a loss of power may cost the last rows, never the database: and rows are only memory.
      this.#connection.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${LOG_PAGES}`,
      );
      this.#assertVersion();
    } catch (cause) {
      if (opened?.isOpen) opened.close();
      if (cause instanceof InputError) throw cause;
      const words = `the state in ${directory} cannot be opened: ${wordsOf(cause)}`;
      throw new InputError(`${words}; ${wayOutOf(cause)}`, { cause });
    }
  }

  /** Whether what is written outlives the process. */
  get isLasting(): boolean {
    return !this.#isAlone;
  }

  /** Makes a noun's tables where they are not there. */
  create(tables: string): void {
    this.#tables.push(tables);
    this.#insisting(() => this.#connection.exec(tables));
  }

  prepare<Row = never>(sql: string): Statement<Row> {
    let prepared: { by: DatabaseSync; statement: StatementSync } | undefined;
    const statement = () => {
      const by = this.#connection;
      if (prepared?.by !== by) prepared = { by, statement: by.prepare(sql) };
      return prepared.statement;
    };
    return {
      get: (...parameters) =>
        this.#insisting(() => statement().get(...parameters)) as Row | undefined,
      all: (...parameters) => this.#insisting(() => statement().all(...parameters)) as Row[],
      run: (...parameters) => this.#insisting(() => Number(statement().run(...parameters).changes)),
    };
  }

  /** Runs `work`, which must not be async and may run twice, as one transaction that holds the write lock from its start. */
  transaction<T>(work: () => T): T {
    return this.#insisting(() => {
      const connection = this.#connection;
      connection.exec('BEGIN IMMEDIATE');
      this.#isInTransaction = true;
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        // Some errors have ended it already.
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      } finally {
        this.#isInTransaction = false;
      }
    });
  }

  /** Writes soon, in one transaction with what else is to be written; `flush` does it now. */
  later(write: () => void): void {
    this.#waiting.push(write);
    if (this.#waiting.length >= BATCH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS).unref();
  }

  /** Writes what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
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

  /** Something else in the folder failed: from now on memory takes its place, as when the database itself does. */
  failed(error: Error): void {
    if (!this.#isAlone) this.#goOnAlone(error);
  }

  /** Does it once more where nothing fails, should it fail here for no fault of its own. */
  #insisting<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      // Of a transaction all is done again.
      if (!isOfSqlite(error) || this.#isAlone || this.#isInTransaction) throw error;
      this.#goOnAlone(error);
      return work();
    }
  }

  #goOnAlone(error: Error): void {
    const spoilt = this.#connection;
    this.#isAlone = true;
    this.#connection = new DatabaseSync(':memory:');
    for (const tables of this.#tables) this.#connection.exec(tables);
    try {
      spoilt.close();
    } catch {
      // What it was has been told already.
    }
    this.#onTrouble(error);
  }

  #assertVersion(): void {
    const found = Number(this.#connection.prepare('PRAGMA user_version').get()?.user_version);
    if (found > SCHEMA_VERSION) {
      throw new InputError(
        `the state in ${this.directory} is of a newer Boxhaul: use that one, or move the folder away`,
      );
    }
    if (found < SCHEMA_VERSION) this.#connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }
}

function isOfSqlite(error: unknown): error is Error {
  return error instanceof Error && 'errcode' in error;
}

/** What SQLite says: SQLITE_CORRUPT, SQLITE_FULL, SQLITE_NOTADB. */
const [CORRUPT, FULL, NO_DATABASE] = [11, 13, 26];

/** What it says of a disk too full for the index of its log: SQLITE_IOERR_SHMSIZE. */
const NO_ROOM_FOR_INDEX = 4874;

function wayOutOf(error: unknown): string {
  const code = isOfSqlite(error) && 'errcode' in error ? Number(error.errcode) : undefined;
  const found = code === undefined ? undefined : code & 0xff;
  if (found === CORRUPT || found === NO_DATABASE) {
    return 'move that folder away: only what is remembered is lost';
  }
  const isFull =
    found === FULL ||
    code === NO_ROOM_FOR_INDEX ||
    (error instanceof Error && 'code' in error && error.code === 'ENOSPC');
  return isFull ? 'free some space there' : 'it must be a folder that can be written to';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
