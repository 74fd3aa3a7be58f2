/**
 * A file that is being downloaded: written under a temporary name beside its target, and given the real
 * name only when its caller says that the contents are right. Whatever happens before that, the target
 * is untouched; whatever happens after, it is whole.
 *
 * What may take a disk long (writing much, syncing) is done off this thread. What is mostly done in memory
 * (opening a new file, a last small write, times, names) is done at once: handing it to another thread costs
 * several times as much as doing it, and for small files that is most of the work.
 */
import { type BigIntStats, closeSync, constants, ftruncate, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WHOLE_UP_TO_BYTES } from '../plan.ts';
import { temporaryName } from '../temporary-files.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import { writeAll, writeAllAtOnce } from '../writing.ts';
import type { DiskFolder } from './disk-folder.ts';
import { giveName, type NamedTarget } from './naming.ts';

const truncate = promisify(ftruncate);

const OPEN_FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

export interface Sink {
  /** Takes the next bytes and keeps hold of them for a while: they must not change. */
  write(chunk: Uint8Array): Promise<void>;
  /** Forgets all bytes: the next is the first again. */
  restart(): Promise<void>;
  /**
   * Gives the contents, on the disk by then, their time and their real name; its folder's `sync` makes that last.
   * @returns the file that now has the name, unless somebody replaced it already
   * @throws {TransferFailure} `name-collision`, `in-the-way`, `changed-on-disk`
   */
  finish(modifiedAt?: Date): Promise<BigIntStats | undefined>;
  /** Removes what was written, unless it was finished. Never throws; may be called twice. */
  discard(): Promise<void>;
}

/**
 * Begins a file called `name` in `folder`; nothing is on the disk before there is much to write. The
 * caller ends it with `finish` or `discard`.
 * @param replaces the file that was seen under that name and is to be replaced; its permissions stay. If it is
 *   another by then, or was written to, it is left. Without it nothing is overwritten, be it that a file came
 *   there meanwhile.
 */
export function openSink(folder: DiskFolder, name: string, replaces?: SeenOnDisk): Sink {
  return new FileSink(folder, name, replaces);
}

class FileSink implements Sink {
  readonly #target: NamedTarget;
  readonly #temporaryPath: string;
  /** The open file, from the first bytes that are written to it until it is closed. */
  #fd: number | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #isNamed = false;

  constructor(folder: DiskFolder, name: string, replaces: SeenOnDisk | undefined) {
    this.#target = { folder, path: join(folder.path, name), replaces };
    this.#temporaryPath = join(folder.path, temporaryName());
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes < WHOLE_UP_TO_BYTES) return;
    // One write is always on its way while the next bytes gather.
    await this.#writing;
    const fd = this.#opened();
    const { chunks, position } = this.#takeWaiting();
    this.#writing = writeAll(fd, chunks, position);
    // Whoever waits for it next meets the error; until then it is not an unhandled one.
    this.#writing.catch(() => undefined);
  }

  async restart(): Promise<void> {
    // What was written is thrown away, however that went.
    await this.#writing.catch(() => undefined);
    this.#takeWaiting();
    this.#writtenBytes = 0;
    if (this.#fd !== undefined) await truncate(this.#fd, 0);
  }

  async finish(modifiedAt?: Date): Promise<BigIntStats | undefined> {
    await this.#writing;
    const fd = this.#opened();
    const { chunks, position } = this.#takeWaiting();
    writeAllAtOnce(fd, chunks, position);
    this.#fd = undefined;
    const named = await giveName(fd, this.#temporaryPath, this.#target, modifiedAt);
    this.#isNamed = true;
    return named;
  }

  async discard(): Promise<void> {
    // What was written is thrown away, however that went.
    await this.#writing.catch(() => undefined);
    this.#takeWaiting();
    if (this.#isNamed) return;
    try {
      this.#close();
      rmSync(this.#temporaryPath, { force: true });
    } catch {
      // The error that led here is the one to tell; a later run removes what is left.
    }
  }

  #opened(): number {
    if (this.#fd === undefined) {
      const { folder, replaces } = this.#target;
      folder.assertSame();
      const mode = replaces ? replaces.mode & 0o777 : 0o666;
      this.#fd = openSync(this.#temporaryPath, OPEN_FLAGS, mode);
    }
    return this.#fd;
  }

  #close(): void {
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  #takeWaiting(): { chunks: Uint8Array[]; position: number } {
    const taken = { chunks: this.#waiting, position: this.#writtenBytes };
    this.#writtenBytes += this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return taken;
  }
}
