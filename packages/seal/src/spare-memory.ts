/**
 * Memory that is used again. Pieces come and go by the thousand, and each thread would let tens of megabytes of them
 * lie before it collected what is done with.
 */

/** So many of each size are kept: as many as are in hand at a time when one file is sealed. */
const KEPT = 16;

const spare = new Map<number, Uint8Array<ArrayBuffer>[]>();

/** Bytes in memory of their own, of any value. */
export function takeMemory(size: number): Uint8Array<ArrayBuffer> {
  return spare.get(size)?.pop() ?? new Uint8Array(size);
}

/** Nobody looks at them any more. */
export function giveMemory(bytes: Uint8Array<ArrayBuffer>): void {
  const { byteLength } = bytes;
  if (byteLength !== bytes.buffer.byteLength) return;
  const kept = spare.get(byteLength);
  if (!kept) spare.set(byteLength, [bytes]);
  else if (kept.length < KEPT) kept.push(bytes);
}

/** Lets go of all that is kept. */
export function dropSpareMemory(): void {
  spare.clear();
}
