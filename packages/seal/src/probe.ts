import { constants, zstdCompressSync } from 'node:zlib';

/** How much of a file's beginning tells whether compressing the whole would pay. */
export const PROBE_BYTES = 128 * 1024;

/** What saves less than a twentieth costs more than it saves, at both ends. */
const WORTH = 0.95;

/**
 * Whether compressing pays, by the first `PROBE_BYTES` of a file, or all that a smaller one has.
 * @example
 * ```ts
 * import { randomBytes } from 'node:crypto';
 * import { isWorthCompressing } from '@boxhaul/seal';
 *
 * console.log(isWorthCompressing(Buffer.from('to and fro '.repeat(1000)))); // true
 * console.log(isWorthCompressing(randomBytes(10_000))); // false
 * ```
 */
export function isWorthCompressing(beginning: Uint8Array): boolean {
  const params = { [constants.ZSTD_c_compressionLevel]: 1 };
  return zstdCompressSync(beginning, { params }).byteLength < WORTH * beginning.byteLength;
}
