/**
 * What one run of a migration did, row by row, for its manifest: kept in a database of its own that has no name and ends
 * with the process, so that ten million rows take no memory.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { BoxClient } from '@boxhaul/client';
import type { TransferEvent, TransferResult } from '@boxhaul/transfer';
import { type Signed, writeSigned } from './signed-file.ts';
import { type Verification, verifyRecord } from './verify-record.ts';

const TABLES = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  CREATE TABLE rows (
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT,
    size INTEGER,
    sha1 TEXT,
    holds_size INTEGER,
    holds_sha1 TEXT,
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    verified TEXT NOT NULL DEFAULT '',
    may_be_cut INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX rows_by_id ON rows (id);
  CREATE TABLE gaps (
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    again TEXT NOT NULL
  );
  CREATE INDEX gaps_by_id ON gaps (kind, id);`;

const MANIFEST = `
  SELECT path, kind, coalesce(id, '') AS id, coalesce(size, '') AS size, coalesce(sha1, '') AS sha1, state, verified,
    (SELECT count(*) FROM gaps WHERE gaps.id = rows.id AND gaps.kind = rows.kind) AS gaps, reason, message,
    coalesce(holds_size, '') AS holds_size, coalesce(holds_sha1, '') AS holds_sha1
  FROM rows ORDER BY path, kind, id`;

/** Columns of a manifest, in this order. */
const MANIFEST_COLUMNS = [
  'path',
  'kind',
  'id',
  'size',
  'sha1',
  'state',
  'verified',
  'gaps',
  'reason',
  'message',
  'holds_size',
  'holds_sha1',
] as const;

const GAPS = 'SELECT * FROM gaps ORDER BY path, what, message';

const GAP_COLUMNS = ['path', 'kind', 'id', 'what', 'reason', 'message', 'again'] as const;

/** What one run did; whoever opened it closes it. */
export interface MigrationRecord extends Disposable {
  /** How many gaps there are. */
  readonly gaps: number;
  /** Takes an upload's events, all of them. */
  add(event: TransferEvent): void;
  /**
   * Lists the target anew, and holds it against what was sent.
   * @throws what ends every run, such as a refused sign-in
   */
  verify(options: {
    readonly client: BoxClient;
    readonly folderId: string;
    readonly signal?: AbortSignal;
  }): Promise<Verification>;
  /**
   * Writes a row for each file, folder and web link, in the order of their paths: as CSV with a header, or as JSON lines
   * where the name ends in `.jsonl`. Beside it, in `<path>.sha256`, is its SHA-256 as `sha256sum -c` wants it.
   */
  writeManifest(path: string): Promise<Signed>;
  /** Writes a row for each gap, likewise. */
  writeGaps(path: string): Promise<Signed>;
  /** Lets go of it. */
  [Symbol.dispose](): void;
}

/**
 * Begins the record of one run.
 *
 * @example
 * ```ts
 * import { openMigrationRecord } from '@boxhaul/migrate';
 * import { upload } from '@boxhaul/transfer';
 *
 * using record = openMigrationRecord();
 * const { add: onEvent } = record;
 * await upload({ client, sources: ['report.txt'], folderId, mode: 'update', onEvent });
 * const { isProven } = await record.verify({ client, folderId });
 * const { sha256 } = await record.writeManifest('manifest.csv');
 * console.log(isProven, sha256); // and manifest.csv.sha256, for sha256sum -c
 * ```
 */
export function openMigrationRecord(): MigrationRecord {
  return new Recording();
}

class Recording implements MigrationRecord {
  readonly #database: DatabaseSync;
  readonly #row: StatementSync;
  readonly #gap: StatementSync;
  #gaps = 0;

  constructor() {
    // Without a name it is a file that SQLite removes itself.
    this.#database = new DatabaseSync('');
    this.#database.exec(TABLES);
    this.#database.exec('BEGIN');
    this.#row = this.#database.prepare(
      'INSERT INTO rows (path, kind, id, size, sha1, holds_size, holds_sha1, state, reason, message, may_be_cut) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#gap = this.#database.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?)');
  }

  get gaps(): number {
    return this.#gaps;
  }

  // Also as a function of its own.
  readonly add = (event: TransferEvent): void => {
    if (event.type === 'file') this.#addResult(event.result);
    if (event.type === 'folder') {
      const { path, id, state } = event;
      this.#row.run(
        path,
        'folder',
        id ?? null,
        null,
        null,
        null,
        null,
        state === 'exists' ? 'same' : 'made',
        '',
        '',
        0,
      );
    }
    if (event.type === 'gap') {
      const { item, gap } = event;
      const again = gap.mayPass ? 'yes' : 'no';
      this.#gap.run(item.path, item.type, item.id, gap.what, gap.code, gap.words, again);
      this.#gaps += 1;
    }
  };

  verify(options: Parameters<MigrationRecord['verify']>[0]): Promise<Verification> {
    return verifyRecord(this.#database, options);
  }

  writeManifest(path: string): Promise<Signed> {
    return writeSigned(path, MANIFEST_COLUMNS, this.#database.prepare(MANIFEST).iterate());
  }

  writeGaps(path: string): Promise<Signed> {
    return writeSigned(path, GAP_COLUMNS, this.#database.prepare(GAPS).iterate());
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #addResult(result: TransferResult): void {
    const { kind, path, id, bytes, sha1, sealedBytes, sealedSha1, state, reason, mayBeCut } =
      result;
    // Of a sealed file Box knows what it was sealed to; what that holds stands beside it.
    const isSealed = sealedBytes !== undefined && sealedSha1 !== undefined;
    const isSame = state === 'skipped' && reason?.code === 'same';
    const { code = '', words = '' } = isSame ? {} : (reason ?? {});
    this.#row.run(
      path,
      kind,
      id ?? null,
      isSealed ? sealedBytes : bytes,
      (isSealed ? sealedSha1 : sha1) ?? null,
      isSealed ? bytes : null,
      (isSealed && sha1) || null,
      isSame ? 'same' : state,
      code,
      words,
      mayBeCut ? 1 : 0,
    );
  }
}
