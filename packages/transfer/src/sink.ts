/**
 * A file that is being downloaded: written under a temporary name beside its target, and given the real
 * name only when its caller says that the contents are right. Whatever happens before that, the target
 * is untouched; whatever happens after, it is whole.
 *
 * What may take a disk long (opening, writing much, syncing) is done off this thread. What is done in
 * memory once a disk has answered those (a last small write, times, names) is done at once: handing it to
 * another thread costs several times as much as doing it, and for small files that is most of the work.
 */
import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsync,
  ftruncate,
  futimesSync,
  linkSync,
  lstatSync,
  open,
  renameSync,
  rmSync,
  unlinkSync,
  writev,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DiskFolder } from './disk-folder.ts';
import { WHOLE_UP_TO_BYTES } from './plan.ts';
import { TransferFailure } from './reason.ts';
import { temporaryName } from './temporary-files.ts';
import type { SeenOnDisk } from './tree.ts';

const disk = {
  open: promisify(open),
  fsync: promisify(fsync),
  ftruncate: promisify(ftruncate),
  writev: promisify(writev),
};

const OPEN_FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

export interface Sink {
  /** Takes the next bytes and keeps hold of them for a while: they must not change. */
  write(chunk: Uint8Array): Promise<void>;
  /** Forgets all bytes: the next is the first again. */
  restart(): Promise<void>;
  /**
   * Gives the contents their time and their real name, on disk for good.
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
  readonly #folder: DiskFolder;
  readonly #path: string;
  readonly #temporaryPath: string;
  readonly #replaces: SeenOnDisk | undefined;
  /** The open file, from the first bytes that are written to it until it is closed. */
  #fd: number | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writtenBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #isNamed = false;

  constructor(folder: DiskFolder, name: string, replaces: SeenOnDisk | undefined) {
    this.#folder = folder;
    this.#path = join(folder.path, name);
    this.#temporaryPath = join(folder.path, temporaryName());
    this.#replaces = replaces;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes < WHOLE_UP_TO_BYTES) return;
    // One write is always on its way while the next bytes gather.
    await this.#writing;
    const fd = await this.#opened();
    const { chunks, position } = this.#takeWaiting();
    this.#writing = writeAll(fd, chunks, position);
    // Whoever waits for it next meets the error; until then it is not an unhandled one.
    this.#writing.catch(() => undefined);
  }

  async restart(): Promise<void> {
    await this.#writing.catch(() => undefined);
    this.#takeWaiting();
    this.#writtenBytes = 0;
    if (this.#fd !== undefined) await disk.ftruncate(this.#fd, 0);
  }

  async finish(modifiedAt?: Date): Promise<BigIntStats | undefined> {
    await this.#writing;
    const fd = await this.#opened();
    const { chunks, position } = this.#takeWaiting();
    writeAllAtOnce(fd, chunks, position);
    if (this.#replaces) fchmodSync(fd, this.#replaces.mode & 0o777);
    if (modifiedAt) futimesSync(fd, modifiedAt, modifiedAt);
    await disk.fsync(fd);
    const { ino } = fstatSync(fd, { bigint: true });
    this.#close();
    this.#folder.assertSame();
    if (this.#replaces) this.#replace(this.#replaces);
    else this.#appear();
    this.#isNamed = true;
    const named = lstatSync(this.#path, { bigint: true, throwIfNoEntry: false });
    await this.#folder.sync();
    return named?.ino === ino ? named : undefined;
  }

  async discard(): Promise<void> {
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

  async #opened(): Promise<number> {
    if (this.#fd === undefined) {
      this.#folder.assertSame();
      const mode = this.#replaces ? this.#replaces.mode & 0o777 : 0o666;
      this.#fd = await disk.open(this.#temporaryPath, OPEN_FLAGS, mode);
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

  #replace(seen: SeenOnDisk): void {
    const now = lstatSync(this.#path, { throwIfNoEntry: false });
    if (!now) {
      this.#appear();
      return;
    }
    if (!now.isFile()) {
      throw new TransferFailure('in-the-way', 'something that is no ordinary file has this name');
    }
    if (now.ino !== seen.ino || now.size !== seen.sizeBytes || now.mtimeMs !== seen.mtimeMs) {
      throw new TransferFailure(
        'changed-on-disk',
        'the file on this machine was changed while its replacement was fetched, and was left as it is',
      );
    }
    renameSync(this.#temporaryPath, this.#path);
  }

  /** A new name: a link, unlike a rename, never overwrites. */
  #appear(): void {
    try {
      linkSync(this.#temporaryPath, this.#path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw nameTaken();
      if (code === undefined || !NO_HARD_LINKS.has(code)) throw error;
      if (lstatSync(this.#path, { throwIfNoEntry: false })) throw nameTaken();
      renameSync(this.#temporaryPath, this.#path);
      return;
    }
    unlinkSync(this.#temporaryPath);
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

async function writeAll(fd: number, chunks: Uint8Array[], position: number): Promise<void> {
  let rest = chunks;
  let offset = position;
  while (rest.length > 0) {
    const { bytesWritten } = await disk.writev(fd, rest, offset);
    offset += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

function writeAllAtOnce(fd: number, chunks: Uint8Array[], position: number): void {
  let rest = chunks;
  let offset = position;
  while (rest.length > 0) {
    const bytesWritten = writevSync(fd, rest, offset);
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
