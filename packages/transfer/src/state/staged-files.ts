/**
 * Large files that are sealed and wait to be sent, so that a run which ends early is gone on with from the very bytes
 * that Box has parts of. One process at a time has one in hand; what nobody comes back for is removed.
 */
import { rmSync } from 'node:fs';
import { THIS_PROCESS, whoIs } from '../process-name.ts';
import type { StateDatabase, Statement } from './database.ts';
import type { Held } from './seals.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS staged_files (
    key TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    contents TEXT NOT NULL,
    sealed TEXT,
    process TEXT NOT NULL,
    staged_ms INTEGER NOT NULL
  ) WITHOUT ROWID`;

/** Box forgets the session that it would go into after as long. */
const FORGOTTEN_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** What became of a file when it was sealed. */
export interface Staged {
  /** As the disk has it: another fingerprint is another file. */
  readonly fingerprint: string;
  readonly sealedSha1: string;
  readonly holds: Held;
}

interface Row {
  path: string;
  contents: string;
  sealed: string | null;
  process: string;
}

/** What this process has in hand. */
const inHand = new Set<string>();

/** Keys say whose Box, which file and where to; `contents` what of it and how it is sealed; both in any fixed form. */
export class StagedFiles {
  readonly #database: StateDatabase;
  readonly #find: Statement<Row>;
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#find = database.prepare('SELECT * FROM staged_files WHERE key = ?');
    this.#put = database.prepare('INSERT OR REPLACE INTO staged_files VALUES (?, ?, ?, ?, ?, ?)');
    this.#drop = database.prepare('DELETE FROM staged_files WHERE key = ?');
  }

  /**
   * Takes a file in hand, to be written at `path`; whoever did ends it with `release` or `remove`. What an earlier run
   * left unfinished, or of other contents, is removed.
   * @returns with what is left that can be gone on with; undefined while somebody else has it in hand
   */
  claim(
    key: string,
    contents: string,
    path: string,
  ): { left?: Staged & { readonly path: string } } | undefined {
    if (inHand.has(key)) return undefined;
    const found = this.#database.transaction(() => {
      const row = this.#find.get(key);
      if (row && whoIs(row.process) === 'another process') return undefined;
      const isOfUse = row?.contents === contents && row.sealed !== null;
      const kept = isOfUse ? row : { path, sealed: null };
      this.#put.run(key, kept.path, contents, kept.sealed, THIS_PROCESS, Date.now());
      return { row, isOfUse };
    });
    if (!found) return undefined;
    inHand.add(key);
    const { row, isOfUse } = found;
    if (row && isOfUse) return { left: { path: row.path, ...JSON.parse(row.sealed ?? '') } };
    if (row) removeFile(row.path);
    return {};
  }

  /** The file at the path is whole, and on the disk. */
  complete(key: string, path: string, contents: string, staged: Staged): void {
    const { fingerprint, sealedSha1, holds } = staged;
    const sealed = JSON.stringify({ fingerprint, sealedSha1, holds });
    this.#put.run(key, path, contents, sealed, THIS_PROCESS, Date.now());
  }

  /** Lets go of it, for the next to go on. */
  release(key: string): void {
    inHand.delete(key);
  }

  /** It is done with, or of no use. Never throws what the disk says. */
  remove(key: string): void {
    inHand.delete(key);
    const row = this.#find.get(key);
    if (!row || whoIs(row.process) === 'another process') return;
    removeFile(row.path);
    this.#drop.run(key);
  }

  /** Removes what killed runs left unfinished, and what nobody came back for. */
  removeForgotten(nowMs = Date.now()): void {
    const rows = this.#database
      .prepare<Row & { key: string; staged_ms: number }>('SELECT * FROM staged_files')
      .all();
    for (const { key, process, sealed, staged_ms } of rows) {
      const isOurs = inHand.has(key) || whoIs(process) === 'another process';
      const isOld = nowMs - staged_ms > FORGOTTEN_AFTER_MS;
      if (!isOurs && (sealed === null || isOld)) this.remove(key);
    }
  }
}

/** A file that cannot be removed now is in nobody's way, and tried again by nobody: it is sealed. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What it was for goes on without.
  }
}
