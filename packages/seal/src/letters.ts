/** Bytes written in letters that Box, and every disk, keeps apart. */
export interface Letters {
  /** How many bytes fit into so many letters. */
  bytesIn(letters: number): number;
  write(bytes: Uint8Array): string;
  /** The bytes that are written so, or undefined if these letters are not of this kind. */
  read(letters: string): Buffer | undefined;
}

/** Lower case only, since Box takes `a` and `A` for one; the letters and digits of RFC 4648. */
export const BASE32 = lettersFrom('abcdefghijklmnopqrstuvwxyz234567', 5);

/** 16,384 Chinese characters, which have no case and no other way to be composed. */
export const WIDE = lettersFrom(charactersFrom(0x4e00, 2 ** 14), 14);

function charactersFrom(first: number, count: number): string {
  return Array.from({ length: count }, (_, index) => String.fromCharCode(first + index)).join('');
}

/**
 * Takes bytes for the digits of one number, behind a 1 that keeps zeros in front, and writes it in another base.
 * @param alphabet the digits: 2 to the power of `bits` characters of one UTF-16 unit each
 */
function lettersFrom(alphabet: string, bits: number): Letters {
  const width = BigInt(bits);
  const base = 2n ** width;
  const digits = new Map(Array.from(alphabet, (letter, digit) => [letter, BigInt(digit)]));
  return {
    bytesIn: (letters) => Math.floor((letters * bits - 1) / 8),
    write(bytes) {
      const letters: string[] = [];
      let number = BigInt(`0x1${Buffer.from(bytes).toString('hex')}`);
      for (; number > 0n; number >>= width) letters.push(alphabet.charAt(Number(number % base)));
      return letters.reverse().join('');
    },
    read(letters) {
      let number = 0n;
      for (const letter of letters) {
        const digit = digits.get(letter);
        if (digit === undefined) return undefined;
        number = (number << width) | digit;
      }
      const hex = number.toString(16);
      return hex.startsWith('1') && hex.length % 2 === 1
        ? Buffer.from(hex.slice(1), 'hex')
        : undefined;
    },
  };
}
