import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { BoxhaulError, InputError } from './errors.ts';

/**
 * What a request sends. It can be opened again, so that a repeated request sends the same bytes anew
 * and nothing has to be held whole in memory.
 */
export interface RequestBody {
  /** How many bytes `open()` gives: the request's `Content-Length`. */
  readonly sizeBytes: number;
  /** The whole content, where it is in memory already: it is then sent in one write. */
  readonly bytes?: Uint8Array;
  /** Reads the content from its beginning. Each call starts anew; leaving the loop early closes it. */
  open(): AsyncIterable<Uint8Array>;
}

/**
 * A body from text (as UTF-8) or bytes in memory. The bytes are not copied: do not change them.
 *
 * @example
 * ```ts
 * import { bodyOf } from '@boxhaul/client';
 *
 * const body = bodyOf(JSON.stringify({ status: 'fine' }));
 * await client.files.upload({ name: 'status.json', parentId: folderId, body });
 * ```
 */
export function bodyOf(content: Uint8Array | string): RequestBody {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    sizeBytes: bytes.byteLength,
    bytes,
    async *open() {
      if (bytes.byteLength > 0) yield bytes;
    },
  };
}

/** The bytes `start` to `end` of a file, both included, as in a `Range` header. */
export interface ByteRange {
  readonly start: number;
  /** @default the last byte */
  readonly end?: number | undefined;
}

const READ_BYTES = 256 * 1024;

/**
 * A body from a file on disk, or from a range of it. The size is taken now: what is appended later is not
 * sent, and if the file gives fewer bytes when it is sent the request fails (`body_length`).
 *
 * @throws {InputError} the range does not lie within the file
 * @example
 * ```ts
 * import { bodyOfFile } from '@boxhaul/client';
 *
 * const whole = await bodyOfFile('report.txt');
 * const beginning = await bodyOfFile('report.txt', { start: 0, end: 3 });
 * console.log(whole.sizeBytes, beginning.sizeBytes); // 14 4
 * await client.files.uploadVersion(fileId, { body: whole });
 * ```
 */
export async function bodyOfFile(path: string, range?: ByteRange): Promise<RequestBody> {
  const fileBytes = (await stat(path)).size;
  const start = range?.start ?? 0;
  const end = range?.end ?? fileBytes - 1;
  const sizeBytes = end - start + 1;
  if (start < 0 || sizeBytes < 0 || end >= fileBytes) {
    throw new InputError(
      `bytes ${start} to ${end} do not lie within ${path}, which has ${fileBytes} bytes`,
    );
  }
  return {
    sizeBytes,
    async *open() {
      // An empty range cannot be said to createReadStream, whose end is included too.
      if (sizeBytes > 0) yield* createReadStream(path, { start, end, highWaterMark: READ_BYTES });
    },
  };
}

/**
 * Opens a body and holds it to its word: an error, thrown into whatever sends it, if it gives more or
 * fewer bytes than `sizeBytes`. A file that changes while it is read must never arrive as if it were whole.
 *
 * @throws {BoxhaulError} `body_length`, whose recovery is to start again from the file as it is now
 */
export async function* openExactly(body: RequestBody): AsyncGenerator<Uint8Array, void, void> {
  let givenBytes = 0;
  for await (const chunk of body.open()) {
    givenBytes += chunk.byteLength;
    if (givenBytes > body.sizeBytes) throw lengthError(body.sizeBytes, 'more than that');
    yield chunk;
  }
  if (givenBytes < body.sizeBytes) throw lengthError(body.sizeBytes, `only ${givenBytes}`);
}

/** Not ours to repeat with the same promise; whoever made the body can, from the file as it is now. */
function lengthError(promisedBytes: number, given: string): BoxhaulError {
  return new BoxhaulError(
    `the source promised ${promisedBytes} bytes and gave ${given}: it changed while it was read`,
    { code: 'body_length', recovery: 'restart' },
  );
}

/** A body whose SHA-1 is taken as it is read. */
export interface HashedBody extends RequestBody {
  /** Lower-case hex; undefined until the body was read to its end once. */
  sha1(): string | undefined;
}

/** Takes the SHA-1 of what a body gives, in the same reading that sends it. */
export function hashed(body: RequestBody): HashedBody {
  let digest: string | undefined;
  return {
    sizeBytes: body.sizeBytes,
    ...(body.bytes && { bytes: body.bytes }),
    sha1() {
      if (digest === undefined && body.bytes) digest = hash('sha1', body.bytes, 'hex');
      return digest;
    },
    async *open() {
      const running = createHash('sha1');
      for await (const chunk of openExactly(body)) {
        running.update(chunk);
        yield chunk;
      }
      digest = running.digest('hex');
    },
  };
}
