import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type BlobFiles, isAbsent, openBlobFiles, openIfThere } from './blob-files.ts';
import { StreamingBlobWriter } from './blob-writer.ts';
import { type HashedBeginning, type RunningDigests, runningDigests } from './running-digests.ts';

/**
 * The contents of files, kept by their SHA-1 and so only once however many files have them.
 * What `keep` and `keepAssembled` promise: the contents are whole, and in file mode on the disk,
 * before they return; a crash before that leaves at most a temporary file, which a later start
 * removes.
 */
export interface Blobs {
  /** Begins to take in contents of unknown size. */
  write(): BlobWriter;
  has(sha1: string): boolean;
  /**
   * Bytes `start` to `end` (exclusive), in memory when they are there or few, else as a stream.
   * Rejects when there are no such contents.
   */
  read(sha1: string, start: number, end: number): Buffer | Promise<Buffer | Readable>;
  /** Forgets contents; that nothing needs them any more is the caller's to know. */
  remove(sha1: string): void;

  /** Writes a part of contents that arrive in any order, under a name of the caller's choice. */
  writePart(assembly: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** The SHA-1 (hex) of the parts written so far; `undefined`: nothing was written. */
  hashAssembled(assembly: string): Promise<string | undefined>;
  /** Makes the parts the contents `sha1`; returns false when there are none (any more). */
  keepAssembled(assembly: string, sha1: string): Promise<boolean>;
  discardAssembled(assembly: string): void;

  /** Forgets everything. */
  clear(): void;
  close(): void;
}

/** Contents on their way in. Exactly one of `keep` and `discard` ends it. */
export interface BlobWriter {
  /** Takes a chunk; a promise says that the next one should wait. */
  write(chunk: Uint8Array): Promise<void> | undefined;
  /** What arrived, once there is no more; before `keep`. */
  digest(): { sha1: string; sizeBytes: number };
  /** Makes the contents last; a promise when that takes time. */
  keep(): Promise<void> | undefined;
  /** Drops what arrived; safe to call at any time before `keep`. */
  discard(): Promise<void>;
}

/** In memory mode contents up to this size stay in memory; larger ones go to a temporary folder. */
const inMemoryBytes = 4 * 1024 * 1024;
/** In file mode contents up to this size are written in one go. */
const heldBytes = 1024 * 1024;
/** Reads up to this size come as a buffer. */
const wholeReadBytes = 256 * 1024;
const streamChunkBytes = 512 * 1024;

export interface BlobsOptions {
  /** Where to keep contents for good; without it they are gone on `close`. */
  directory: string | undefined;
  /** Whether committed state refers to contents, which are therefore in place for good. */
  isReferred(sha1: string): boolean;
}

export function openBlobs({ directory, isReferred }: BlobsOptions): Blobs {
  const files = openBlobFiles(directory);
  const memory = new Map<string, Buffer>();
  const isInMemory = directory === undefined;
  // A folder that lasts may have other processes that write parts of the same contents.
  const digests = isInMemory ? runningDigests() : undefined;
  const writerOptions = {
    files,
    heldBytes: isInMemory ? inMemoryBytes : heldBytes,
    keepInMemory: isInMemory
      ? (sha1: string, contents: Buffer) => {
          if (!memory.has(sha1)) memory.set(sha1, contents);
        }
      : undefined,
    isKept: (sha1: string) => isReferred(sha1) && files.has(sha1),
  };
  return {
    write: () => new StreamingBlobWriter(writerOptions),
    has: (sha1) => memory.has(sha1) || files.has(sha1),
    read: (sha1, start, end) =>
      memory.get(sha1)?.subarray(start, end) ?? readFile(files.pathOf(sha1), start, end),
    remove: (sha1) => {
      if (!memory.delete(sha1) && files.has(sha1)) rmSync(files.pathOf(sha1), { force: true });
    },
    writePart: (assembly, offset, bytes) => writePart(files, digests, assembly, offset, bytes),
    hashAssembled: async (assembly) =>
      hashFile(files.assemblyPath(assembly), await digests?.find(assembly)),
    keepAssembled: async (assembly, sha1) => {
      const isKept = await moveIn(files, assembly, sha1);
      digests?.drop(assembly);
      return isKept;
    },
    discardAssembled: (assembly) => {
      digests?.drop(assembly);
      rmSync(files.assemblyPath(assembly), { force: true });
    },
    clear: () => {
      digests?.clear();
      memory.clear();
      files.removeAll();
    },
    close: () => {
      memory.clear();
      files.close();
    },
  };
}

async function readFile(path: string, start: number, end: number): Promise<Buffer | Readable> {
  const file = await open(path);
  const length = end - start;
  if (length > wholeReadBytes) {
    return file.createReadStream({ start, end: end - 1, highWaterMark: streamChunkBytes });
  }
  try {
    const buffer = Buffer.allocUnsafe(length);
    await fill(buffer, file, start);
    return buffer;
  } finally {
    await file.close();
  }
}

/** Reads as many bytes as there is room for. */
async function fill(bytes: Uint8Array, file: FileHandle, offset: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const length = bytes.byteLength - done;
    const { bytesRead } = await file.read(bytes, done, length, offset + done);
    if (bytesRead === 0) throw new Error('a file of contents is shorter than it should be');
    done += bytesRead;
  }
}

async function writePart(
  files: BlobFiles,
  digests: RunningDigests | undefined,
  assembly: string,
  offset: number,
  bytes: Uint8Array,
): Promise<void> {
  const file = await files.openAssembly(assembly);
  try {
    digests?.begin(assembly, offset);
    for (let done = 0; done < bytes.byteLength; ) {
      const length = bytes.byteLength - done;
      done += (await file.write(bytes, done, length, offset + done)).bytesWritten;
    }
    if (files.isDurable) await file.datasync();
    await digests?.add(assembly, offset, bytes, (target, from) => fill(target, file, from));
  } finally {
    await file.close();
  }
}

/** @param begun how much of the contents has been hashed already, and how */
async function hashFile(
  path: string,
  begun: HashedBeginning | undefined,
): Promise<string | undefined> {
  const file = await openIfThere(path, 'r');
  if (!file) return undefined;
  const { hash, bytes: start } = begun ?? { hash: createHash('sha1'), bytes: 0 };
  for await (const chunk of file.createReadStream({ start, highWaterMark: streamChunkBytes })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

async function moveIn(files: BlobFiles, assembly: string, sha1: string): Promise<boolean> {
  try {
    await files.moveIn(files.assemblyPath(assembly), sha1);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
