/**
 * A file that was read once from afar and written down on this machine, in a file that only its owner can read and
 * that has no name: it is gone as soon as nobody has it open, whatever ends the process.
 */
import { close, constants, openSync, read, rmSync, write } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RunningSha1 } from '../hash.ts';
import { TransferFailure } from '../reason.ts';
import { removeAbandoned, temporaryName } from '../temporary-files.ts';
import { memoryFor, READ_BYTES, type Source } from './source.ts';

const disk = { read: promisify(read), write: promisify(write), close: promisify(close) };

/** Nobody else's file or link of that name is followed, or read. */
const NEW_FILE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;

/** Where a file that is open cannot lose its name, it does so when it is closed. */
const NAMES_STAY = process.platform === 'win32';

/** What a spooled file is besides its bytes. */
export type SpooledFile = Pick<
  Source,
  'key' | 'fingerprint' | 'isSettled' | 'contentModifiedAt' | 'contentCreatedAt'
>;

/**
 * Reads a file to its end, and gives what was read, with its SHA-1 and size, as often as it is wanted. The caller
 * closes it. That the file is still what it was is for `bytes` to find out, before they end.
 *
 * @throws what reading `bytes` throws
 * @throws {TransferFailure} `disk-full`, `local-error`: there is no room for it in the folder for temporary files, or
 *   no such folder
 * @example
 * ```ts
 * import { spooledSource } from '@boxhaul/transfer';
 *
 * const file = { key: 'https://example.com/a', fingerprint: '"v1"', isSettled: true };
 * const bytes = (await client.files.download(fileId)).body; // of a size that nobody knows yet
 * const source = await spooledSource(file, bytes, AbortSignal.timeout(60_000));
 * console.log(source.sizeBytes, source.sha1);
 * await source.close();
 * ```
 */
export async function spooledSource(
  file: SpooledFile,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Source & { readonly sha1: string }> {
  const spool = await openSpool();
  try {
    const whole = new RunningSha1();
    let sizeBytes = 0;
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      whole.add(chunk);
      await writeAll(spool.fd, chunk, sizeBytes);
      sizeBytes += chunk.byteLength;
    }
    return new SpooledSource(file, spool, sizeBytes, whole.hex());
  } catch (error) {
    await spool.remove();
    throw error;
  }
}

class SpooledSource implements Source {
  readonly key: string;
  readonly fingerprint: string;
  readonly isSettled: boolean;
  readonly sizeBytes: number;
  readonly sha1: string;
  readonly contentModifiedAt?: string;
  readonly contentCreatedAt?: string;
  readonly #spool: OpenSpool;
  readonly #reads = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(file: SpooledFile, spool: OpenSpool, sizeBytes: number, sha1: string) {
    this.key = file.key;
    this.fingerprint = file.fingerprint;
    this.isSettled = file.isSettled;
    if (file.contentModifiedAt !== undefined) this.contentModifiedAt = file.contentModifiedAt;
    if (file.contentCreatedAt !== undefined) this.contentCreatedAt = file.contentCreatedAt;
    this.sizeBytes = sizeBytes;
    this.sha1 = sha1;
    this.#spool = spool;
  }

  async *read(lent?: Buffer): AsyncGenerator<Uint8Array, void, void> {
    for (let offset = 0; offset < this.sizeBytes; offset += READ_BYTES) {
      const chunk = memoryFor(Math.min(READ_BYTES, this.sizeBytes - offset), lent);
      await this.readInto(chunk, offset);
      yield chunk;
    }
  }

  async readWhole(): Promise<Buffer> {
    const whole = Buffer.allocUnsafe(this.sizeBytes);
    await this.readInto(whole, 0);
    return whole;
  }

  async readInto(target: Uint8Array, offset: number): Promise<void> {
    for (let filled = 0; filled < target.byteLength; ) {
      const left = target.byteLength - filled;
      const { bytesRead } = await this.#read(target, filled, left, offset + filled);
      if (bytesRead === 0)
        throw new Error(`what was kept of ${this.key} has no ${offset + filled}`);
      filled += bytesRead;
    }
  }

  /** Nobody else has it. */
  async assertUnchanged(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // What still reads for nobody must not go on in a file that gets the same number.
    await Promise.allSettled(this.#reads);
    await this.#spool.remove();
  }

  async #read(target: Uint8Array, filled: number, length: number, position: number) {
    if (this.#isClosed) throw new Error(`what was kept of ${this.key} is closed`);
    const reading = disk.read(this.#spool.fd, target, filled, length, position);
    this.#reads.add(reading);
    try {
      return await reading;
    } finally {
      this.#reads.delete(reading);
    }
  }
}

interface OpenSpool {
  readonly fd: number;
  remove(): Promise<void>;
}

let tidying: Promise<unknown> | undefined;

/** Removes what killed processes left, once in each that comes after them. */
async function tidied(): Promise<void> {
  const folder = tmpdir();
  tidying ??= readdir(folder).then((names) =>
    // What other users left is theirs to remove.
    Promise.allSettled(names.map((name) => removeAbandoned(folder, [name], () => false))),
  );
  await tidying;
}

async function openSpool(): Promise<OpenSpool> {
  const path = join(tmpdir(), temporaryName());
  try {
    await tidied();
    // In one go, so that hardly a moment is left in which a kill leaves it there.
    const fd = openSync(path, NEW_FILE, 0o600);
    if (!NAMES_STAY) rmSync(path);
    return {
      fd,
      async remove() {
        await disk.close(fd);
        if (NAMES_STAY) await rm(path, { force: true });
      },
    };
  } catch (error) {
    throw withPlace(error);
  }
}

async function writeAll(fd: number, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.byteLength; ) {
    const left = bytes.byteLength - written;
    const { bytesWritten } = await disk
      .write(fd, bytes, written, left, position + written)
      .catch((error: unknown) => {
        throw withPlace(error);
      });
    written += bytesWritten;
  }
}

/** What is wrong with the disk is no fault of the file, and it is not the disk that one thinks of first. */
function withPlace(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const what = isFull ? 'there is no room for it' : `nothing can be written (${code})`;
  const words = `${what} in ${tmpdir()}, where it is kept while it is sent; TMPDIR names another place`;
  return new TransferFailure(isFull ? 'disk-full' : 'local-error', words, { cause: error });
}
