/** Bytes written in letters that Box, and every disk, keeps apart. */
export interface Letters {
  /** How many bytes fit into so many letters. */
  bytesIn(letters: number): number;
  write(bytes: Uint8Array): string;
  /** The bytes that are written so, or undefined if these letters are not of this kind. */
  read(letters: string): Buffer | undefined;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz234567';

/** Lower case only, since Box takes `a` and `A` for one; the letters and digits of RFC 4648. */
export const BASE32 = lettersOf({
  bits: 5,
  letterOf: (digit) => LOWER.charAt(digit),
  digitOf: (letter) => LOWER.indexOf(letter),
});

const FIRST_WIDE = 0x4e00;

/** 16,384 Chinese characters, which have no case and no other way to be composed. */
export const WIDE = lettersOf({
  bits: 14,
  letterOf: (digit) => String.fromCharCode(FIRST_WIDE + digit),
  digitOf: (letter) => letter.charCodeAt(0) - FIRST_WIDE,
});

/** The digits of a base, 2 to the power of `bits`: one UTF-16 unit each. */
interface Digits {
  readonly bits: number;
  letterOf(digit: number): string;
  /** Something below zero or beyond the base if the letter is no digit. */
  digitOf(letter: string): number;
}

/** Takes bytes for the digits of one number, behind a 1 that keeps zeros in front, and writes it in another base. */
function lettersOf({ bits, letterOf, digitOf }: Digits): Letters {
  const width = BigInt(bits);
  const base = 2 ** bits;
  return {
    bytesIn: (letters) => Math.floor((letters * bits - 1) / 8),
    write(bytes) {
      const letters: string[] = [];
      let number = BigInt(`0x1${Buffer.from(bytes).toString('hex')}`);
      for (; number > 0n; number >>= width) letters.push(letterOf(Number(number % BigInt(base))));
      return letters.reverse().join('');
    },
    read(letters) {
      let number = 0n;
      for (const letter of letters) {
        const digit = digitOf(letter);
        if (digit < 0 || digit >= base) return undefined;
        number = (number << width) | BigInt(digit);
      }
      const hex = number.toString(16);
      return hex.startsWith('1') && hex.length % 2 === 1
        ? Buffer.from(hex.slice(1), 'hex')
        : undefined;
    },
  };
}
