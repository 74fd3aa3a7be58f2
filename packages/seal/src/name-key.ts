/** The key of the encrypted names in a folder, as the file that keeps it in Box holds it inside. */
import { randomBytes } from 'node:crypto';
import { NameCipher } from './names.ts';
import { SealError } from './seal-error.ts';

/** What the file is called; it is sealed for the recipients of the files. */
export const NAME_KEY_FILE = 'boxhaul-names.age';

const LINE = /^BOXHAUL-NAMES-1 ([A-Za-z0-9+/]{43}=)$/m;

const EXPLANATION = `# The key of the encrypted names in this folder, and below it. Whoever loses it, or the
# identities that open this file, still opens the files, and no longer knows what they are called.
`;

/**
 * A new key, as the file holds it.
 * @example
 * ```ts
 * import { nameCipherFrom, newNameKey } from '@boxhaul/seal';
 *
 * const text = newNameKey(); // seal it, and keep it beside the names
 * console.log(nameCipherFrom(text).encrypt('report.pdf'));
 * ```
 */
export function newNameKey(): string {
  return `${EXPLANATION}BOXHAUL-NAMES-1 ${randomBytes(32).toString('base64')}\n`;
}

/**
 * What such a file's key encrypts and decrypts with.
 * @throws {SealError} it holds no key
 * @example
 * ```ts
 * import { nameCipherFrom, newNameKey } from '@boxhaul/seal';
 *
 * const text = newNameKey();
 * const letters = nameCipherFrom(text).encrypt('report.pdf') ?? '';
 * console.log(nameCipherFrom(text).decrypt(letters)); // report.pdf
 * ```
 */
export function nameCipherFrom(text: string): NameCipher {
  const secret = LINE.exec(text)?.[1];
  if (secret === undefined) {
    throw new SealError('damaged', `there is no key in ${NAME_KEY_FILE}`);
  }
  return new NameCipher(Buffer.from(secret, 'base64'));
}
