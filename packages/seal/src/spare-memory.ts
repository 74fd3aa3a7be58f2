/**
 * Memory that is used again. Pieces come and go by the thousand, and each thread would let tens of megabytes of them
 * lie before it collected what is done with, and go through all it holds to do so.
 */

/** So many of each size are kept: as many as are in hand at a time when one file is sealed. */
const KEPT = 16;

/** What nobody has wanted for so long goes. */
const RESTING_MS = 200;

const spare = new Map<number, ArrayBuffer[]>();
const rest = setTimeout(() => spare.clear(), RESTING_MS).unref();

/** Memory with anything in it. */
export function takeMemory(sizeBytes: number): ArrayBuffer {
  return spare.get(sizeBytes)?.pop() ?? Buffer.allocUnsafeSlow(sizeBytes).buffer;
}

/** The same bytes for somebody who may keep them: such as are only a part of their memory are copied. */
export function ownOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (bytes.byteLength > bytes.buffer.byteLength / 2) return bytes;
  const own = bytes.slice();
  giveMemory(bytes);
  return own;
}

/** Nobody looks any more at what is in the memory of these bytes. */
export function giveMemory({ buffer }: Uint8Array<ArrayBuffer>): void {
  const kept = spare.get(buffer.byteLength);
  if (!kept) spare.set(buffer.byteLength, [buffer]);
  else if (kept.length < KEPT) kept.push(buffer);
  rest.refresh();
}
