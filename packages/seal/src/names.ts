/**
 * Names that only those who have their key can read. The same name always becomes the same letters, so that it can be
 * found again, and a letter changed makes it no such name at all: its first 16 bytes are a MAC of the name, which is
 * also where the cipher's counter begins (a synthetic initialization vector, as in RFC 5297, from HMAC and AES-CTR).
 *
 * Short names become lower-case letters and digits, which no system takes for others. Those that would be too long
 * so, beyond 138 bytes, become Chinese characters, each of which holds 14 bits: so fit 416 bytes, and Box counts
 * characters.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import { LONGEST_SUFFIX } from './form.ts';
import { BASE32, type Letters, WIDE } from './letters.ts';

const CIPHER = 'aes-256-ctr';
const MAC_BYTES = 16;
const KEY_BYTES = 32;

const LONGEST_BOX_NAME = 255;
const LETTERS = LONGEST_BOX_NAME - LONGEST_SUFFIX;

/** The longest name that can be encrypted, in bytes of UTF-8. */
export const LONGEST_NAME_BYTES = WIDE.bytesIn(LETTERS) - MAC_BYTES;

const LONGEST_IN_BASE32_BYTES = BASE32.bytesIn(LETTERS) - MAC_BYTES;

/** Encrypts and decrypts names with one key. */
export class NameCipher {
  readonly #macKey: Uint8Array;
  readonly #key: Uint8Array;

  /** @param secret 32 random bytes */
  constructor(secret: Uint8Array) {
    if (secret.byteLength !== KEY_BYTES) throw new RangeError('a key of names has 32 bytes');
    const derived = (label: string) =>
      new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), label, KEY_BYTES));
    this.#macKey = derived('boxhaul names mac');
    this.#key = derived('boxhaul names cipher');
  }

  /**
   * The letters that stand for a name.
   * @returns undefined where the name is too long: see `LONGEST_NAME_BYTES`
   * @example
   * ```ts
   * import { nameCipherFrom, newNameKey } from '@boxhaul/seal';
   *
   * const cipher = nameCipherFrom(newNameKey());
   * console.log(cipher.encrypt('report.pdf') === cipher.encrypt('report.pdf')); // true
   * ```
   */
  encrypt(name: string): string | undefined {
    const plain = Buffer.from(name);
    if (plain.byteLength > LONGEST_NAME_BYTES) return undefined;
    const mac = this.#macOf(plain);
    const cipher = createCipheriv(CIPHER, this.#key, mac);
    const whole = Buffer.concat([mac, cipher.update(plain), cipher.final()]);
    return (plain.byteLength > LONGEST_IN_BASE32_BYTES ? WIDE : BASE32).write(whole);
  }

  /**
   * The name that became these letters, if any did, under this key.
   * @example
   * ```ts
   * import { nameCipherFrom, newNameKey } from '@boxhaul/seal';
   *
   * const cipher = nameCipherFrom(newNameKey());
   * console.log(cipher.decrypt('report.pdf')); // undefined: it was never encrypted
   * ```
   */
  decrypt(letters: string): string | undefined {
    const whole = kindOf(letters).read(letters);
    if (!whole || whole.byteLength <= MAC_BYTES) return undefined;
    const mac = whole.subarray(0, MAC_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key, mac);
    const plain = Buffer.concat([decipher.update(whole.subarray(MAC_BYTES)), decipher.final()]);
    if (!timingSafeEqual(this.#macOf(plain), mac)) return undefined;
    const name = plain.toString();
    return this.encrypt(name) === letters ? name : undefined;
  }

  #macOf(plain: Uint8Array): Buffer {
    return createHmac('sha256', this.#macKey).update(plain).digest().subarray(0, MAC_BYTES);
  }
}

function kindOf(letters: string): Letters {
  return letters.charCodeAt(0) > 0x7f ? WIDE : BASE32;
}
