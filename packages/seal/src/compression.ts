/** Compressing and decompressing as the program `zstd` does. */
import { pipeline, Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { ByteReader, type Bytes, piecesOf } from './bytes.ts';
import { COMPRESSED_FRAME_BYTES, FRAME_BYTES, isOfDamage } from './frame-compression.ts';
import { type Frame, framesOf } from './frames.ts';
import { ordered } from './ordered.ts';
import { SealError } from './seal-error.ts';
import { giveMemory, ownOf, takeMemory } from './spare-memory.ts';
import { onThread, THREADS } from './threads.ts';

/** How much is decompressed at once. */
const OUTPUT_BYTES = 256 * 1024;

/** Compresses, in frames one behind the other. */
export async function* compressed(plain: Bytes): AsyncGenerator<Uint8Array, void, void> {
  for await (const frame of compressedFrames(plain)) yield frame.slice();
}

/** The same, in memory that is used again as soon as the next frame is asked for. */
export async function* compressedFrames(
  plain: Bytes,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const frames = ordered(
    piecesOf(plain, FRAME_BYTES, COMPRESSED_FRAME_BYTES),
    async ({ bytes }) => {
      const frame = await onThread({ kind: 'compress', bytes });
      if (!frame) throw new Error('compressing gave nothing');
      return frame;
    },
    THREADS + 1,
  );
  for await (const frame of frames) {
    yield frame;
    giveMemory(frame);
  }
}

/**
 * Decompresses any number of frames, such as are made here on all cores. Node's own stream stops silently behind the
 * first one, and takes a frame that is to be skipped for the end of all.
 * @param sealed the memory that a chunk is in may be used again when the next is asked for
 * @throws {SealError}
 */
export async function* decompressed(sealed: Bytes): AsyncGenerator<Uint8Array, void, void> {
  const reader = new ByteReader(sealed);
  try {
    const frames = new Frames(reader);
    do {
      yield* ordered(frames.littleOnes(), contentsOfLittle, THREADS + 1);
      if (frames.large) yield* contentsOfLarge(frames.large);
    } while (frames.large);
  } finally {
    await reader.close();
  }
}

interface LittleFrame {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentBytes: number;
}

/** Frames that can be held whole, up to one that cannot; and so on behind it. */
class Frames {
  /** What the little ones ended before; it is to be read before there are more. */
  large: Bytes | undefined;
  readonly #frames: AsyncIterator<Frame>;

  constructor(reader: ByteReader) {
    this.#frames = framesOf(reader);
  }

  async *littleOnes(): AsyncGenerator<LittleFrame, void, void> {
    this.large = undefined;
    for (;;) {
      const { value: frame, done } = await this.#frames.next();
      if (done) return;
      const { contentBytes = Number.POSITIVE_INFINITY, bytes } = frame;
      const held = contentBytes <= FRAME_BYTES ? await heldOf(bytes) : { rest: bytes };
      if ('rest' in held) {
        this.large = held.rest;
        return;
      }
      yield { bytes: held.whole, contentBytes };
    }
  }
}

/** All of a frame, if it is no larger than one that is made here can be; otherwise a way to read it. */
async function heldOf(frame: Bytes): Promise<{ whole: Uint8Array<ArrayBuffer> } | { rest: Bytes }> {
  const memory = new Uint8Array(takeMemory(COMPRESSED_FRAME_BYTES));
  const chunks = frame[Symbol.asyncIterator]();
  let filled = 0;
  for (;;) {
    const { value: chunk, done } = await chunks.next();
    if (done) return { whole: memory.subarray(0, filled) };
    if (filled + chunk.byteLength > memory.byteLength) {
      return { rest: joined(memory.subarray(0, filled), chunk, chunks) };
    }
    memory.set(chunk, filled);
    filled += chunk.byteLength;
  }
}

async function* joined(
  start: Uint8Array,
  chunk: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield start;
  yield chunk;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

async function contentsOfLittle(frame: LittleFrame): Promise<Uint8Array> {
  const contents = await onThread({ kind: 'decompress', ...frame });
  if (!contents) throw damaged();
  return ownOf(contents);
}

async function* contentsOfLarge(frame: Bytes): AsyncGenerator<Uint8Array, void, void> {
  const stream = createZstdDecompress({ chunkSize: OUTPUT_BYTES });
  // What goes wrong comes out of the stream, whether it went wrong in it or before.
  pipeline(Readable.from(copied(frame)), stream, () => undefined);
  try {
    for await (const chunk of stream) yield chunk;
  } catch (cause) {
    throw isOfDamage(cause) ? damaged(cause) : cause;
  }
}

/** A stream holds some of them while it asks for the next. */
async function* copied(bytes: Bytes): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of bytes) yield new Uint8Array(chunk);
}

function damaged(cause?: Error): SealError {
  return new SealError('damaged', 'what is compressed in it is damaged', cause && { cause });
}
