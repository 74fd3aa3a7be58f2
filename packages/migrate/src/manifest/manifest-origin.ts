/** A list of files as the origin of an upload: folders are those that the targets name. */
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import {
  diskOrigin,
  type FileFacts,
  type OriginContext,
  type OriginEntry,
  type Source,
} from '@boxhaul/transfer';
import type { Details, DetailsSource } from '../details.ts';
import type { OpenOrigin } from '../far-origin.ts';
import { isUrl, type ManifestRow } from './manifest-row.ts';
import { readManifest } from './read-manifest.ts';
import { openWeb, type Web, WebFile } from './web-file.ts';
import { withTimes } from './with-times.ts';

export interface ManifestOptions {
  readonly path: string;
  readonly format: 'csv' | 'jsonl';
  /** What names a proxy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An origin that has more to say of its files than what is in them. */
export interface DetailedOrigin extends OpenOrigin {
  readonly details: DetailsSource;
}

/** @throws {SourceError} it cannot be read, or lines of it are wrong; nothing was done then */
export async function openManifest(
  options: ManifestOptions,
  signal: AbortSignal,
): Promise<DetailedOrigin> {
  const path = resolve(options.path);
  const rows = await readManifest(path, options.format, signal);
  const web = rows.some(({ source }) => isUrl(source)) ? await openWeb(options.env) : undefined;
  return new ManifestOrigin(path, rows, web);
}

/** A folder of targets. */
interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: Map<string, ManifestRow>;
}

class ManifestOrigin implements DetailedOrigin {
  readonly identity: readonly string[];
  readonly details: DetailsSource;
  readonly #path: string;
  readonly #rows: readonly ManifestRow[];
  readonly #root: Folder = { folders: new Map(), files: new Map() };
  readonly #disk = diskOrigin([]);
  readonly #web: Web | undefined;

  constructor(path: string, rows: readonly ManifestRow[], web: Web | undefined) {
    this.identity = [path];
    this.#path = path;
    this.#rows = rows;
    this.#web = web;
    for (const row of rows) addRow(this.#root, row);
    this.details = detailsOf((entry) => this.#row(entry));
  }

  async top({ emit }: OriginContext) {
    const words = passwordsInTheClear(this.#rows, basename(this.#path));
    if (words !== undefined) emit?.({ type: 'notice', code: 'password-in-the-clear', words });
    return { entries: entriesOf(this.#root, ''), failed: [] };
  }

  async list({ path }: OriginEntry) {
    const folder = this.#folder(path.split('/'));
    return folder ? entriesOf(folder, path) : [];
  }

  async facts(entry: OriginEntry): Promise<FileFacts | undefined> {
    const row = this.#row(entry);
    if (!row) return undefined;
    const file = this.#webFile(row);
    const found = file
      ? await file.facts(AbortSignal.timeout(60_000))
      : await this.#disk.facts(this.#onDisk(row));
    const { modifiedMs, createdMs } = row;
    return (
      found && {
        ...found,
        ...(modifiedMs !== undefined && { modifiedMs }),
        ...(createdMs !== undefined && { createdMs }),
      }
    );
  }

  async open(entry: OriginEntry, signal: AbortSignal): Promise<Source> {
    const row = this.#row(entry);
    if (!row) throw new Error(`${entry.path} is not in ${this.#path}`);
    const file = this.#webFile(row);
    const source = await (file?.open(signal) ?? this.#disk.open(this.#onDisk(row), signal));
    return withTimes(source, row);
  }

  async close(): Promise<void> {
    await this.#web?.close();
  }

  #row({ path }: OriginEntry): ManifestRow | undefined {
    const names = path.split('/');
    return this.#folder(names.slice(0, -1))?.files.get(names.at(-1) ?? '');
  }

  #folder(names: readonly string[]): Folder | undefined {
    let folder: Folder | undefined = this.#root;
    for (const name of names) folder = folder?.folders.get(name);
    return folder;
  }

  #webFile({ source }: ManifestRow): WebFile | undefined {
    return this.#web && isUrl(source) ? new WebFile(source, this.#web) : undefined;
  }

  #onDisk({ source }: ManifestRow): OriginEntry {
    const path = isAbsolute(source) ? source : resolve(dirname(this.#path), source);
    return { name: source, path, kind: 'file' };
  }
}

/** What is to be said of addresses with a password that everyone on the way can read; never the password. */
function passwordsInTheClear(rows: readonly ManifestRow[], list: string): string | undefined {
  const open = rows.filter(({ source }) => isUrl(source) && isOpenToAll(new URL(source)));
  const [first] = open;
  if (!first) return undefined;
  const { host } = new URL(first.source);
  const lines = open.length === 1 ? '' : ` (and ${open.length - 1} more)`;
  return `line ${first.line} of ${list}${lines} has a password, which goes to ${host} unencrypted: http`;
}

function isOpenToAll({ protocol, password, hostname }: URL): boolean {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === 'http:' && password !== '' && !isHere;
}

function addRow(root: Folder, row: ManifestRow): void {
  let folder = root;
  for (const name of row.target.slice(0, -1)) {
    let next = folder.folders.get(name);
    if (!next) {
      next = { folders: new Map(), files: new Map() };
      folder.folders.set(name, next);
    }
    folder = next;
  }
  folder.files.set(row.target.at(-1) ?? '', row);
}

function entriesOf({ folders, files }: Folder, path: string): OriginEntry[] {
  const entry = (name: string, kind: 'file' | 'folder') => {
    return { name, path: path === '' ? name : `${path}/${name}`, kind };
  };
  return [
    ...[...folders.keys()].map((name) => entry(name, 'folder')),
    ...[...files.keys()].map((name) => entry(name, 'file')),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}

function detailsOf(row: (entry: OriginEntry) => ManifestRow | undefined): DetailsSource {
  return {
    fingerprint(entry) {
      const details = row(entry)?.details ?? {};
      return Object.keys(details).length === 0 ? undefined : JSON.stringify(details);
    },
    calls(entry) {
      const { description, tags, metadata = [], collaborations = [] } = row(entry)?.details ?? {};
      const words = description === undefined && tags === undefined ? 0 : 1;
      return words + metadata.length + collaborations.length;
    },
    read: async (entry): Promise<Details> => row(entry)?.details ?? {},
  };
}
