import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../clock.ts';
import { BoxAuthError } from '../errors.ts';

const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;
/** A renewal takes a second; whoever holds the lock for so long is stuck. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Runs `work` while no other process of this machine, and nobody else in this one, holds the lock on `path`.
 *
 * The lock is SQLite's own, on an empty database: the kernel gives it back when its holder dies, however it dies.
 * It is asked for again and again with growing random pauses instead of being waited for, as SQLite's waiting
 * would stop this process altogether. The file stays: to delete it would let two in.
 *
 * @throws the signal's reason, if it fires before the turn has come
 * @throws {BoxAuthError} `token_lock`: another holds it for minutes
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing is ever written, so there is nothing to keep a journal file for.
    await patiently(path, () => isDone(database, 'PRAGMA journal_mode = OFF'), signal);
    await patiently(path, () => isDone(database, 'BEGIN IMMEDIATE'), signal);
    return await work();
  } finally {
    // Closing ends the transaction, and with it the lock.
    database.close();
  }
}

async function patiently(
  path: string,
  attempt: () => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const startedMs = systemClock.now();
  for (let count = 0; !attempt(); count++) {
    if (systemClock.now() - startedMs > PATIENCE_MS) {
      throw new BoxAuthError(
        `another process has held ${path} for minutes; is one of them stuck?`,
        {
          code: 'token_lock',
          recovery: 'retry',
        },
      );
    }
    const longestMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** count);
    await systemClock.sleep(SHORTEST_PAUSE_MS + Math.random() * longestMs, signal);
  }
}

/** False where another holds the lock. */
function isDone(database: DatabaseSync, sql: string): boolean {
  try {
    database.exec(sql);
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** SQLITE_BUSY, with or without one of its details in the upper bits. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === 5
  );
}
