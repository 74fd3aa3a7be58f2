/**
 * A large file that is being downloaded, written in any order under a temporary name. Its SHA-1 grows with what is
 * there without a gap: of bytes that came in order as they are written, of others when the gap before them is
 * filled, by reading them back. With a memory between runs, what was written before this one ended is found by
 * the next.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  ftruncate,
  lstatSync,
  open,
  read,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RunningSha1 } from '../hash.ts';
import { TransferFailure } from '../reason.ts';
import type { OpenDownload, OpenDownloads } from '../state/open-downloads.ts';
import { isTemporaryName, temporaryName, writerOf } from '../temporary-files.ts';
import { writeAll } from '../writing.ts';
import type { FileInBox } from './file-in-box.ts';
import { giveName, type NamedTarget } from './naming.ts';
import { Ranges } from './ranges.ts';

const disk = { open: promisify(open), ftruncate: promisify(ftruncate), read: promisify(read) };

const NO_LINKS = constants.O_NOFOLLOW ?? 0;
const NEW_FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_LINKS;
const KNOWN_FLAGS = constants.O_RDWR | NO_LINKS;

/** How much is read back at once. */
const READ_BACK_BYTES = 1024 * 1024;

/** Where partial files are remembered, and under which name this one is. */
export interface KeptPart {
  readonly openDownloads: OpenDownloads;
  readonly key: string;
}

/** Those that this process writes to now. */
const inHand = new Set<string>();

export class PartialFile {
  readonly #target: NamedTarget;
  readonly #kept: KeptPart | undefined;
  readonly #path: string;
  #fd: number | undefined;
  #sha1OfVersion: string;
  #written: Ranges;
  #hash = new RunningSha1();
  #hashedTo = 0;
  #readingBack: Promise<void> | undefined;
  /** Why it could not be read back, until the next restart. */
  #trouble: { error: unknown } | undefined;
  #isPutDue = false;
  #isNamed = false;

  private constructor(
    target: NamedTarget,
    kept: KeptPart | undefined,
    opened: { fd: number; path: string; sha1: string; written: Ranges },
  ) {
    this.#target = target;
    this.#kept = kept;
    this.#fd = opened.fd;
    this.#path = opened.path;
    this.#sha1OfVersion = opened.sha1;
    this.#written = opened.written;
    inHand.add(opened.path);
  }

  /** Begins the file, or goes on with what an earlier run left of this version. */
  static async open(
    target: NamedTarget,
    { sha1 }: FileInBox,
    kept: KeptPart | undefined,
  ): Promise<PartialFile> {
    target.folder.assertSame();
    const opened = (kept && (await goOnWith(kept, target, sha1))) ?? (await begin(target));
    const { fd, path, left } = opened;
    const written = new Ranges(left?.ranges);
    const file = new PartialFile(target, kept, { fd, path, sha1, written });
    file.#put();
    file.#readBackSoon();
    return file;
  }

  get written(): Ranges {
    return this.#written;
  }

  /** Writes bytes where they belong; they must not change before it is done. */
  async write(chunks: Uint8Array[], position: number): Promise<void> {
    await writeAll(this.#handle(), chunks, position);
    let end = position;
    for (const chunk of chunks) end += chunk.byteLength;
    this.#written.add(position, end);
    if (position === this.#hashedTo && !this.#readingBack) {
      for (const chunk of chunks) this.#hash.add(chunk);
      this.#hashedTo = end;
    }
    this.#readBackSoon();
    this.#putSoon();
  }

  /** Of all that is there; nothing may be missing. */
  async sha1(): Promise<string> {
    while (this.#readingBack) await this.#readingBack;
    if (this.#trouble) throw this.#trouble.error;
    return this.#hash.hex();
  }

  /**
   * All that is there, from the beginning; nothing may be missing, or be written meanwhile. A chunk is good until the
   * next is asked for.
   */
  async *contents(): AsyncGenerator<Uint8Array, void, void> {
    const end = this.#written.reachFrom(0);
    const chunk = Buffer.allocUnsafeSlow(READ_BACK_BYTES);
    for (let at = 0; at < end; ) {
      const length = Math.min(chunk.byteLength, end - at);
      const { bytesRead } = await disk.read(this.#handle(), chunk, 0, length, at);
      if (bytesRead === 0) throw wasCut();
      at += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  }

  /** Forgets all bytes, for those of a version with this SHA-1. */
  async restart(sha1: string): Promise<void> {
    this.#written = new Ranges();
    await this.#readingBack;
    await disk.ftruncate(this.#handle(), 0);
    this.#sha1OfVersion = sha1;
    this.#trouble = undefined;
    this.#hash = new RunningSha1();
    this.#hashedTo = 0;
    this.#put();
  }

  /** As a sink's. */
  async finish(modifiedAt?: Date): Promise<BigIntStats | undefined> {
    const fd = this.#handle();
    this.#fd = undefined;
    const named = await giveName(fd, this.#path, this.#target, modifiedAt);
    this.#isNamed = true;
    // Of a name that a loss of power took back, the next run must know the part.
    if (this.#kept) await this.#target.folder.sync();
    this.#kept?.openDownloads.drop(this.#kept.key);
    return named;
  }

  /** Lets go of the file, so that the next run can go on with it; without a memory it is removed. Never throws. */
  async keep(): Promise<void> {
    if (!this.#kept) return this.discard();
    this.#put();
    await this.#close();
  }

  /** Removes what was written, unless it was finished. Never throws; may be called twice. */
  async discard(): Promise<void> {
    await this.#close();
    if (this.#isNamed) return;
    this.#kept?.openDownloads.drop(this.#kept.key);
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // The error that led here is the one to tell; a later run removes what is left.
    }
  }

  async #close(): Promise<void> {
    this.#written = new Ranges();
    await this.#readingBack;
    inHand.delete(this.#path);
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  #handle(): number {
    if (this.#fd === undefined) throw new Error('the file is closed');
    return this.#fd;
  }

  #readBackSoon(): void {
    const isAllRead = this.#written.reachFrom(this.#hashedTo) === this.#hashedTo;
    if (isAllRead || this.#readingBack || this.#fd === undefined || this.#trouble) return;
    this.#readingBack = this.#readBack()
      .catch((error: unknown) => {
        this.#trouble = { error };
      })
      .finally(() => {
        this.#readingBack = undefined;
        // More may have been written since it looked last.
        this.#readBackSoon();
      });
  }

  async #readBack(): Promise<void> {
    const buffer = Buffer.allocUnsafe(READ_BACK_BYTES);
    for (;;) {
      const length = Math.min(
        this.#written.reachFrom(this.#hashedTo) - this.#hashedTo,
        READ_BACK_BYTES,
      );
      if (length <= 0) return;
      const { bytesRead } = await disk.read(this.#handle(), buffer, 0, length, this.#hashedTo);
      if (bytesRead === 0) throw wasCut();
      this.#hash.add(buffer.subarray(0, bytesRead));
      this.#hashedTo += bytesRead;
    }
  }

  #current(): OpenDownload {
    return {
      partPath: this.#path,
      sha1: this.#sha1OfVersion,
      ranges: this.#written.list(),
    };
  }

  #put(): void {
    this.#kept?.openDownloads.put(this.#kept.key, this.#current());
  }

  #putSoon(): void {
    if (!this.#kept || this.#isPutDue) return;
    this.#isPutDue = true;
    this.#kept.openDownloads.putSoon(this.#kept.key, () => {
      this.#isPutDue = false;
      return this.#fd === undefined ? undefined : this.#current();
    });
  }
}

/** The disk lost what an earlier run wrote, as when the power went. */
function wasCut(): TransferFailure {
  const words = 'the part of it that was here is shorter than it was';
  return new TransferFailure('wrong-contents', words, { recovery: 'restart' });
}

async function begin({ folder, replaces }: NamedTarget): Promise<Opened> {
  const path = join(folder.path, temporaryName());
  // Its owner has to write to it for as long as it is a part; at the end it gets the permissions of what it replaces.
  const mode = replaces ? (replaces.mode & 0o777) | 0o600 : 0o666;
  return { path, fd: await disk.open(path, NEW_FLAGS, mode) };
}

interface Opened {
  fd: number;
  path: string;
  left?: OpenDownload;
}

/**
 * Makes what an earlier run left this process's own, by renaming it: only one can. What is of another version is
 * removed.
 * @returns undefined if there is nothing to go on with
 */
async function goOnWith(
  { openDownloads, key }: KeptPart,
  { folder }: NamedTarget,
  sha1: string,
): Promise<Opened | undefined> {
  const left = openDownloads.find(key);
  if (!left || isInHand(left.partPath) || dirname(left.partPath) !== folder.path) return undefined;
  const path = join(folder.path, temporaryName());
  try {
    if (!isPart(left.partPath)) return undefined;
    if (left.sha1 !== sha1) {
      rmSync(left.partPath);
      return undefined;
    }
    renameSync(left.partPath, path);
    return { path, left, fd: await disk.open(path, KNOWN_FLAGS) };
  } catch {
    // Somebody else took it, or it cannot be opened any more: then all of it is fetched.
    return undefined;
  }
}

/** Removes what earlier runs left of a file that is done. Never throws what the disk says. */
export function removeLeftPart({ openDownloads, key }: KeptPart): void {
  const left = openDownloads.find(key);
  if (!left || isInHand(left.partPath)) return;
  openDownloads.drop(key);
  try {
    if (isTemporaryName(basename(left.partPath))) rmSync(left.partPath, { force: true });
  } catch {
    // It is nobody's any more, and the next run in its folder removes it.
  }
}

function isInHand(path: string): boolean {
  return inHand.has(path) || writerOf(basename(path)) === 'another process';
}

/** A file that has no other name: what somebody put there, or linked there, is not written to. */
function isPart(path: string): boolean {
  const stats = lstatSync(path);
  return stats.isFile() && stats.nlink === 1;
}
