import { createHash, type Hash, hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type BlobFiles, removeFile } from './blob-files.ts';
import type { BlobWriter } from './blobs.ts';

/** Chunks are written out once this much of them has come together. */
const batchBytes = 1024 * 1024;

export interface BlobWriterOptions {
  files: BlobFiles;
  /** Contents of at most this many bytes wait in memory until they are whole. */
  heldBytes: number;
  /** Takes whole contents that stayed in memory; without it they are written to a file. */
  keepInMemory: ((sha1: string, contents: Buffer) => void) | undefined;
  /** Whether the same contents are there for good, so that nothing need be written. */
  isKept(sha1: string): boolean;
}

/**
 * Takes contents in. Small ones are collected in memory and hashed in one go; what grows past
 * `heldBytes` goes on into a temporary file, hashed as it passes.
 */
export class StreamingBlobWriter implements BlobWriter {
  readonly #options: BlobWriterOptions;
  #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #sizeBytes = 0;
  #contents: Buffer | undefined;
  #sha1: string | undefined;
  #hash: Hash | undefined;
  #temporary: { path: string; file: FileHandle } | undefined;
  #isOver = false;

  constructor(options: BlobWriterOptions) {
    this.#options = options;
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    // A stream that was given up may still have something to say.
    if (this.#isOver) return undefined;
    this.#hash?.update(chunk);
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    this.#sizeBytes += chunk.byteLength;
    const limit = this.#hash ? batchBytes : this.#options.heldBytes;
    return this.#waitingBytes > limit ? this.#flush() : undefined;
  }

  digest(): { sha1: string; sizeBytes: number } {
    if (this.#sha1 === undefined) {
      if (this.#hash) {
        this.#sha1 = this.#hash.digest('hex');
      } else {
        // A copy: the chunks are views of the connection's much larger buffers.
        this.#contents = Buffer.concat(this.#chunks);
        this.#chunks = [];
        this.#sha1 = hash('sha1', this.#contents);
      }
    }
    return { sha1: this.#sha1, sizeBytes: this.#sizeBytes };
  }

  keep(): Promise<void> | undefined {
    const { sha1 } = this.digest();
    if (this.#contents && this.#options.keepInMemory) {
      this.#isOver = true;
      this.#options.keepInMemory(sha1, this.#contents);
      return undefined;
    }
    return this.#keepInFile(sha1);
  }

  async discard(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#chunks = [];
    if (!this.#temporary) return;
    await this.#temporary.file.close();
    await removeFile(this.#temporary.path);
  }

  async #flush(): Promise<void> {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#waitingBytes = 0;
    if (!this.#hash) {
      this.#hash = createHash('sha1');
      for (const chunk of chunks) this.#hash.update(chunk);
    }
    this.#temporary ??= await this.#options.files.createTemporary();
    await writeAll(this.#temporary.file, chunks);
  }

  async #keepInFile(sha1: string): Promise<void> {
    const { files } = this.#options;
    if (this.#options.isKept(sha1)) return this.discard();
    if (this.#contents) this.#chunks = [this.#contents];
    this.#temporary ??= await files.createTemporary();
    const { file, path } = this.#temporary;
    if (this.#chunks.length > 0) await writeAll(file, this.#chunks);
    if (files.isDurable) await file.datasync();
    this.#isOver = true;
    await file.close();
    await files.moveIn(path, sha1);
  }
}

/** Writes all of the chunks: a single `writev` may stop early, on a full disk for one. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const total = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten === total) return;
  const rest = Buffer.concat(chunks).subarray(bytesWritten);
  for (let done = 0; done < rest.byteLength; ) {
    done += (await file.write(rest, done)).bytesWritten;
  }
}
