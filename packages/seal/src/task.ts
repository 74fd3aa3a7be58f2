/** The work that is heavy enough for a thread of its own. */
import { constants, zstdCompressSync } from 'node:zlib';
import { decryptPiece, encryptPiece, type PayloadPiece } from './chunk-cipher.ts';

export type Task =
  | ({ readonly kind: 'encrypt' | 'decrypt' } & PayloadPiece)
  | { readonly kind: 'compress'; readonly bytes: Uint8Array<ArrayBuffer> };

const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;

/** zstd's own level, and a checksum of what was compressed, as the program writes it too. */
const COMPRESSION = {
  chunkSize: 256 * 1024,
  params: { [ZSTD_c_compressionLevel]: 3, [ZSTD_c_checksumFlag]: 1 },
};

/** What comes of it; undefined where what was to be decrypted is not what was sealed. */
export function perform(task: Task): Uint8Array | undefined {
  switch (task.kind) {
    case 'encrypt':
      return encryptPiece(task);
    case 'decrypt':
      return decryptPiece(task);
    case 'compress':
      return zstdCompressSync(task.bytes, COMPRESSION);
  }
}
