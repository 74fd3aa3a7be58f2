/**
 * What a list of files says ought to be there: their paths, sizes and SHA-1s, without their contents. It is kept in a
 * database of its own that SQLite lays on the disk as it grows, so that memory does not depend on the number of files.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { InputError } from '@boxhaul/client';
import type { Origin, OriginEntry } from '../origins/origin.ts';
import type { Source } from '../origins/source.ts';
import { TransferFailure } from '../reason.ts';

/** One line of a manifest. Its path is below the folder that it is about, with `/` between names. */
export type ManifestEntry =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly sizeBytes: number;
      readonly sha1: string;
    }
  | { readonly kind: 'folder'; readonly path: string }
  /** Something of which nobody knows what it ought to be: whatever is there is neither wrong nor extra. */
  | { readonly kind: 'unknown'; readonly path: string };

const TABLES = `
  CREATE TABLE file (
    parent TEXT NOT NULL, name TEXT NOT NULL, bytes INTEGER, sha1 TEXT, PRIMARY KEY (parent, name)
  ) WITHOUT ROWID;
  CREATE TABLE folder (parent TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (parent, name)) WITHOUT ROWID`;

interface FileRow {
  name: string;
  /** Null of what is not known. */
  bytes: number | null;
  sha1: string | null;
}

/**
 * Takes in a manifest, for `verify`. Whoever opens it disposes of it.
 * @param identity which one it is, in words that stay the same
 * @throws {InputError} a path is listed twice, or is none
 * @example
 * ```ts
 * import { manifestOrigin, verify } from '@boxhaul/transfer';
 *
 * const sha1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
 * async function* entries() {
 *   yield { kind: 'file', path: 'plans/may.txt', sizeBytes: 0, sha1 } as const;
 * }
 * using sources = await manifestOrigin(entries(), 'delivery of May');
 * const report = await verify({ client, sources, folderId });
 * console.log(report.failedBy); // { missing: 2, extra: 1 }
 * ```
 */
export async function manifestOrigin(
  entries: AsyncIterable<ManifestEntry>,
  identity: string,
): Promise<Origin & Disposable> {
  const database = new DatabaseSync('');
  try {
    database.exec(TABLES);
    database.exec('BEGIN');
    await takeIn(entries, database);
    database.exec('COMMIT');
    return new ManifestOrigin(database, identity);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function takeIn(
  entries: AsyncIterable<ManifestEntry>,
  database: DatabaseSync,
): Promise<void> {
  const addFile = database.prepare('INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?)');
  const addFolder = database.prepare('INSERT OR IGNORE INTO folder VALUES (?, ?)');
  let latest = '';
  for await (const entry of entries) {
    const { path } = entry;
    const names = path.split('/');
    if (names.some((name) => name === '' || name === '.' || name === '..')) {
      throw new InputError(`"${path}" in the manifest is no path below a folder`);
    }
    const folders = entry.kind === 'folder' ? names : names.slice(0, -1);
    const folder = folders.join('/');
    if (folder !== latest) addFolders(folders, addFolder);
    latest = folder;
    if (entry.kind === 'folder') continue;
    const [bytes, sha1] =
      entry.kind === 'file' ? [entry.sizeBytes, entry.sha1.toLowerCase()] : [null, null];
    const { changes } = addFile.run(folder, names.at(-1) ?? '', bytes, sha1);
    if (changes === 0) throw new InputError(`"${path}" stands in the manifest twice`);
  }
}

function addFolders(names: readonly string[], add: StatementSync): void {
  for (const [depth, name] of names.entries()) add.run(names.slice(0, depth).join('/'), name);
}

class ManifestOrigin implements Origin, Disposable {
  readonly identity: readonly string[];
  readonly #database: DatabaseSync;
  readonly #files: StatementSync;
  readonly #folders: StatementSync;
  readonly #file: StatementSync;

  constructor(database: DatabaseSync, identity: string) {
    this.identity = ['manifest', identity];
    this.#database = database;
    this.#files = database.prepare(
      'SELECT name, bytes, sha1 FROM file WHERE parent = ? ORDER BY name',
    );
    this.#folders = database.prepare('SELECT name FROM folder WHERE parent = ? ORDER BY name');
    this.#file = database.prepare('SELECT bytes, sha1 FROM file WHERE parent = ? AND name = ?');
  }

  async top(): Promise<{ entries: OriginEntry[]; failed: [] }> {
    return { entries: this.#in(''), failed: [] };
  }

  async list({ path }: OriginEntry): Promise<readonly OriginEntry[]> {
    return this.#in(path);
  }

  async facts({ facts }: OriginEntry) {
    return facts;
  }

  async open({ path, name }: OriginEntry): Promise<Source> {
    const parent = path.slice(0, Math.max(0, path.length - name.length - 1));
    const { bytes, sha1 } = (this.#file.get(parent, name) as Partial<FileRow> | undefined) ?? {};
    if (typeof bytes === 'number' && sha1) return sourceOf(path, bytes, sha1);
    throw new TransferFailure('not-found', 'the manifest does not say what is in it');
  }

  #in(parent: string): OriginEntry[] {
    const at = (name: string) => (parent === '' ? name : `${parent}/${name}`);
    const folders = this.#folders.all(parent) as unknown as { name: string }[];
    const files = this.#files.all(parent) as unknown as FileRow[];
    return [
      ...folders.map(({ name }) => ({ name, path: at(name), kind: 'folder' as const })),
      ...files.map(({ name, bytes: sizeBytes }) => ({
        ...{ name, path: at(name), kind: 'file' as const },
        ...(sizeBytes === null ? { isIgnored: true } : { facts: { sizeBytes } }),
      })),
    ];
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/** Says what a file is; what is in it nobody here has. */
function sourceOf(key: string, sizeBytes: number, sha1: string): Source {
  const nothing = (): never => {
    throw new TransferFailure('not-found', 'a manifest has no contents');
  };
  return {
    ...{ key, fingerprint: sha1, isSettled: false, sizeBytes, sha1 },
    // biome-ignore lint/correctness/useYield: there is nothing to give
    async *read() {
      nothing();
    },
    readWhole: async () => nothing(),
    readInto: async () => nothing(),
    assertUnchanged: async () => undefined,
    close: async () => undefined,
  };
}
