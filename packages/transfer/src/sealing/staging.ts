/**
 * A file, sealed and whole, ready to be sent. Box wants to know the size of an upload before it begins, and a session
 * that is gone on with needs the very same bytes, of which no two sealings make the same: so a file is sealed onto the
 * disk first. What may go through a session is remembered there by name until it is sent; of what goes in one request
 * nothing outlives this process, whatever ends it. See docs/decisions/0014-sealing.md.
 */
import { closeSync, constants, fsync, mkdirSync, open } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Form, type Recipients, seal } from '@boxhaul/seal';
import { RunningSha1 } from '../hash.ts';
import { memoryToLend, openSource, type Source } from '../origins/source.ts';
import { spooledSource } from '../origins/spooled-source.ts';
import { SESSION_FROM_BYTES } from '../plan.ts';
import type { Held } from '../state/seals.ts';
import type { Staged, StagedFiles } from '../state/staged-files.ts';
import { temporaryName } from '../temporary-files.ts';
import { writeAll } from '../writing.ts';

const disk = { open: promisify(open), fsync: promisify(fsync) };
const NEW_FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** What is to be sealed, and how. */
export interface ToSeal {
  readonly source: Source;
  readonly form: Form;
  readonly recipients?: Recipients;
}

/** Where large ones wait, and under which name this one is remembered. */
export interface StagingPlace {
  readonly files: StagedFiles;
  readonly key: string;
  /** @default the system's for temporary files */
  readonly directory?: string;
}

/** A sealed file; its owner lets go of it. */
export interface SealedFile {
  /** To be read as often as it is wanted. */
  readonly source: Source & { readonly sha1: string };
  readonly holds: Held;
  /** It is in Box, or of no use: nothing of it stays here. */
  done(): Promise<void>;
  /** Closes it; the next run goes on with it where it can. Harmless after `done`. */
  close(): Promise<void>;
}

/**
 * @throws {TransferFailure} `changed-while-read`, `disk-full`
 */
export async function sealed(
  toSeal: ToSeal,
  place: StagingPlace | undefined,
  signal: AbortSignal,
): Promise<SealedFile> {
  const { source } = toSeal;
  const isLarge = source.sizeBytes >= SESSION_FROM_BYTES;
  const staged = place && isLarge ? await stagedFile(toSeal, place, signal) : undefined;
  return staged ?? (await spooledFile(toSeal, signal));
}

async function spooledFile(toSeal: ToSeal, signal: AbortSignal): Promise<SealedFile> {
  const plain = new Tap(toSeal.source);
  const { key, fingerprint, contentModifiedAt, contentCreatedAt } = toSeal.source;
  const times = {
    ...(contentModifiedAt !== undefined && { contentModifiedAt }),
    ...(contentCreatedAt !== undefined && { contentCreatedAt }),
  };
  const bytes = sealing(toSeal, plain);
  const source = await spooledSource(
    { key, fingerprint, isSettled: false, ...times },
    bytes,
    signal,
  );
  const close = () => source.close();
  return { source, holds: plain.held(), done: close, close };
}

/** @returns undefined while another process has it in hand */
async function stagedFile(
  toSeal: ToSeal,
  { files, key, directory = tmpdir() }: StagingPlace,
  signal: AbortSignal,
): Promise<SealedFile | undefined> {
  const { source, form, recipients } = toSeal;
  const path = join(directory, temporaryName());
  const contents = JSON.stringify([source.fingerprint, form, recipients?.list.toSorted()]);
  const claim = files.claim(key, contents, path);
  if (!claim) return undefined;
  try {
    const found = claim.left && (await leftFile(claim.left));
    if (found) return remembered(found.file, found.staged, toSeal, files, key);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { file, staged } = await newFile(toSeal, path, signal);
    // A source whose fingerprint may stay while it changes is sealed anew by the next run.
    if (source.isSettled) files.complete(key, path, contents, staged);
    return remembered(file, staged, toSeal, files, key);
  } catch (error) {
    files.remove(key);
    throw error;
  }
}

/** What an earlier run sealed, if it is on the disk as that run left it. */
async function leftFile(
  left: Staged & { readonly path: string },
): Promise<{ file: Source; staged: Staged } | undefined> {
  // One that is not there any more is sealed anew.
  const file = await openSource(left.path).catch(() => undefined);
  if (file?.fingerprint === left.fingerprint) return { file, staged: left };
  await file?.close();
  return undefined;
}

async function newFile(
  toSeal: ToSeal,
  path: string,
  signal: AbortSignal,
): Promise<{ file: Source; staged: Staged }> {
  const plain = new Tap(toSeal.source);
  const whole = new RunningSha1();
  const fd = await disk.open(path, NEW_FLAGS, 0o600);
  try {
    let position = 0;
    let writing = Promise.resolve();
    for await (const chunk of sealing(toSeal, plain)) {
      signal.throwIfAborted();
      // One write is on its way while the next bytes are sealed.
      await writing;
      writing = writeAll(fd, [chunk], position);
      // Whoever waits for it next meets the error.
      writing.catch(() => undefined);
      whole.add(chunk);
      position += chunk.byteLength;
    }
    await writing;
    await disk.fsync(fd);
  } finally {
    closeSync(fd);
  }
  const file = await openSource(path);
  const { fingerprint } = file;
  return { file, staged: { fingerprint, sealedSha1: whole.hex(), holds: plain.held() } };
}

function remembered(
  file: Source,
  { sealedSha1, holds }: Staged,
  { source }: ToSeal,
  files: StagedFiles,
  key: string,
): SealedFile {
  return {
    source: new StagedSource(file, source, sealedSha1),
    holds,
    async done() {
      await file.close();
      files.remove(key);
    },
    async close() {
      await file.close();
      files.release(key);
    },
  };
}

/** Sealed bytes under the name of what they hold, with its times. */
class StagedSource implements Source {
  readonly key: string;
  readonly fingerprint: string;
  readonly isSettled = true;
  readonly sizeBytes: number;
  readonly sha1: string;
  readonly contentModifiedAt?: string;
  readonly contentCreatedAt?: string;
  readonly #file: Source;

  constructor(file: Source, of: Source, sha1: string) {
    this.#file = file;
    this.key = of.key;
    this.fingerprint = sha1;
    this.sizeBytes = file.sizeBytes;
    this.sha1 = sha1;
    if (of.contentModifiedAt !== undefined) this.contentModifiedAt = of.contentModifiedAt;
    if (of.contentCreatedAt !== undefined) this.contentCreatedAt = of.contentCreatedAt;
  }

  read(lent?: Buffer): AsyncGenerator<Uint8Array, void, void> {
    return this.#file.read(lent);
  }

  readWhole(): Promise<Buffer> {
    return this.#file.readWhole();
  }

  readInto(target: Uint8Array, offset: number): Promise<void> {
    return this.#file.readInto(target, offset);
  }

  assertUnchanged(): Promise<void> {
    return this.#file.assertUnchanged();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Knows what went by. Whoever reads it is done with a chunk when it asks for the next. */
class Tap {
  readonly #source: Source;
  readonly #sha1 = new RunningSha1();
  #sizeBytes = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  async *read(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of this.#source.read(memoryToLend(this.#source))) {
      this.#sha1.add(chunk);
      this.#sizeBytes += chunk.byteLength;
      yield chunk;
    }
  }

  held(): Held {
    return { sha1: this.#sha1.hex(), sizeBytes: this.#sizeBytes };
  }
}

function sealing({ form, recipients }: ToSeal, plain: Tap): AsyncIterable<Uint8Array> {
  return seal(plain.read(), form, recipients);
}
