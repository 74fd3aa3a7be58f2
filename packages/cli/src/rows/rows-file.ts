/**
 * A file of rows, read as often as it is asked for and never held whole. What standard input gives is kept in a
 * temporary file of the user's own until then.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { ColumnNames } from './column-names.ts';
import type { RawRow } from './raw-row.ts';
import { readCsv } from './read-csv.ts';
import { readJsonl } from './read-jsonl.ts';

export interface RowsFile extends AsyncDisposable {
  /** For people: `work.csv`. */
  readonly title: string;
  /**
   * All rows, from the first. The file stays open, so that replacing it changes nothing.
   * @throws CliError at the end: what is in the file is no longer what it was when its digest was taken
   */
  rows(): AsyncIterable<RawRow>;
  /** SHA-256 of the file's contents (hex), as they are at the first call. */
  digest(): Promise<string>;
}

/**
 * Opens `work.csv`, `work.jsonl`, or standard input (`-`), whose first character tells which of the two it is.
 * @throws CliError it cannot be opened, or its name does not say what is in it
 */
export async function openRowsFile(
  { cwd, stdin, signal }: CommandContext,
  path: string,
  names: ColumnNames,
): Promise<RowsFile> {
  if (path !== '-') {
    const read = readerFor(path);
    return rowsFile(await opened(resolve(cwd, path), path), basename(path), read, names);
  }
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-rows-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const kept = join(folder, 'rows');
    await pipeline(stdin, createWriteStream(kept, { mode: 0o600 }), { signal });
    const file = await open(kept);
    const first = await firstCharacter(file);
    const reader = first === '{' ? readJsonl : readCsv;
    return rowsFile(file, 'standard input', reader, names, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

type Reader = (source: Readable, names: ColumnNames) => AsyncIterable<RawRow>;

function readerFor(path: string): Reader {
  const ending = extname(path).toLowerCase();
  if (ending === '.csv') return readCsv;
  if (ending === '.jsonl' || ending === '.ndjson') return readJsonl;
  throw new CliError(`${path} is neither .csv nor .jsonl`, {
    ways: [
      'name it for what is in it: work.csv has a line of column names and then a line for each row',
      'work.jsonl has a JSON object on each line',
      `--from-file - < ${path}    tells them apart by the first character`,
    ],
  });
}

async function opened(path: string, typed: string): Promise<FileHandle> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    if ((await file.stat()).isFile()) return file;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new CliError(isAbsent ? `${typed} is not there` : `${typed} cannot be read (${code})`, {
      ways: [isAbsent ? 'check its spelling' : 'get the right to read it'],
      cause,
    });
  }
  await file.close();
  throw new CliError(`${typed} is no file that can be read twice`, {
    ways: [`--from-file - < ${typed}`],
  });
}

function rowsFile(
  file: FileHandle,
  title: string,
  read: Reader,
  names: ColumnNames,
  remove?: () => Promise<void>,
): RowsFile {
  let known: string | undefined;
  const contents = () =>
    Readable.from(
      chunksOf(file, (digest) => {
        known ??= digest;
        if (digest !== known) throw wasChanged(title);
      }),
      { objectMode: false },
    );
  return {
    title,
    rows: () => read(contents(), names),
    async digest() {
      if (known === undefined) for await (const _ of contents());
      return known ?? '';
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      await remove?.();
    },
  };
}

const CHUNK = 64 * 1024;

/** @param atEnd is told the SHA-256 of all that was read */
async function* chunksOf(
  file: FileHandle,
  atEnd: (digest: string) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let position = 0;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return atEnd(hash.digest('hex'));
    position += bytesRead;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    yield chunk;
  }
}

function wasChanged(title: string): CliError {
  return new CliError(`${title} was changed while its rows were worked on`, {
    details: ['the rows that were done until then are done, as they stood there then'],
    ways: ['run the same command again when nothing writes to the file'],
    exitCode: ExitCode.failed,
  });
}

async function firstCharacter(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
  return buffer
    .toString('utf8', 0, bytesRead)
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 1);
}
