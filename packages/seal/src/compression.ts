/** Compressing and decompressing as the program `zstd` does. */
import { pipeline, Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { ByteReader, type Bytes, piecesOf } from './bytes.ts';
import { COMPRESSED_FRAME_BYTES, FRAME_BYTES } from './frame-compression.ts';
import { framesOf } from './frames.ts';
import { ordered } from './ordered.ts';
import { SealError } from './seal-error.ts';
import { giveMemory } from './spare-memory.ts';
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
 * Decompresses any number of frames. Node's own stream stops silently behind the first one, and takes a frame that
 * is to be skipped for the end of all.
 * @throws {SealError}
 */
export async function* decompressed(sealed: Bytes): AsyncGenerator<Uint8Array, void, void> {
  const reader = new ByteReader(sealed);
  try {
    for await (const frame of framesOf(reader)) yield* contentsOf(frame);
  } finally {
    await reader.close();
  }
}

async function* contentsOf(frame: Bytes): AsyncGenerator<Uint8Array, void, void> {
  const stream = createZstdDecompress({ chunkSize: OUTPUT_BYTES });
  // What goes wrong comes out of the stream, whether it went wrong in it or before.
  pipeline(Readable.from(frame), stream, () => undefined);
  try {
    for await (const chunk of stream) yield chunk;
  } catch (cause) {
    if (cause instanceof Error && 'errno' in cause && 'code' in cause && isOfZstd(cause.code)) {
      throw new SealError('damaged', 'what is compressed in it is damaged', { cause });
    }
    throw cause;
  }
}

/** `ZSTD_error_checksum_wrong` and the like; `Z_BUF_ERROR` where a frame has an end too early. */
function isOfZstd(code: unknown): boolean {
  return typeof code === 'string' && /^ZSTD_error_|^Z_/.test(code);
}
