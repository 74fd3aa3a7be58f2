/**
 * Files of Box by their contents, to find those that are there several times. Kept in a temporary database of SQLite's,
 * which goes to the disk when it grows: a million files are no burden.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Which of several equal files stays. */
export type KeepRule = 'oldest' | 'newest' | 'shortest-path';

export interface KnownFile {
  readonly id: string;
  readonly path: string;
  readonly sha1: string;
  readonly sizeBytes: number;
  readonly createdMs: number;
}

/** A file that is there already: `kept` has the same contents. */
export interface Duplicate {
  readonly file: KnownFile;
  readonly kept: KnownFile;
}

export class Duplicates implements Disposable {
  readonly #database = new DatabaseSync('');
  readonly #add: StatementSync;

  constructor() {
    this.#database.exec(
      `CREATE TABLE files (
         id TEXT PRIMARY KEY, path TEXT NOT NULL, sha1 TEXT NOT NULL, sizeBytes INTEGER NOT NULL,
         createdMs INTEGER NOT NULL
       ) WITHOUT ROWID`,
    );
    this.#add = this.#database.prepare('INSERT OR IGNORE INTO files VALUES (?, ?, ?, ?, ?)');
  }

  /** The same file a second time, as of folders that lie in one another, is one file. */
  add({ id, path, sha1, sizeBytes, createdMs }: KnownFile): void {
    this.#add.run(id, path, sha1, sizeBytes, createdMs);
  }

  /** All that may go, the files with the same contents one after the other. */
  *all(keep: KeepRule): Generator<Duplicate, void, void> {
    let kept: KnownFile | undefined;
    const ordered = this.#database.prepare(
      `SELECT * FROM files ORDER BY sha1, sizeBytes, ${ORDERS[keep]}, path, id`,
    );
    for (const row of ordered.iterate()) {
      const file = row as unknown as KnownFile;
      const isSame = kept?.sha1 === file.sha1 && kept.sizeBytes === file.sizeBytes;
      if (kept && isSame) yield { file, kept };
      else kept = file;
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

const ORDERS: Readonly<Record<KeepRule, string>> = {
  oldest: 'createdMs',
  newest: 'createdMs DESC',
  'shortest-path': 'length(path)',
};
