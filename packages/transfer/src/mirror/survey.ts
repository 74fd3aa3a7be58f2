/**
 * What a look at both sides has found, for a run that is to make the target equal to the source: what is extra in
 * the target, what is new in the source, and which of the new is an extra one moved or renamed. It is kept in a
 * database of its own that SQLite lays on the disk as it grows and removes when it is closed, so that memory does
 * not depend on the number of files.
 */
import type { BoxItem } from '@boxhaul/client';
import { SurveyRows } from './survey-rows.ts';
import {
  CANDIDATES,
  IS_WANTED,
  isBelow,
  isWhole,
  pairing,
  TABLES,
  tops,
} from './survey-statements.ts';

/** A file or folder on one of both sides; what is known of it depends on the side. */
export interface Seen {
  /** Below the target, as results name it. */
  path: string;
  kind: 'file' | 'folder';
  bytes?: number;
  /** SHA-1, where it is known without reading. */
  sha1?: string;
  /** In Box. */
  id?: string;
  etag?: string;
  /** On this machine, and what it looked like there (see `fingerprintOf`). */
  diskPath?: string;
  fingerprint?: string;
}

/** What is extra, and where else its contents are wanted. */
export interface Move {
  from: Seen;
  /** The new file, as the source has it. */
  to: Seen;
}

/** An extra folder of Box, all of which is wanted under another name or in another folder of Box. */
export interface FolderMove {
  from: Seen;
  /** Where it is wanted: a path where there is nothing yet, in a folder that there is. */
  toPath: string;
  parentId: string;
}

/** What goes to the trash in one step. */
export interface Top {
  what: Seen;
  /** Files in it, or one, and their bytes. */
  files: number;
  bytes: number;
}

export class Survey implements Disposable {
  readonly #rows: SurveyRows;
  /** Files of the source that take part. */
  sourceFiles = 0;
  /** Files of the target that take part and that the source has as well. */
  matchedFiles = 0;
  /** The first thing that could not be looked at, in words. */
  unseen: string | undefined;

  readonly #tops: string;

  /** @param areFilesChosen see `Filter.selective` */
  constructor(areFilesChosen: boolean) {
    this.#tops = tops(areFilesChosen);
    this.#rows = new SurveyRows(TABLES);
  }

  addExtra(seen: Seen): void {
    const { path, kind, bytes, sha1 } = seen;
    const cut = path.lastIndexOf('/');
    this.#rows.run(
      'INSERT INTO extra (path, parent, name, kind, bytes, sha1, seen) VALUES (?, ?, ?, ?, ?, ?, ?)',
      path,
      cut < 0 ? '' : path.slice(0, cut),
      path.slice(cut + 1),
      kind,
      bytes ?? null,
      sha1 ?? null,
      JSON.stringify(seen),
    );
  }

  addFresh(seen: Seen): void {
    const { path, bytes, sha1 } = seen;
    this.#rows.run(
      'INSERT INTO fresh (path, name, bytes, sha1, seen) VALUES (?, ?, ?, ?, ?)',
      path,
      nameOf(path),
      bytes ?? null,
      sha1 ?? null,
      JSON.stringify(seen),
    );
  }

  /** A folder of the source that Box has not, in one that it has. */
  addNewFolder(path: string, parentId: string): void {
    this.#rows.run('INSERT OR IGNORE INTO new_folder VALUES (?, ?)', path, parentId);
  }

  /** Something in an extra folder that stays, and so does every folder above it. */
  addLeftOut(path: string): void {
    this.#rows.run('INSERT OR IGNORE INTO left_out VALUES (?)', path);
  }

  /** Keeps some of what is listed of a folder in Box, so that the run need not list it again. */
  keepListing(folderId: string, items: readonly BoxItem[]): void {
    for (const item of items) {
      this.#rows.run(
        'INSERT INTO listing (folder, item) VALUES (?, ?)',
        folderId,
        JSON.stringify(item),
      );
    }
  }

  /** All of the folder was kept. */
  isListed(folderId: string): void {
    this.#rows.run('INSERT OR IGNORE INTO listed VALUES (?)', folderId);
  }

  /** What the folder held, if all of it was kept. */
  listing(folderId: string): Generator<BoxItem> | undefined {
    if (!this.#rows.get('SELECT 1 FROM listed WHERE folder = ?', folderId)) return undefined;
    return this.#kept(folderId);
  }

  get extraFiles(): number {
    return this.#rows.count("SELECT count(*) AS n FROM extra WHERE kind = 'file' AND is_gone = 0");
  }

  /** Extra files that no move will take away. */
  get unmovedFiles(): number {
    return this.extraFiles - this.#rows.count('SELECT count(from_extra) AS n FROM fresh');
  }

  get heldFiles(): number {
    return (
      this.matchedFiles + this.#rows.count("SELECT count(*) AS n FROM extra WHERE kind = 'file'")
    );
  }

  /** New files whose size is not known yet, page by page. */
  *unmeasured(): Generator<{ row: number; seen: Seen }> {
    yield* this.#seen(
      'SELECT id, seen FROM fresh WHERE bytes IS NULL AND id > ? ORDER BY id LIMIT ?',
    );
  }

  measured(row: number, bytes: number): void {
    this.#rows.run('UPDATE fresh SET bytes = ? WHERE id = ?', bytes, row);
  }

  /** Files of this side whose contents may be the same as some on the other, and are not known. */
  *unhashed(side: 'extra' | 'fresh'): Generator<{ row: number; seen: Seen }> {
    const other = side === 'extra' ? 'fresh' : 'extra';
    yield* this.#seen(
      `SELECT id, seen FROM ${side} s WHERE bytes > 0 AND sha1 IS NULL AND id > ?
         AND EXISTS (SELECT 1 FROM ${other} o WHERE o.bytes = s.bytes) ORDER BY id LIMIT ?`,
    );
  }

  hashed(side: 'extra' | 'fresh', row: number, seen: Seen): void {
    this.#rows.run(
      `UPDATE ${side} SET bytes = ?, sha1 = ?, seen = ? WHERE id = ?`,
      seen.bytes ?? null,
      seen.sha1 ?? null,
      JSON.stringify(seen),
      row,
    );
  }

  /**
   * Folders that are wanted elsewhere with all that they hold, the outermost first. Each is to be told of by
   * `folderMoved` before the next is asked for, or it stays where it is.
   */
  *folderMoves(): Generator<FolderMove> {
    const folders = this.#seen(
      `SELECT f.path AS id, f.seen FROM extra f WHERE f.kind = 'folder' AND f.is_gone = 0 AND f.path > ?
         AND ${isWhole('f.path', false)} ORDER BY f.path LIMIT ?`,
      '',
    );
    for (const { seen } of folders) {
      const move = this.#folderMoveOf(seen);
      if (move) yield move;
    }
  }

  /** The folder is where it is wanted, and is listed there. */
  folderMoved({ from, toPath, parentId }: FolderMove): void {
    const item = { type: 'folder', id: from.id, etag: from.etag ?? null, name: nameOf(toPath) };
    const paths = { from: from.path, to: toPath };
    this.#rows.run(
      `DELETE FROM fresh WHERE ${isBelow('path', ':to')} AND EXISTS (
         SELECT 1 FROM extra e WHERE e.kind = 'file' AND e.path = :from || substr(fresh.path, length(:to) + 1))`,
      paths,
    );
    const { from: path } = paths;
    this.#rows.run(
      `UPDATE extra SET is_gone = 1 WHERE path = :path OR (${isBelow('path', ':path')})`,
      { path },
    );
    this.#rows.run('DELETE FROM new_folder WHERE path = ?', toPath);
    const kept = 'INSERT INTO listing (folder, item) VALUES (?, ?)';
    this.#rows.run(kept, parentId, JSON.stringify(item));
  }

  /**
   * Decides which new file is which extra one, moved or renamed: first those of one name, then whatever has the
   * same contents; of several equal ones the first by path with the first. Empty files are never moved.
   */
  pair(): void {
    this.#rows.run(pairing('sha1, bytes, name'));
    this.#rows.run(pairing('sha1, bytes'));
  }

  /** The move that brings a new file, if one does. */
  moveTo(path: string): Move | undefined {
    const row = this.#rows.get(
      `SELECT fresh.seen AS to_seen, extra.seen AS from_seen FROM fresh
         JOIN extra ON extra.id = fresh.from_extra WHERE fresh.path = ? LIMIT 1`,
      path,
    );
    if (!row) return undefined;
    return { from: JSON.parse(String(row.from_seen)), to: JSON.parse(String(row.to_seen)) };
  }

  /** A move is over: the extra file is where the source has it, or it stays one. */
  moved(path: string, isGone: boolean): void {
    if (isGone) {
      this.#rows.run(
        'UPDATE extra SET is_gone = 1 WHERE id = (SELECT from_extra FROM fresh WHERE path = ? LIMIT 1)',
        path,
      );
    }
    this.#rows.run('UPDATE fresh SET from_extra = NULL WHERE path = ?', path);
  }

  /** No more moves will be made: what was to be moved and was not is extra like all else. */
  endMoves(): void {
    this.#rows.run('UPDATE fresh SET from_extra = NULL');
  }

  /** The same for a run that only tells: all moves count as made. */
  imagineMoves(): void {
    this.#rows.run(
      'UPDATE extra SET is_gone = 1 WHERE id IN (SELECT from_extra FROM fresh WHERE from_extra IS NOT NULL)',
    );
    this.endMoves();
  }

  /** What goes to the trash, each in one step, when moves are over. */
  *tops(): Generator<Top> {
    for (const { seen } of this.#seen(this.#tops, '')) {
      if (seen.kind === 'file') yield { what: seen, files: 1, bytes: seen.bytes ?? 0 };
      else yield { what: seen, ...this.#held(seen.path) };
    }
  }

  [Symbol.dispose](): void {
    this.#rows[Symbol.dispose]();
  }

  /** Every candidate has the largest of its files: so few are looked at. */
  #folderMoveOf(from: Seen): FolderMove | undefined {
    const largest = this.#rows.get(
      `SELECT path, bytes, sha1 FROM extra WHERE kind = 'file' AND is_gone = 0 AND bytes > 0 AND sha1 IS NOT NULL
         AND ${isBelow('path', ':path')} ORDER BY bytes DESC, path LIMIT 1`,
      { path: from.path },
    );
    if (!largest) return undefined;
    const { bytes = null, sha1 = null } = largest;
    const rest = String(largest.path).slice(from.path.length);
    for (const { path, parent_id } of this.#rows.all(CANDIDATES, { rest, bytes, sha1 })) {
      const toPath = String(path);
      if (!this.#rows.get(IS_WANTED, { from: from.path, to: toPath })) continue;
      return { from, toPath, parentId: String(parent_id) };
    }
    return undefined;
  }

  #held(path: string): { files: number; bytes: number } {
    const row = this.#rows.get(
      `SELECT count(*) AS files, coalesce(sum(bytes), 0) AS bytes FROM extra
         WHERE kind = 'file' AND is_gone = 0 AND path >= ? AND path < ?`,
      `${path}/`,
      `${path}0`,
    );
    return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
  }

  *#kept(folderId: string): Generator<BoxItem> {
    const rows = this.#rows.pages(
      'SELECT id, item FROM listing WHERE folder = ? AND id > ? ORDER BY id LIMIT ?',
      0,
      folderId,
    );
    for (const { item } of rows) yield JSON.parse(String(item));
  }

  *#seen(sql: string, first: number | string = 0): Generator<{ row: number; seen: Seen }> {
    for (const { id, seen } of this.#rows.pages(sql, first)) {
      yield { row: Number(id), seen: JSON.parse(String(seen)) };
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
