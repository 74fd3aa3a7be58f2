/** Files as they are kept in Box: compressed and then encrypted, or only one of both. */
import type { Bytes } from './bytes.ts';
import { compressed, compressedFrames, decompressed } from './compression.ts';
import { decrypted, decryptedPieces, encrypted } from './encryption.ts';
import type { Form } from './form.ts';
import type { Identities, Recipients } from './keys.ts';

/**
 * Seals bytes as they come: `zstd` first, then `age`, so that those two programs open it in the other order. Nothing
 * is held but a few pieces; two sealings of the same bytes are never the same.
 * @param plain the memory that a chunk is in may be used again when the next is asked for
 * @param recipients needed where the form is encrypted
 * @example
 * ```ts
 * import { createReadStream, createWriteStream } from 'node:fs';
 * import { pipeline } from 'node:stream/promises';
 * import { generateKey, recipientsFrom, seal } from '@boxhaul/seal';
 *
 * const { recipient } = await generateKey();
 * const form = { isCompressed: true, isEncrypted: true };
 * const sealed = seal(createReadStream('report.txt'), form, recipientsFrom([{ text: recipient }]));
 * await pipeline(sealed, createWriteStream('report.txt.zst.age'));
 * ```
 */
export function seal(plain: Bytes, form: Form, recipients?: Recipients): Bytes {
  if (!form.isEncrypted) return form.isCompressed ? compressed(plain) : plain;
  if (!recipients) throw new TypeError('encrypting takes recipients');
  return encrypted(form.isCompressed ? compressedFrames(plain) : plain, recipients);
}

/**
 * Opens sealed bytes as they come. What has come is true only when all has: keep it under no name that is believed
 * before the end.
 * @param sealed the memory that a chunk is in may be used again when the next is asked for
 * @param identities needed where the form is encrypted
 * @throws {SealError} when it is read
 * @example
 * ```ts
 * import { text } from 'node:stream/consumers';
 * import { generateKey, identitiesFrom, open, recipientsFrom, seal } from '@boxhaul/seal';
 *
 * const { recipient, identity } = await generateKey();
 * const form = { isCompressed: true, isEncrypted: true };
 * const plain = new Blob(['a letter']).stream();
 * const sealed = seal(plain, form, recipientsFrom([{ text: recipient }]));
 * console.log(await text(open(sealed, form, identitiesFrom([{ text: identity }])))); // a letter
 * ```
 */
export function open(sealed: Bytes, form: Form, identities?: Identities): Bytes {
  if (form.isEncrypted && !identities) throw new TypeError('decrypting takes identities');
  if (!form.isEncrypted || !identities) return form.isCompressed ? decompressed(sealed) : sealed;
  if (!form.isCompressed) return decrypted(sealed, identities);
  return decompressed(decryptedPieces(sealed, identities));
}
