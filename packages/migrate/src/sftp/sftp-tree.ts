/** Folders and files on an SSH server. */

import { TransferFailure } from '@boxhaul/transfer';
import type { FileEntryWithStats, Stats } from 'ssh2';
import { type FarEntry, type FarFacts, type FarTree, isSettledSince } from '../far-origin.ts';
import type { Channel, Question, SftpConnection } from './connection.ts';

/** What every server gives in one answer. @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02 */
const PIECE_BYTES = 32 * 1024;

/** So many pieces of a file are asked for before the first has come: 1 MiB on its way fills a long line. */
const PIECES_AHEAD = 32;

export class SftpTree implements FarTree {
  readonly identity: string;
  readonly #connection: SftpConnection;

  constructor(identity: string, connection: SftpConnection) {
    this.identity = identity;
    this.#connection = connection;
  }

  /** The path that it leads to, links followed. */
  async resolve(path: string, signal: AbortSignal): Promise<string> {
    return this.#ask<string>((sftp, answer) => sftp.realpath(path, answer), signal);
  }

  async look(path: string, signal: AbortSignal): Promise<FarEntry | undefined> {
    try {
      const stats = await this.#ask<Stats>((sftp, answer) => sftp.lstat(path, answer), signal);
      return entryOf(path.slice(path.lastIndexOf('/') + 1), path, stats);
    } catch (error) {
      if (error instanceof TransferFailure && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async list(path: string, signal: AbortSignal): Promise<FarEntry[]> {
    const entries = await asked(
      this.#connection.use((channel) => Array.fromAsync(entriesIn(path, channel, signal)), signal),
    );
    const folder = path.endsWith('/') ? path : `${path}/`;
    return entries
      .filter(({ filename }) => filename !== '.' && filename !== '..')
      .map(({ filename, attrs }) => entryOf(filename, folder + filename, attrs));
  }

  async *stream(
    path: string,
    { sizeBytes }: FarFacts,
    offset: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, void> {
    const channel = await this.#connection.take(signal);
    try {
      const handle = await asked(
        channel.ask<Buffer>((sftp, answer) => sftp.open(path, 'r', answer), signal),
      );
      try {
        yield* piecesOf(channel, handle, offset, sizeBytes, signal);
      } finally {
        letGo(handle, channel);
      }
    } finally {
      channel.users -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #ask<T>(question: Question<T>, signal: AbortSignal): Promise<T> {
    return asked(this.#connection.use((channel) => channel.ask<T>(question, signal), signal));
  }
}

/** Answer by answer: how many it takes is for the server to say, and each shows that it is there. */
async function* entriesIn(
  path: string,
  channel: Channel,
  signal: AbortSignal,
): AsyncGenerator<FileEntryWithStats, void, void> {
  const handle = await channel.ask<Buffer>((sftp, answer) => sftp.opendir(path, answer), signal);
  try {
    for (;;) {
      yield* await channel.ask<FileEntryWithStats[]>(
        (sftp, answer) => sftp.readdir(handle, answer),
        signal,
      );
    }
  } catch (error) {
    if (codeOf(error) !== END_OF_FILE) throw error;
  } finally {
    letGo(handle, channel);
  }
}

/** Nobody waits: what was read is read, and a lost channel has closed it. */
function letGo(handle: Buffer, channel: Channel): void {
  channel.ask<void>((sftp, answer) => sftp.close(handle, answer)).catch(() => undefined);
}

/** The bytes in their order, many pieces asked for at once; behind the last one, whether there are more than was told. */
async function* piecesOf(
  channel: Channel,
  handle: Buffer,
  offset: number,
  sizeBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const ahead: Promise<Buffer>[] = [];
  let next = offset;
  const askForMore = () => {
    while (next < sizeBytes && ahead.length < PIECES_AHEAD) {
      const piece = readPiece(
        channel,
        handle,
        next,
        Math.min(PIECE_BYTES, sizeBytes - next),
        signal,
      );
      // Its error is for whoever comes to it, if anybody does.
      piece.catch(() => undefined);
      ahead.push(piece);
      next += PIECE_BYTES;
    }
  };
  askForMore();
  for (let piece = ahead.shift(); piece; piece = ahead.shift()) {
    const bytes = await asked(piece);
    askForMore();
    yield bytes;
  }
  yield await asked(readPiece(channel, handle, sizeBytes, 1, signal));
}

/** As much of a piece as there is: a server may give less at a time than it was asked for. */
async function readPiece(
  channel: Channel,
  handle: Buffer,
  offset: number,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  let filled = 0;
  while (filled < sizeBytes) {
    const got = await channel.ask<number>(
      (sftp, answer) =>
        sftp.read(handle, bytes, filled, sizeBytes - filled, offset + filled, answer),
      signal,
    );
    if (!got) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

function entryOf(name: string, path: string, stats: Stats): FarEntry {
  if (stats.isDirectory()) return { name, path, kind: 'folder' };
  if (stats.isSymbolicLink()) return { name, path, kind: 'symlink' };
  if (!stats.isFile()) return { name, path, kind: 'special-file' };
  const { size: sizeBytes, mtime } = stats;
  const modifiedMs = mtime * 1000;
  const fingerprint = `${sizeBytes} ${mtime}`;
  const facts = { sizeBytes, modifiedMs, fingerprint, isSettled: isSettledSince(modifiedMs) };
  return { name, path, kind: 'file', facts };
}

/** SSH_FX_…: what a server says. */
const END_OF_FILE = 1;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;

/** @throws {TransferFailure} the server said no; what else is thrown is a lost connection */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = codeOf(error);
    if (code === NO_SUCH_FILE) {
      throw new TransferFailure('not-found', 'it is not there (any more)', { cause: error });
    }
    if (code === PERMISSION_DENIED) {
      throw new TransferFailure('no-permission', 'the server does not permit it', { cause: error });
    }
    if (code === FAILURE && error instanceof Error) {
      throw new TransferFailure('unexpected', `the server said: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
