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
import { SourceError } from '../source-error.ts';
import { type KeptRow, KeptRows } from './kept-rows.ts';
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
  const rows = new KeptRows();
  const seen = new Seen();
  try {
    const take = (row: ManifestRow) => {
      seen.add(row);
      return rows.add(row);
    };
    await readManifest(path, options.format, take, signal);
    const web = seen.hasUrls ? await openWeb(options.env) : undefined;
    return new ManifestOrigin(path, rows, seen.inTheClear(basename(path)), web);
  } catch (error) {
    rows[Symbol.dispose]();
    throw noRoom(path, error) ?? error;
  }
}

/** Its rows lie on the disk while they are worked on. */
function noRoom(path: string, cause: unknown): SourceError | undefined {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code !== 'ERR_SQLITE_ERROR') return undefined;
  return new SourceError(`the rows of ${path} cannot be kept: ${message}`, {
    cause,
    ways: [
      'make room in the folder for temporary files, or name another: export TMPDIR=/large/tmp',
    ],
  });
}

class ManifestOrigin implements DetailedOrigin {
  readonly identity: readonly string[];
  readonly details: DetailsSource;
  readonly #path: string;
  readonly #rows: KeptRows;
  readonly #warning: string | undefined;
  readonly #disk = diskOrigin([]);
  readonly #web: Web | undefined;

  constructor(path: string, rows: KeptRows, warning: string | undefined, web: Web | undefined) {
    this.identity = [path];
    this.#path = path;
    this.#rows = rows;
    this.#warning = warning;
    this.#web = web;
    this.details = detailsOf((entry) => this.#row(entry));
  }

  async top({ emit }: OriginContext) {
    const words = this.#warning;
    if (words !== undefined) emit?.({ type: 'notice', code: 'password-in-the-clear', words });
    return { entries: this.#entries([]), failed: [] };
  }

  async list({ path }: OriginEntry) {
    return this.#entries(path.split('/'));
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
    this.#rows[Symbol.dispose]();
    await this.#web?.close();
  }

  #row({ path }: OriginEntry): KeptRow | undefined {
    return this.#rows.find(path.split('/'));
  }

  #entries(folder: readonly string[]): OriginEntry[] {
    const found = this.#rows.list(folder);
    const entries = (kind: 'folder' | 'file') =>
      found[kind].map((name) => ({ name, path: [...folder, name].join('/'), kind }));
    return [...entries('folder'), ...entries('file')].sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  }

  #webFile({ source }: KeptRow): WebFile | undefined {
    return this.#web && isUrl(source) ? new WebFile(source, this.#web) : undefined;
  }

  #onDisk({ source }: KeptRow): OriginEntry {
    const path = isAbsolute(source) ? source : resolve(dirname(this.#path), source);
    return { name: source, path, kind: 'file' };
  }
}

/** What is to be known of all rows together. */
class Seen {
  hasUrls = false;
  #open: { readonly line: number; readonly host: string } | undefined;
  #openCount = 0;

  add({ source, line }: ManifestRow): void {
    if (!isUrl(source)) return;
    this.hasUrls = true;
    const url = new URL(source);
    if (!isOpenToAll(url)) return;
    this.#open ??= { line, host: url.host };
    this.#openCount += 1;
  }

  /** What is to be said of addresses with a password that everyone on the way can read; never the password. */
  inTheClear(list: string): string | undefined {
    if (!this.#open) return undefined;
    const { line, host } = this.#open;
    const lines = this.#openCount === 1 ? '' : ` (and ${this.#openCount - 1} more)`;
    return `line ${line} of ${list}${lines} has a password, which goes to ${host} unencrypted: http`;
  }
}

function isOpenToAll({ protocol, password, hostname }: URL): boolean {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return protocol === 'http:' && password !== '' && !isHere;
}

function detailsOf(row: (entry: OriginEntry) => KeptRow | undefined): DetailsSource {
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
