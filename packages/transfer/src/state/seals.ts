/**
 * What sealed files hold. Two sealings never have the same bytes, so that the SHA-1 of a sealed file, which is what Box
 * says of it, tells which contents are in it and for whom; and the keys of encrypted names, by the same.
 */
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS seals (
    sealed_sha1 TEXT PRIMARY KEY,
    sha1 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    recipients TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS name_keys (
    sealed_sha1 TEXT PRIMARY KEY,
    text TEXT NOT NULL
  ) WITHOUT ROWID`;

/** What is in a sealed file. */
export interface Held {
  readonly sha1: string;
  readonly sizeBytes: number;
}

interface Row {
  sha1: string;
  bytes: number;
  recipients: string;
}

export class Seals {
  readonly #database: StateDatabase;
  readonly #find: Statement<Row>;
  readonly #put: Statement<never>;
  readonly #findKey: Statement<{ text: string }>;
  readonly #putKey: Statement<never>;
  /** What waits to be written. */
  readonly #waiting = new Map<string, Held>();

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#find = database.prepare(
      'SELECT sha1, bytes, recipients FROM seals WHERE sealed_sha1 = ?',
    );
    this.#put = database.prepare('INSERT OR REPLACE INTO seals VALUES (?, ?, ?, ?)');
    this.#findKey = database.prepare('SELECT text FROM name_keys WHERE sealed_sha1 = ?');
    this.#putKey = database.prepare('INSERT OR REPLACE INTO name_keys VALUES (?, ?)');
  }

  find(sealedSha1: string): Held | undefined {
    const waiting = this.#waiting.get(sealedSha1);
    if (waiting) return waiting;
    const row = this.#find.get(sealedSha1);
    return row && { sha1: row.sha1, sizeBytes: row.bytes };
  }

  /** Whether it was sealed here, and for just these recipients. */
  isFor(sealedSha1: string, recipients: string): boolean {
    return this.#find.get(sealedSha1)?.recipients === recipients;
  }

  /** Written at once: what is sent is not known again if nobody knows what it holds. */
  put(sealedSha1: string, { sha1, sizeBytes }: Held, recipients: string): void {
    this.#put.run(sealedSha1, sha1, sizeBytes, recipients);
  }

  /** What somebody else sealed, and was found out. Written soon. */
  learn(sealedSha1: string, held: Held): void {
    if (this.find(sealedSha1)) return;
    this.#waiting.set(sealedSha1, held);
    this.#database.later(() => {
      this.#put.run(sealedSha1, held.sha1, held.sizeBytes, '');
      this.#waiting.delete(sealedSha1);
    });
  }

  /** The text of a sealed file with the key of names in it, which was opened once. */
  findNameKey(sealedSha1: string): string | undefined {
    return this.#findKey.get(sealedSha1)?.text;
  }

  putNameKey(sealedSha1: string, text: string): void {
    this.#putKey.run(sealedSha1, text);
  }
}
