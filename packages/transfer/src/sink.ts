/**
 * A file that is being downloaded: written under a temporary name beside its target, and given the real
 * name only when its caller says that the contents are right. Whatever happens before that, the target
 * is untouched; whatever happens after, it is whole.
 */
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskFolder } from './disk-folder.ts';
import { WHOLE_UP_TO_BYTES } from './plan.ts';
import { TransferFailure } from './reason.ts';
import { temporaryName } from './temporary-files.ts';

const OPEN_FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

export interface Sink {
  /** Takes the next bytes and keeps hold of them for a while: they must not change. */
  write(chunk: Uint8Array): Promise<void>;
  /** Forgets all bytes: the next is the first again. */
  restart(): Promise<void>;
  /**
   * Gives the contents their time and their real name, on disk for good.
   * @throws {TransferFailure} `name-collision`, `in-the-way`
   */
  finish(options: FinishOptions): Promise<void>;
  /** Removes what was written, unless it was finished. Never throws; may be called twice. */
  discard(): Promise<void>;
}

export interface FinishOptions {
  modifiedAt?: Date;
  /**
   * The file that was seen under the real name and is to be replaced; its permissions stay. Without it
   * nothing is overwritten, be it that a file came there meanwhile.
   */
  replaces?: { mode: number };
}

/** Begins a file called `name` in `folder`. The caller ends it with `finish` or `discard`. */
export async function openSink(folder: DiskFolder, name: string): Promise<Sink> {
  await folder.assertSame();
  const temporaryPath = join(folder.path, temporaryName());
  return new FileSink(await open(temporaryPath, OPEN_FLAGS, 0o666), temporaryPath, folder, name);
}

class FileSink implements Sink {
  readonly #handle: FileHandle;
  readonly #temporaryPath: string;
  readonly #folder: DiskFolder;
  readonly #name: string;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(handle: FileHandle, temporaryPath: string, folder: DiskFolder, name: string) {
    this.#handle = handle;
    this.#temporaryPath = temporaryPath;
    this.#folder = folder;
    this.#name = name;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= WHOLE_UP_TO_BYTES) await this.#flush();
  }

  async restart(): Promise<void> {
    await this.#writing.catch(() => undefined);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writtenBytes = 0;
    await this.#handle.truncate(0);
  }

  async finish(options: FinishOptions): Promise<void> {
    await this.#flush();
    await this.#writing;
    if (options.replaces) await this.#handle.chmod(options.replaces.mode & 0o777);
    if (options.modifiedAt) await this.#handle.utimes(options.modifiedAt, options.modifiedAt);
    await this.#handle.sync();
    await this.#handle.close();
    await this.#folder.assertSame();
    await (options.replaces ? this.#replace() : this.#appear());
    this.#ended = true;
    await this.#folder.sync();
  }

  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#writing.catch(() => undefined);
    await this.#handle.close().catch(() => undefined);
    await rm(this.#temporaryPath, { force: true }).catch(() => undefined);
  }

  /** Starts writing what waits as soon as the write before is done, so that one is always on its way. */
  async #flush(): Promise<void> {
    await this.#writing;
    const chunks = this.#waiting;
    if (chunks.length === 0) return;
    const position = this.#writtenBytes;
    this.#writtenBytes += this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = writeAll(this.#handle, chunks, position);
    // Whoever waits for it next meets the error; until then it is not an unhandled one.
    this.#writing.catch(() => undefined);
  }

  async #replace(): Promise<void> {
    const path = join(this.#folder.path, this.#name);
    const occupant = await lstat(path).catch(() => undefined);
    if (occupant && !occupant.isFile()) {
      throw new TransferFailure('in-the-way', 'something that is no ordinary file has this name');
    }
    await rename(this.#temporaryPath, path);
  }

  /** A new name: a link, unlike a rename, never overwrites. */
  async #appear(): Promise<void> {
    const path = join(this.#folder.path, this.#name);
    try {
      await link(this.#temporaryPath, path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw nameTaken();
      if (code !== undefined && NO_HARD_LINKS.has(code)) return this.#appearByRename(path);
      throw error;
    }
    await rm(this.#temporaryPath, { force: true });
  }

  async #appearByRename(path: string): Promise<void> {
    if (await lstat(path).catch(() => undefined)) throw nameTaken();
    await rename(this.#temporaryPath, path);
  }
}

/** What file systems without hard links answer. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

function nameTaken(): TransferFailure {
  return new TransferFailure(
    'name-collision',
    'a file of this name appeared on this machine meanwhile, or the disk takes another file for the same name',
  );
}

async function writeAll(handle: FileHandle, chunks: Uint8Array[], position: number): Promise<void> {
  let rest = chunks;
  let offset = position;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest, offset);
    offset += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

/** What is left of `chunks` behind their first `bytes` bytes. */
function after(chunks: Uint8Array[], bytes: number): Uint8Array[] {
  let passed = bytes;
  const rest: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (passed >= chunk.byteLength) passed -= chunk.byteLength;
    else {
      rest.push(chunk.subarray(passed));
      passed = 0;
    }
  }
  return rest;
}
