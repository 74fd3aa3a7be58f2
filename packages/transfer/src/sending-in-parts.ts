/**
 * A large file through one of Box's upload sessions. It is read once, in order, each part into memory of
 * its own; parts travel in parallel with their digests while the next are read, and the SHA-1 of the
 * whole is taken in the same reading. Box makes the file only at the commit, so that until then nothing
 * of it has a name.
 */
import {
  type BoxClient,
  type BoxFile,
  type BoxPart,
  type BoxUploadSession,
  bodyOf,
} from '@boxhaul/client';
import { type Destination, SENT_FIELDS, type Sending } from './destination.ts';
import { RunningSha1, sha1OfMuch } from './hash.ts';
import { type Part, partsOf } from './plan.ts';
import type { Source } from './source.ts';

/** How long closing a session may hold up the error that closed it. */
const CLOSING_MS = 5_000;

/**
 * @throws {TransferFailure} `changed-while-read`
 * @throws what the client throws; the session is closed then, if Box can still be reached
 */
export async function sendInParts(
  source: Source,
  destination: Destination,
  sending: Sending,
): Promise<BoxFile> {
  const { client, signal } = sending;
  const session = await openSession(client, source, destination, signal);
  try {
    const { parts, sha1 } = await sendParts(session, source, sending);
    await source.assertUnchanged();
    return await client.uploadSessions.commit(
      session,
      {
        parts,
        sha1,
        contentModifiedAt: source.contentModifiedAt,
        contentCreatedAt: source.contentCreatedAt,
        target:
          'fileId' in destination
            ? { fileId: destination.fileId }
            : { name: destination.name, parentId: destination.folderId },
      },
      {
        fields: SENT_FIELDS,
        signal,
        ...('fileId' in destination && { ifMatch: destination.ifMatch }),
      },
    );
  } catch (error) {
    // Box forgets it within days in any case: the first error is the one to tell.
    const closing = { signal: AbortSignal.timeout(CLOSING_MS) };
    await client.uploadSessions.abort(session, closing).catch(() => undefined);
    throw error;
  }
}

async function openSession(
  client: BoxClient,
  source: Source,
  destination: Destination,
  signal: AbortSignal,
): Promise<BoxUploadSession> {
  const { sizeBytes: fileSizeBytes } = source;
  if ('fileId' in destination) {
    return client.uploadSessions.createForFile(destination.fileId, { fileSizeBytes }, { signal });
  }
  const { folderId, name: fileName } = destination;
  return client.uploadSessions.create({ folderId, fileName, fileSizeBytes }, { signal });
}

async function sendParts(
  session: BoxUploadSession,
  source: Source,
  sending: Sending,
): Promise<{ parts: BoxPart[]; sha1: string }> {
  const whole = new RunningSha1();
  const stop = new AbortController();
  const signal = AbortSignal.any([sending.signal, stop.signal]);
  const progress = new PartProgress(sending.onProgress);
  const parts: BoxPart[] = [];
  const inFlight = new Set<Promise<void>>();
  try {
    for (const part of partsOf(source.sizeBytes, session.part_size)) {
      const bytes = await readPart(source, part, sending, signal);
      const flight = sendPart(session, source, part, bytes, { ...sending, signal }, progress)
        .then((stored) => void parts.push(stored))
        .catch((error: unknown) => stop.abort(error))
        .finally(() => {
          sending.memory.release(bytes);
          inFlight.delete(flight);
        });
      inFlight.add(flight);
      // The part's own digest is under way on another thread while the whole one is taken on this.
      whole.add(bytes);
    }
  } finally {
    await Promise.all(inFlight);
  }
  signal.throwIfAborted();
  return { parts, sha1: whole.hex() };
}

/** Waits for memory, which the parts before give back, and fills it. */
async function readPart(
  source: Source,
  part: Part,
  { memory }: Sending,
  signal: AbortSignal,
): Promise<Buffer<ArrayBuffer>> {
  const bytes = await memory.acquire(part.sizeBytes);
  try {
    signal.throwIfAborted();
    await source.readInto(bytes, part.offset);
    return bytes;
  } catch (error) {
    memory.release(bytes);
    throw error;
  }
}

async function sendPart(
  session: BoxUploadSession,
  source: Source,
  { offset }: Part,
  bytes: Buffer<ArrayBuffer>,
  { client, signal }: Sending,
  progress: PartProgress,
): Promise<BoxPart> {
  const sha1 = await sha1OfMuch(bytes);
  const stored = await client.uploadSessions.uploadPart(
    session,
    { offset, body: bodyOf(bytes), sha1, totalBytes: source.sizeBytes },
    { signal, onProgress: (sentBytes) => progress.part(offset, sentBytes) },
  );
  progress.done(offset, bytes.byteLength);
  return stored;
}

/** Adds up what parts report of themselves. */
class PartProgress {
  readonly #tell: (bytesDone: number) => void;
  readonly #underway = new Map<number, number>();
  #doneBytes = 0;

  constructor(tell: (bytesDone: number) => void) {
    this.#tell = tell;
  }

  part(offset: number, sentBytes: number): void {
    this.#underway.set(offset, sentBytes);
    this.#report();
  }

  done(offset: number, sizeBytes: number): void {
    this.#underway.delete(offset);
    this.#doneBytes += sizeBytes;
    this.#report();
  }

  #report(): void {
    let bytes = this.#doneBytes;
    for (const sent of this.#underway.values()) bytes += sent;
    this.#tell(bytes);
  }
}
