import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { schema, schemaVersion } from './schema.ts';

/** One prepared statement with the row that it gives. */
export interface Statement<Row> {
  get(...parameters: SQLInputValue[]): Row | undefined;
  all(...parameters: SQLInputValue[]): Row[];
  /** Runs it and says how many rows it changed. */
  run(...parameters: SQLInputValue[]): number;
}

export interface Database {
  readonly connection: DatabaseSync;
  /** Prepares `sql` when it is first used, once for the life of the database: most calls need few statements. */
  prepare<Row = never>(sql: string): Statement<Row>;
  /**
   * Runs `work` as one transaction that holds the write lock from the start (so that what it read
   * is still true when it writes, whatever other processes do), and rolls it back when it throws.
   * Inside another one it simply takes part. `work` must not be async.
   */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** How long a statement waits for another process's write lock. */
const busyTimeoutMs = 30_000;

/**
 * Opens the database of an emulated Box, and makes its tables when it is new.
 *
 * @param path the database's file, or ':memory:'
 */
export function openDatabase(path: string): Database {
  const connection = new DatabaseSync(path, { timeout: busyTimeoutMs });
  whenFree(() => connection.exec('PRAGMA journal_mode = WAL'));
  // FULL: in WAL mode a commit is on the disk before it is acknowledged.
  connection.exec('PRAGMA synchronous = FULL');
  const prepare = <Row>(sql: string): Statement<Row> => {
    let prepared: StatementSync | undefined;
    const statement = () => (prepared ??= connection.prepare(sql));
    return {
      get: (...parameters) => statement().get(...parameters) as Row | undefined,
      all: (...parameters) => statement().all(...parameters) as Row[],
      run: (...parameters) => Number(statement().run(...parameters).changes),
    };
  };
  const transaction = transactions(connection);
  transaction(() => migrate(connection));
  return { connection, prepare, transaction, close: () => connection.close() };
}

/** SQLite does not wait by itself for its turn to change the journal mode. */
function whenFree(work: () => void): void {
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return (errorCode(error) ?? 0) % 256 === sqliteBusy;
}

function transactions(connection: DatabaseSync): Database['transaction'] {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  let isOpen = false;
  return (work) => {
    if (isOpen) return work();
    begin.run();
    isOpen = true;
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself (a full disk, say); a second ROLLBACK would hide why.
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw error;
    } finally {
      isOpen = false;
    }
  };
}

function migrate(connection: DatabaseSync): void {
  const row = connection.prepare('PRAGMA user_version').get();
  const version = Number(row?.user_version ?? 0);
  if (version === schemaVersion) return;
  if (version !== 0) {
    throw new Error(
      `the emulator's data is of version ${version}, this program reads version ${schemaVersion}: use another data folder`,
    );
  }
  connection.exec(schema);
  connection.exec(`PRAGMA user_version = ${schemaVersion}`);
}

/** Whether an error is SQLite's refusal of a second row with the same unique key. */
export function isUniqueViolation(error: unknown): boolean {
  const [sqliteConstraintUnique, sqliteConstraintPrimaryKey] = [2067, 1555];
  const code = errorCode(error);
  return code === sqliteConstraintUnique || code === sqliteConstraintPrimaryKey;
}

function errorCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : undefined;
}
