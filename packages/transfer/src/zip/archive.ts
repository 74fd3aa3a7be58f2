/**
 * An archive of Box's, as it arrives and as it is read. It is kept in a file of its own until it is whole, because
 * only its end says for certain what is in it: before that, an archive inside an archive looks like another entry.
 */
import { close, constants, open, read, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import type { DiskFolder } from '../download/disk-folder.ts';
import { TransferFailure } from '../reason.ts';
import { temporaryName } from '../temporary-files.ts';
import { writeAll } from '../writing.ts';

const disk = { open: promisify(open), close: promisify(close), read: promisify(read) };

const OPEN_FLAGS =
  constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** A file for an archive, which is gone when it is closed. */
export class Spool implements AsyncDisposable {
  readonly #path: string;
  readonly #fd: number;

  /**
   * Opens one in the first of these folders that takes it.
   * @throws Node's own error, or {TransferFailure} `in-the-way`, when none does
   */
  static async in([folder, ...others]: readonly [DiskFolder, ...DiskFolder[]]): Promise<Spool> {
    try {
      folder.assertSame();
      const path = join(folder.path, temporaryName());
      return new Spool(path, await disk.open(path, OPEN_FLAGS, 0o600));
    } catch (error) {
      const [next, ...rest] = others;
      if (!next) throw error;
      return Spool.in([next, ...rest]);
    }
  }

  private constructor(path: string, fd: number) {
    this.#path = path;
    this.#fd = fd;
  }

  /**
   * Takes an archive in as it comes.
   * @param mostBytes how long it can be at most if it holds what was asked for
   * @param onBytes told how much there is so far
   * @throws {TransferFailure} `wrong-contents`: it is longer
   */
  async fill(
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    mostBytes: number,
    onBytes: (bytes: number) => void = () => {},
  ): Promise<void> {
    let position = 0;
    for await (const chunk of body) {
      if (position + chunk.byteLength > mostBytes) {
        throw new TransferFailure('wrong-contents', 'the archive is longer than what is in it');
      }
      await writeAll(this.#fd, [chunk], position);
      position += chunk.byteLength;
      onBytes(position);
    }
  }

  /** What is in the archive. @throws an error of the reader's where it is none, or is damaged */
  async *entries(): AsyncGenerator<ArchiveEntry, void, void> {
    // Loaded when it is needed: most runs meet no archive.
    const { default: yauzl } = await import('yauzl');
    // Names that lead out of a folder, and sizes that do not fit, are no reason to leave the other entries.
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
    const zip = await yauzl.fromFdPromise(this.#fd, options);
    for await (const entry of zip.eachEntry()) {
      const { generalPurposeBitFlag, fileNameRaw, extraFields, uncompressedSize } = entry;
      yield {
        name: yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true),
        sizeBytes: uncompressedSize,
        contents: () => contentsOf(entry, zip, this.#fd),
      };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disk.close(this.#fd);
    rmSync(this.#path, { force: true });
  }
}

export interface ArchiveEntry {
  /** Box's word for it. It is never used as a name on this machine. */
  readonly name: string;
  /** As it claims. */
  readonly sizeBytes: number;
  /** Its contents, as long as it claims; undefined if they cannot be read. */
  contents(): Promise<Buffer | undefined>;
}

async function contentsOf(entry: Entry, zip: ZipFile, fd: number): Promise<Buffer | undefined> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  // What cannot be packed grows by a few bytes; who claims more would only have memory for it.
  if (entry.isEncrypted() || compressedSize > uncompressedSize * 1.01 + 1024) return undefined;
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = Buffer.allocUnsafe(compressedSize);
  const { bytesRead } = await disk.read(fd, packed, 0, compressedSize, fileDataStart);
  if (bytesRead !== compressedSize) return undefined;
  if (compressionMethod === STORED) return packed;
  return compressionMethod === DEFLATED ? inflated(packed, uncompressedSize) : undefined;
}

const STORED = 0;
const DEFLATED = 8;

/** Small as entries are, another thread would take longer. */
function inflated(packed: Buffer, sizeBytes: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch {
    // It is damaged, or longer than it claims: the file is fetched in another way.
    return undefined;
  }
}
