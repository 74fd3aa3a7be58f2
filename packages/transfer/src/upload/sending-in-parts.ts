/**
 * A large file through one of Box's upload sessions. It is read once, in order, each part into memory of
 * its own; parts travel in parallel with their digests while the next are read, and the SHA-1 of the
 * whole is taken in the same reading. Box makes the file only at the commit, so that until then nothing
 * of it has a name; a run that remembers leaves the session open when it ends early, and the next goes on.
 */
import { type BoxFile, type BoxPart, type BoxUploadSession, bodyOf } from '@boxhaul/client';
import { RunningSha1, sha1OfMuch } from '../hash.ts';
import { assertAsPromised, type Source } from '../origins/source.ts';
import { type Part, partsOf } from '../plan.ts';
import { TransferFailure, toBeGoneOnWith } from '../reason.ts';
import { type Destination, SENT_FIELDS, type Sending } from './destination.ts';
import { closeQuietly, keptSession } from './kept-session.ts';

/**
 * @throws {TransferFailure} `changed-while-read`; `interrupted`: the run is to end, and the next one goes on from here
 * @throws what the client throws; the session is closed then, unless the next run can go on with it
 */
export async function sendInParts(
  source: Source,
  destination: Destination,
  sending: Sending,
): Promise<BoxFile> {
  const kept = keptSession(source, destination, sending);
  let session: BoxUploadSession | undefined;
  try {
    const found = await kept.find();
    const opened = found?.session ?? (await openSession(source, destination, sending));
    session = opened;
    kept.put(opened);
    const { parts, sha1 } = await sendParts(opened, found?.stored ?? [], source, sending);
    assertAsPromised(source, sha1);
    await source.assertUnchanged();
    // Box may take its time to put them together (202).
    const file = await sending.aside(() =>
      commit(opened, { parts, sha1 }, source, destination, sending),
    );
    kept.drop();
    return file;
  } catch (error) {
    if (kept.isGoneOnWithAfter(error)) kept.release();
    else {
      // In this order a kill between the two leaves a row to the next run, and not a session to nobody.
      if (session) await closeQuietly(sending.client, session);
      kept.drop();
    }
    throw error;
  }
}

async function commit(
  session: BoxUploadSession,
  { parts, sha1 }: { parts: BoxPart[]; sha1: string },
  { contentModifiedAt, contentCreatedAt }: Source,
  destination: Destination,
  { client, signal }: Sending,
): Promise<BoxFile> {
  const isVersion = 'fileId' in destination;
  const target = isVersion
    ? { fileId: destination.fileId }
    : { name: destination.name, parentId: destination.folderId };
  return client.uploadSessions.commit(
    session,
    { parts, sha1, contentModifiedAt, contentCreatedAt, target },
    { fields: SENT_FIELDS, signal, ...(isVersion && { ifMatch: destination.ifMatch }) },
  );
}

async function openSession(
  { sizeBytes: fileSizeBytes }: Source,
  destination: Destination,
  { client, signal }: Sending,
): Promise<BoxUploadSession> {
  if ('fileId' in destination) {
    return client.uploadSessions.createForFile(destination.fileId, { fileSizeBytes }, { signal });
  }
  const { folderId, name: fileName } = destination;
  return client.uploadSessions.create({ folderId, fileName, fileSizeBytes }, { signal });
}

/**
 * Sends what Box does not have yet. All of the file is read, for the SHA-1 of the whole; what Box has is compared
 * with it on the way.
 */
async function sendParts(
  session: BoxUploadSession,
  stored: readonly BoxPart[],
  source: Source,
  sending: Sending,
): Promise<{ parts: BoxPart[]; sha1: string }> {
  const whole = new RunningSha1();
  const stop = new AbortController();
  const signal = AbortSignal.any([sending.signal, stop.signal]);
  const progress = new PartProgress(sending.onProgress);
  const storedAt = new Map(stored.map((part) => [part.offset, part]));
  const parts: BoxPart[] = [];
  const inFlight = new Set<Promise<void>>();
  try {
    for (const part of partsOf(source.sizeBytes, session.part_size)) {
      if (sending.remembered && sending.ending.aborted) throw toBeGoneOnWith();
      const bytes = await readPart(source, part, sending, signal);
      const known = storedAt.get(part.offset);
      const send = known
        ? assertSame(known, part, bytes).then(() => known)
        : sendPart(session, source, part, bytes, { ...sending, signal }, progress);
      const flight = send
        .then((done) => {
          progress.done(part.offset, part.sizeBytes);
          parts.push(done);
        })
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

/** @throws {TransferFailure} what Box has of the file from an earlier run is not what is there now */
async function assertSame(known: BoxPart, part: Part, bytes: Buffer<ArrayBuffer>): Promise<void> {
  if (known.size === part.sizeBytes && known.sha1 === (await sha1OfMuch(bytes))) return;
  const words = 'what Box has of it from an earlier run is something else';
  throw new TransferFailure('wrong-contents', words, { recovery: 'restart' });
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
