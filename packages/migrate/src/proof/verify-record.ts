/** A migration's target, listed anew and held against what was sent. */
import type { DatabaseSync } from 'node:sqlite';
import { type BoxClient, BoxhaulError, type BoxItem } from '@boxhaul/client';

/** What a listing of the target shows of what a run says is there. */
export interface Verification {
  /** Files, folders and web links that were looked for. */
  readonly checked: number;
  /** Of those, how many are there, files with the size and SHA-1 that were sent. */
  readonly right: number;
  /** Of the right ones, how many were sent from where no end of them was told: they may not be all of the file. */
  readonly unproven: number;
  readonly missing: number;
  /** There, with another size or SHA-1. */
  readonly different: number;
  /** In folders that could not be listed. */
  readonly unknown: number;
  /** All that was looked for is right, and all of it. */
  readonly isProven: boolean;
}

/** How many folders are listed at once. */
const FOLDERS_AT_ONCE = 16;

const FIELDS = ['size', 'sha1', 'name'];

/** What the run says is in Box. */
const CLAIMED = "id IS NOT NULL AND state IN ('transferred', 'same', 'made')";

const AS_SENT = "(:kind <> 'file' OR (size IS :size AND sha1 IS :sha1))";

const CUT = 'its server told no length: what came may not be all of it';

/** Results do not tell web links from files, but by their having no contents. */
const SEEN = `
  UPDATE rows SET kind = :kind,
    verified = CASE WHEN ${AS_SENT} THEN iif(may_be_cut, 'unproven', 'yes') ELSE 'different' END,
    message = CASE WHEN ${AS_SENT} THEN iif(may_be_cut, '${CUT}', message)
      ELSE 'Box has ' || cast(:size AS INTEGER) || ' bytes with SHA-1 ' || :sha1 END
  WHERE id = :id AND ${CLAIMED}
    AND (kind = :kind OR (:kind = 'web_link' AND kind = 'file' AND sha1 IS NULL))`;

/** @throws what ends every run, such as a refused sign-in */
export async function verifyRecord(
  database: DatabaseSync,
  {
    client,
    folderId,
    signal,
  }: { readonly client: BoxClient; readonly folderId: string; readonly signal?: AbortSignal },
): Promise<Verification> {
  const seen = database.prepare(SEEN);
  const unlisted: string[] = [];
  const folders = foldersOf(database, folderId);
  const worker = async () => {
    for (let next = folders.next(); !next.done; next = folders.next()) {
      const { id, path } = next.value;
      try {
        for await (const item of client.folders.items(id, { fields: FIELDS, signal })) {
          seen.run(valuesOf(item));
        }
      } catch (error) {
        if (signal?.aborted || endsAll(error)) throw error;
        unlisted.push(path);
      }
    }
  };
  await Promise.all(Array.from({ length: FOLDERS_AT_ONCE }, worker));
  settle(database, unlisted);
  return countsOf(database);
}

/** The folders that something was sent to: the target itself, and those that the run made or found in it. */
function* foldersOf(database: DatabaseSync, folderId: string) {
  yield { id: folderId, path: '' };
  const folders = database.prepare(
    `SELECT id, path, rowid FROM rows WHERE kind = 'folder' AND ${CLAIMED} AND rowid > ? ORDER BY rowid LIMIT 1`,
  );
  // One by one: rows change while folders are listed.
  for (let last = 0; ; ) {
    const found = folders.get(last);
    if (!found) return;
    last = Number(found.rowid);
    yield { id: String(found.id), path: String(found.path) };
  }
}

function valuesOf(item: BoxItem) {
  const isFile = item.type === 'file';
  return {
    kind: item.type,
    id: item.id,
    size: isFile ? (item.size ?? 0) : 0,
    sha1: isFile ? item.sha1 : '',
  };
}

function endsAll(error: unknown): boolean {
  return error instanceof BoxhaulError && error.recovery === 'stop';
}

/** What no listing showed is missing, but for what lies in folders that could not be listed. */
function settle(database: DatabaseSync, unlisted: readonly string[]): void {
  const unknown = database.prepare(
    `UPDATE rows SET verified = 'unknown' WHERE verified = '' AND ${CLAIMED}
       AND substr(path, 1, length(:folder)) = :folder AND instr(substr(path, length(:folder) + 1), '/') = 0`,
  );
  for (const path of unlisted) unknown.run({ folder: path === '' ? '' : `${path}/` });
  database.exec(`UPDATE rows SET verified = 'missing' WHERE verified = '' AND ${CLAIMED}`);
}

function countsOf(database: DatabaseSync): Verification {
  const counts: Record<string, number> = {};
  let checked = 0;
  for (const { verified, times } of database
    .prepare("SELECT verified, count(*) AS times FROM rows WHERE verified <> '' GROUP BY 1")
    .all()) {
    counts[String(verified)] = Number(times);
    checked += Number(times);
  }
  const { yes = 0, unproven = 0, missing = 0, different = 0, unknown = 0 } = counts;
  const right = yes + unproven;
  return { checked, right, unproven, missing, different, unknown, isProven: yes === checked };
}
