/**
 * The rows of a list, by the folders that their targets name: kept in a database of its own that has no name and ends with
 * the process, so that memory does not depend on how many there are.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { CellProblem, ManifestRow } from './manifest-row.ts';

/** What is kept of a row; where it goes is where it is found. */
export type KeptRow = Omit<ManifestRow, 'target'>;

/** Names are kept as JSON: SQLite would make others of those that are no UTF-8. */
const TABLES = `
  PRAGMA temp_store = FILE; PRAGMA cache_size = -32000; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
  CREATE TABLE folder (id INTEGER PRIMARY KEY, above INTEGER NOT NULL, name TEXT NOT NULL, line INTEGER NOT NULL);
  CREATE UNIQUE INDEX folder_name ON folder (above, name);
  CREATE TABLE file (line INTEGER PRIMARY KEY, folder INTEGER NOT NULL, name TEXT NOT NULL, row TEXT NOT NULL);
  CREATE UNIQUE INDEX file_name ON file (folder, name);
  BEGIN`;

const TOP = 0;

export class KeptRows implements Disposable {
  readonly #database = new DatabaseSync('');
  readonly #statements: Readonly<
    Record<'addFile' | 'addFolder' | 'file' | 'folder', StatementSync>
  >;
  readonly #listings: Readonly<Record<'file' | 'folder', StatementSync>>;
  /** Rows of one folder mostly stand together. */
  #last: { readonly names: readonly string[]; readonly id: number } = { names: [], id: TOP };

  constructor() {
    const database = this.#database;
    database.exec(TABLES);
    this.#statements = {
      addFile: database.prepare('INSERT INTO file VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
      addFolder: database.prepare('INSERT INTO folder (above, name, line) VALUES (?, ?, ?)'),
      file: database.prepare('SELECT line, row FROM file WHERE folder = ? AND name = ?'),
      folder: database.prepare('SELECT id, line FROM folder WHERE above = ? AND name = ?'),
    };
    this.#listings = {
      file: database.prepare('SELECT name FROM file WHERE folder = ?'),
      folder: database.prepare('SELECT name FROM folder WHERE above = ?'),
    };
  }

  /** @returns why it cannot be taken: two files cannot have one name, and a file is no folder */
  add({ target, ...row }: ManifestRow): CellProblem | undefined {
    const { line } = row;
    const problem = (words: string) => ({ line, column: 'target', words });
    const folder = this.#folderFor(target.slice(0, -1), line);
    if ('isFile' in folder) return problem(`"${folder.isFile}" is a file by line ${folder.line}`);
    const name = JSON.stringify(target.at(-1) ?? '');
    const path = target.join('/');
    const within = this.#statements.folder.get(folder.id, name);
    if (within) return problem(`"${path}" is a folder by line ${within.line}`);
    const added = this.#statements.addFile.run(line, folder.id, name, JSON.stringify(row));
    if (Number(added.changes) > 0) return undefined;
    const same = this.#statements.file.get(folder.id, name);
    return problem(`"${path}" is the target of line ${same?.line} already`);
  }

  /** The row whose target is this. */
  find(target: readonly string[]): KeptRow | undefined {
    const folder = this.#folder(target.slice(0, -1));
    if (folder === undefined) return undefined;
    const found = this.#statements.file.get(folder, JSON.stringify(target.at(-1) ?? ''));
    return found && (JSON.parse(String(found.row)) as KeptRow);
  }

  /** Names in a folder of targets, in any order. */
  list(folder: readonly string[]): Record<'folder' | 'file', readonly string[]> {
    const id = this.#folder(folder);
    const names = (kind: 'folder' | 'file') =>
      id === undefined ? [] : Array.from(this.#listings[kind].iterate(id), nameIn);
    return { folder: names('folder'), file: names('file') };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #folder(names: readonly string[]): number | undefined {
    if (isSame(this.#last.names, names)) return this.#last.id;
    let id = TOP;
    for (const name of names) {
      const found = this.#statements.folder.get(id, JSON.stringify(name));
      if (!found) return undefined;
      id = Number(found.id);
    }
    this.#last = { names, id };
    return id;
  }

  /** Found, or made; unless a file has a name on the way. */
  #folderFor(
    names: readonly string[],
    line: number,
  ): { readonly id: number } | { readonly isFile: string; readonly line: number } {
    const known = this.#folder(names);
    if (known !== undefined) return { id: known };
    let id = TOP;
    for (const [at, name] of names.entries()) {
      const key = JSON.stringify(name);
      const found = this.#statements.folder.get(id, key);
      const file = found ? undefined : this.#statements.file.get(id, key);
      if (file) return { isFile: names.slice(0, at + 1).join('/'), line: Number(file.line) };
      id = found ? Number(found.id) : this.#makeFolder(id, key, line);
    }
    return { id };
  }

  #makeFolder(above: number, name: string, line: number): number {
    return Number(this.#statements.addFolder.run(above, name, line).lastInsertRowid);
  }
}

function nameIn({ name }: Record<string, unknown>): string {
  return JSON.parse(String(name)) as string;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
