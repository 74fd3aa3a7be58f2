/**
 * One process at a time. The lock is SQLite's own, on an empty database: the kernel gives it back when its
 * holder dies, however it dies, so that nobody has to guess whether a lock that is found is still meant.
 */
import { DatabaseSync } from 'node:sqlite';

export interface ProcessLock {
  release(): void;
}

/** Takes the lock on the file at `path`, which stays; undefined if another has it. */
export function tryLock(path: string): ProcessLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing is ever written, so there is nothing to keep a journal file for.
    database.exec('PRAGMA journal_mode = OFF; BEGIN IMMEDIATE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/** SQLITE_BUSY, with or without one of its details in the upper bits. */
function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' && (code & 0xff) === 5;
}
