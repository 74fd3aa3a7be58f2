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

/** What is known of a sealed file. */
export interface Known extends Held {
  /** It is known from Box's metadata alone: nobody here has sealed it, or had it open. */
  readonly isHearsay: boolean;
}

interface Row {
  sha1: string;
  bytes: number;
  recipients: string;
}

/** Stands for the recipients of what Box's metadata says: no recipient is written so. */
const HEARSAY = 'hearsay';

export class Seals {
  readonly #database: StateDatabase;
  readonly #find: Statement<Row>;
  readonly #put: Statement<never>;
  readonly #findKey: Statement<{ text: string }>;
  readonly #putKey: Statement<never>;
  /** What waits to be written. */
  readonly #waiting = new Map<string, Known>();

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

  find(sealedSha1: string): Known | undefined {
    const waiting = this.#waiting.get(sealedSha1);
    if (waiting) return waiting;
    const row = this.#find.get(sealedSha1);
    if (!row) return undefined;
    return { sha1: row.sha1, sizeBytes: row.bytes, isHearsay: row.recipients === HEARSAY };
  }

  /** Whether it was sealed here, and for just these recipients. */
  isFor(sealedSha1: string, recipients: string): boolean {
    return this.#find.get(sealedSha1)?.recipients === recipients;
  }

  /** Written at once: what is sent is not known again if nobody knows what it holds. */
  put(sealedSha1: string, { sha1, sizeBytes }: Held, recipients: string): void {
    this.#waiting.delete(sealedSha1);
    this.#put.run(sealedSha1, sha1, sizeBytes, recipients);
  }

  /** What somebody else sealed, and was opened here. Written soon. */
  learn(sealedSha1: string, held: Held): void {
    const known = this.find(sealedSha1);
    if (!known || known.isHearsay) this.#later(sealedSha1, { ...held, isHearsay: false });
  }

  /** What Box's metadata says, now: it may say something else another time. Written soon. */
  hear(sealedSha1: string, { sha1, sizeBytes }: Held): void {
    const known = this.find(sealedSha1);
    const isNews = known?.sha1 !== sha1 || known.sizeBytes !== sizeBytes;
    if (!known || (known.isHearsay && isNews)) {
      this.#later(sealedSha1, { sha1, sizeBytes, isHearsay: true });
    }
  }

  /** The text of a sealed file with the key of names in it, which was opened once. */
  findNameKey(sealedSha1: string): string | undefined {
    return this.#findKey.get(sealedSha1)?.text;
  }

  putNameKey(sealedSha1: string, text: string): void {
    this.#putKey.run(sealedSha1, text);
  }

  #later(sealedSha1: string, known: Known): void {
    this.#waiting.set(sealedSha1, known);
    this.#database.later(() => {
      // What was found out since then has been written, or waits behind this.
      if (this.#waiting.get(sealedSha1) !== known) return;
      const { sha1, sizeBytes, isHearsay } = known;
      this.#put.run(sealedSha1, sha1, sizeBytes, isHearsay ? HEARSAY : '');
      this.#waiting.delete(sealedSha1);
    });
  }
}
