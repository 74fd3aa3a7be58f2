/**
 * The SHA-1 of files that were read, so that a run reads nothing that has not changed since the last. A file of this
 * machine is taken for unchanged when its size, inode and both of its times are what they were.
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

/** A file as it was seen. */
export interface Likeness {
  /** What it goes by: the path of a file of this machine. */
  readonly key: string;
  /** Is another when the contents are. */
  readonly fingerprint: string;
  /** Whether any change from now on gives another fingerprint. */
  readonly isSettled: boolean;
}

/** @param seenFromMs when whoever reads it began to, by this machine's clock */
export function likenessOf(path: string, stats: BigIntStats, seenFromMs: number): Likeness {
  return {
    key: path,
    fingerprint: fingerprintOf(stats),
    isSettled: !isTooYoung(stats, seenFromMs),
  };
}

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
  find({ key, fingerprint }: Pick<Likeness, 'key' | 'fingerprint'>): string | undefined {
    const known = this.#find.get(key);
    return known?.fingerprint === fingerprint ? known.sha1 : undefined;
  }

  /** Remembers what reading a file has shown, which was like this before and after it was read. */
  learn({ key, fingerprint, isSettled }: Likeness, sha1: string): void {
    if (isSettled) this.#write(key, fingerprint, sha1);
  }

  /** Remembers a file that this process made, and that has just got its name: nobody else had it in hand. */
  write(path: string, stats: BigIntStats, sha1: string): void {
    this.#write(path, fingerprintOf(stats), sha1);
  }

  /** What Box received was not what was remembered. Done at once, behind what waits: the file is tried again. */
  forget(key: string): void {
    this.#database.later(() => this.#drop.run(key));
    this.#database.flush();
  }

  #write(key: string, fingerprint: string, sha1: string): void {
    this.#database.later(() => this.#put.run(key, fingerprint, sha1));
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
