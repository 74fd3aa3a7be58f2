/**
 * The SHA-1 of files on this machine, so that a run reads nothing that has not changed since the last. A file
 * is taken for unchanged when its size, inode and both of its times are what they were.
 */
import type { BigIntStats } from 'node:fs';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS hashes (
    path TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    sha1 TEXT NOT NULL
  ) WITHOUT ROWID`;

/**
 * Two writes so close together may leave the same times: a file that was as young as this when it was read is
 * not remembered. Disks that count whole seconds only (FAT counts two) need the longer one.
 */
const FINE_WINDOW_NS = 50_000_000n;
const COARSE_WINDOW_NS = 2_000_000_000n;
const SECOND_NS = 1_000_000_000n;

export class Hashes {
  readonly #database: StateDatabase;
  readonly #find: Statement<{ fingerprint: string; sha1: string }>;
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#find = database.prepare('SELECT fingerprint, sha1 FROM hashes WHERE path = ?');
    this.#drop = database.prepare('DELETE FROM hashes WHERE path = ?');
    this.#put = database.prepare(
      'INSERT INTO hashes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, sha1 = excluded.sha1',
    );
  }

  /** The SHA-1 (hex) of the file that looks like this, if it is known. */
  find(path: string, stats: BigIntStats): string | undefined {
    const known = this.#find.get(path);
    return known?.fingerprint === fingerprintOf(stats) ? known.sha1 : undefined;
  }

  /**
   * Remembers what reading a file has shown.
   * @param stats as it was before and after it was read
   * @param readFromMs the time at which the reading began
   */
  learn(path: string, stats: BigIntStats, sha1: string, readFromMs: number): void {
    if (!isTooYoung(stats, readFromMs)) this.write(path, stats, sha1);
  }

  /** Remembers a file that this process made, and that has just got its name: nobody else had it in hand. */
  write(path: string, stats: BigIntStats, sha1: string): void {
    const fingerprint = fingerprintOf(stats);
    this.#database.later(() => this.#put.run(path, fingerprint, sha1));
  }

  /** What Box received was not what was remembered. Done at once, behind what waits: the file is tried again. */
  forget(path: string): void {
    this.#database.later(() => this.#drop.run(path));
    this.#database.flush();
  }
}

/** What changes with a file's contents: size, place and both of its times. */
export function fingerprintOf({ size, dev, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return [size, dev, ino, mtimeNs, ctimeNs].join(' ');
}

function isTooYoung({ mtimeNs, ctimeNs }: BigIntStats, readFromMs: number): boolean {
  const changedNs = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  const window = changedNs % SECOND_NS === 0n ? COARSE_WINDOW_NS : FINE_WINDOW_NS;
  return changedNs + window > BigInt(Math.trunc(readFromMs)) * 1_000_000n;
}
