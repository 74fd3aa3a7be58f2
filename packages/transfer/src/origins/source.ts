/**
 * A file that is being read, held to what it was when it was opened. Of a file of this machine the fingerprint (size,
 * times, inode) is compared again before the last bytes of a reading are handed on, so that what was mixed from two
 * states of a file is never complete anywhere.
 */
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { once } from '../once.ts';
import { TransferFailure } from '../reason.ts';
import { type Hashes, type Likeness, likenessOf } from '../state/hashes.ts';

/**
 * What may take a disk long is done off this thread. Looking at a file that is open, and closing it, is done at once:
 * handing it to another thread costs more than doing it, and small files are little else.
 */
const disk = { open: promisify(open), read: promisify(read) };

/** How much is read at once. */
export const READ_BYTES = 512 * 1024;

/** Opened without following a link at the end of the path, and without waiting for a pipe's writer. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What it was like is what it was when it was opened. */
export interface Source extends Likeness {
  readonly sizeBytes: number;
  /**
   * The SHA-1 (hex) that its origin says it has, or that is remembered of it: taken at its word when files are compared,
   * proven when it is sent.
   */
  readonly sha1?: string;
  /** RFC 3339, to the second, as Box takes times; absent for a time before 1970, which it does not. */
  readonly contentModifiedAt?: string;
  readonly contentCreatedAt?: string;
  /** It comes from afar: what is read of it is kept on this machine for as long as it may be wanted again. */
  readonly isFar?: boolean;
  /** Its end is where its connection ended, and nothing told that it is all of it: there may be more. */
  readonly mayBeCut?: true;
  /**
   * All bytes from the beginning; may be called again.
   * @param lent of whoever is done with a chunk when it asks for the next: they may all be in this memory
   * @throws {TransferFailure} `changed-while-read`, before the last chunk is given
   */
  read(lent?: Buffer): AsyncGenerator<Uint8Array, void, void>;
  /** All bytes in one piece, for small files. @throws {TransferFailure} `changed-while-read` */
  readWhole(): Promise<Buffer>;
  /** Fills `target` with the bytes from `offset`. @throws {TransferFailure} `changed-while-read` when they are not there */
  readInto(target: Uint8Array, offset: number): Promise<void>;
  /** @throws {TransferFailure} `changed-while-read` if the file is no longer what was opened */
  assertUnchanged(): Promise<void>;
  /** Lets go of it; what still reads ends first. */
  close(): Promise<void>;
}

export interface SourceOptions {
  /** Is given the open file, and throws if it is not the one that is wanted. */
  readonly assertWanted?: (fd: number) => void;
  /** What is remembered: a file that looks as it did is not opened before it is read. */
  readonly known?: Pick<Hashes, 'find'> | undefined;
}

/**
 * Opens a file to be read. The caller closes it.
 * @throws {TransferFailure} it is no ordinary file
 * @throws Node's own error when it cannot be opened
 */
export async function openSource(
  path: string,
  { assertWanted = () => undefined, known }: SourceOptions = {},
): Promise<Source> {
  const remembered = known && rememberedSource(path, assertWanted, known);
  if (remembered) return remembered;
  const fd = await disk.open(path, OPEN_FLAGS);
  try {
    assertWanted(fd);
    const openedAtMs = Date.now();
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) throw new TransferFailure('special-file', 'it is no ordinary file');
    return new FileSource(likenessOf(path, stats, openedAtMs), stats, async () => fd, fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** What has been read before, and looks as it did then, is most of what an upload meets when it is run again. */
function rememberedSource(
  path: string,
  assertWanted: (fd: number) => void,
  known: Pick<Hashes, 'find'>,
): Source | undefined {
  const lookedAtMs = Date.now();
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  // Opening it says what is wrong with it.
  if (!stats?.isFile()) return undefined;
  const likeness = likenessOf(path, stats, lookedAtMs);
  const sha1 = known.find(likeness);
  if (sha1 === undefined) return undefined;
  const begin = async () => {
    const fd = await disk.open(path, OPEN_FLAGS);
    try {
      assertWanted(fd);
      assertSame(stats, fstatSync(fd, { bigint: true }));
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    return fd;
  };
  return new FileSource({ ...likeness, sha1 }, stats, begin);
}

/** @throws {TransferFailure} `wrong-contents`: what was read of it is not what its origin says it has */
export function assertAsPromised({ sha1: promised }: Source, sha1: string): void {
  if (promised === undefined || promised === sha1) return;
  const words = `what was read has SHA-1 ${sha1}, and its source says ${promised}`;
  throw new TransferFailure('wrong-contents', words, { recovery: 'restart' });
}

class FileSource implements Source {
  readonly key: string;
  readonly fingerprint: string;
  readonly isSettled: boolean;
  readonly sizeBytes: number;
  readonly sha1?: string;
  readonly contentModifiedAt?: string;
  readonly contentCreatedAt?: string;
  readonly #seen: BigIntStats;
  readonly #begin: () => Promise<number>;
  /** The open file, from its first use on. */
  #fd: number | undefined;
  #isClosed = false;
  readonly #uses = new Set<Promise<unknown>>();

  /** @param begin opens it, once; @param fd what that gives, if it is open already */
  constructor(
    { key, fingerprint, isSettled, sha1 }: Likeness & { sha1?: string },
    seen: BigIntStats,
    begin: () => Promise<number>,
    fd?: number,
  ) {
    this.key = key;
    this.fingerprint = fingerprint;
    this.isSettled = isSettled;
    this.#seen = seen;
    this.#fd = fd;
    this.#begin = once(async () => {
      this.#fd = await begin();
      return this.#fd;
    });
    this.sizeBytes = Number(seen.size);
    if (sha1 !== undefined) this.sha1 = sha1;
    const modifiedAt = boxTime(seen.mtimeMs);
    const createdAt = boxTime(createdMs(seen));
    if (modifiedAt) this.contentModifiedAt = modifiedAt;
    if (createdAt) this.contentCreatedAt = createdAt;
  }

  async *read(lent?: Buffer): AsyncGenerator<Uint8Array, void, void> {
    if (this.sizeBytes === 0) await this.#assertEmpty();
    for (let offset = 0; offset < this.sizeBytes; offset += READ_BYTES) {
      const chunk = memoryFor(Math.min(READ_BYTES, this.sizeBytes - offset), lent);
      await this.readInto(chunk, offset);
      if (offset + chunk.byteLength === this.sizeBytes) await this.assertUnchanged();
      yield chunk;
    }
  }

  async readWhole(): Promise<Buffer> {
    if (this.sizeBytes === 0) await this.#assertEmpty();
    const whole = Buffer.allocUnsafe(this.sizeBytes);
    await this.readInto(whole, 0);
    await this.assertUnchanged();
    return whole;
  }

  /** Files of `/proc` and the like are made as they are read, and have a size of 0. */
  async #assertEmpty(): Promise<void> {
    const { bytesRead } = await this.#read(Buffer.allocUnsafe(1), 0, 1, 0);
    if (bytesRead === 0) return;
    await this.assertUnchanged();
    throw new TransferFailure('special-file', 'it has more in it than its size says');
  }

  async readInto(target: Uint8Array, offset: number): Promise<void> {
    let filled = 0;
    while (filled < target.byteLength) {
      const { bytesRead } = await this.#read(
        target,
        filled,
        target.byteLength - filled,
        offset + filled,
      );
      if (bytesRead === 0) throw changed('it became shorter');
      filled += bytesRead;
    }
  }

  async assertUnchanged(): Promise<void> {
    assertSame(this.#seen, fstatSync(await this.#use(), { bigint: true }));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // What still reads for nobody must not go on in a file that gets the same number.
    await Promise.allSettled(this.#uses);
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  #read(target: Uint8Array, offset: number, length: number, position: number) {
    return this.#held(async () => disk.read(await this.#use(), target, offset, length, position));
  }

  async #use(): Promise<number> {
    if (this.#isClosed) throw new Error(`${this.key} is closed`);
    return this.#fd ?? this.#held(this.#begin);
  }

  async #held<T>(use: () => Promise<T>): Promise<T> {
    const using = use();
    this.#uses.add(using);
    try {
      return await using;
    } finally {
      this.#uses.delete(using);
    }
  }
}

function assertSame(before: BigIntStats, now: BigIntStats): void {
  if (now.size !== before.size) throw changed('its size is another');
  if (now.mtimeNs !== before.mtimeNs || now.ctimeNs !== before.ctimeNs || now.ino !== before.ino) {
    throw changed('its times are others');
  }
}

/** For whoever reads it piece by piece and is done with each when it asks for the next. */
export function memoryToLend({ sizeBytes }: Pick<Source, 'sizeBytes'>): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(READ_BYTES, sizeBytes));
}

/** New where none is lent: a socket may still hold the chunk before when the next is asked for. */
export function memoryFor(sizeBytes: number, lent: Buffer | undefined): Buffer {
  const isEnough = lent && lent.byteLength >= sizeBytes;
  return isEnough ? lent.subarray(0, sizeBytes) : Buffer.allocUnsafe(sizeBytes);
}

/** What a reading ends with when the file is no longer what was opened. */
export function changed(how: string): TransferFailure {
  return new TransferFailure('changed-while-read', `it changed while it was read: ${how}`, {
    recovery: 'restart',
  });
}

/** Where a disk keeps no birth time it says 0, or the time of the last change. */
function createdMs(stats: BigIntStats): bigint {
  return stats.birthtimeMs > 0n && stats.birthtimeMs < stats.mtimeMs
    ? stats.birthtimeMs
    : stats.mtimeMs;
}

/** A time as Box takes it; undefined for one that it does not. */
export function boxTime(ms: bigint | number): string | undefined {
  if (ms < 0 || Number.isNaN(ms)) return undefined;
  return `${new Date(Number(ms)).toISOString().slice(0, 19)}+00:00`;
}
