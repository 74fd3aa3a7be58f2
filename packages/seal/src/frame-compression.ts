/** Frames of zstd, each compressed or decompressed in one go. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { moveInto } from './move-into.ts';

/** Each is a frame of its own, so that several are compressed at once; as much as zstd looks back at this level. */
export const FRAME_BYTES = 2 * 1024 * 1024;

export const COMPRESSED_FRAME_BYTES = mostBytes(FRAME_BYTES);

const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;

/** zstd's own level, and a checksum of what was compressed, as the program writes it too. */
const PARAMS = { [ZSTD_c_compressionLevel]: 3, [ZSTD_c_checksumFlag]: 1 };

/** Compresses up to `FRAME_BYTES`, in memory of `COMPRESSED_FRAME_BYTES`, which the frame then is in. */
export function compressFrame(plain: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // With room for all at once zstd does not copy it through memory of its own.
  const chunkSize = mostBytes(plain.byteLength);
  const frame = zstdCompressSync(plain, { chunkSize, params: PARAMS });
  const inPlace = new Uint8Array(plain.buffer, 0, frame.byteLength);
  moveInto(inPlace, 0, frame);
  return inPlace;
}

/**
 * Decompresses a frame in memory of `COMPRESSED_FRAME_BYTES`, which its contents then are in.
 * @param contentBytes what it says it has in it; at most `FRAME_BYTES`
 * @returns undefined where it is damaged
 */
export function decompressFrame(
  frame: Uint8Array<ArrayBuffer>,
  contentBytes: number,
): Uint8Array<ArrayBuffer> | undefined {
  // More room than it needs tells zlib that nothing more can come.
  const room = contentBytes + 64;
  try {
    const contents = zstdDecompressSync(frame, { chunkSize: room, maxOutputLength: room });
    const inPlace = new Uint8Array(frame.buffer, 0, contents.byteLength);
    moveInto(inPlace, 0, contents);
    return inPlace;
  } catch (error) {
    if (isOfDamage(error)) return undefined;
    throw error;
  }
}

/**
 * `ZSTD_error_checksum_wrong` and the like; `Z_BUF_ERROR` where a frame has an end too early; `ERR_BUFFER_TOO_LARGE`
 * where there is more in it than it says.
 */
export function isOfDamage(error: unknown): error is Error {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return /^ZSTD_error_|^Z_|^ERR_BUFFER_TOO_LARGE$/.test(error.code);
}

/** What can come of so many at most: a little more than `ZSTD_COMPRESSBOUND` in `zstd.h`. */
function mostBytes(plainBytes: number): number {
  return plainBytes + (plainBytes >> 8) + 64;
}
