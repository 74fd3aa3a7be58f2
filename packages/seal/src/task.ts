/** The work that is heavy enough for a thread of its own. */
import { decryptPiece, encryptPiece, type PayloadPiece } from './chunk-cipher.ts';
import { compressFrame, decompressFrame } from './frame-compression.ts';

export type Task =
  | ({ readonly kind: 'encrypt' | 'decrypt' } & PayloadPiece)
  | { readonly kind: 'compress'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'decompress';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly contentBytes: number;
    };

/**
 * What comes of it, in the place of what it is made of: memory goes to a thread and back, and none comes and goes.
 * @returns undefined where what was to be opened is not what was sealed
 */
export function perform(task: Task): Uint8Array<ArrayBuffer> | undefined {
  switch (task.kind) {
    case 'encrypt':
      return encryptPiece(task);
    case 'decrypt':
      return decryptPiece(task);
    case 'compress':
      return compressFrame(task.bytes);
    case 'decompress':
      return decompressFrame(task.bytes, task.contentBytes);
  }
}
