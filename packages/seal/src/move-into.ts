/**
 * Copies what Node made, and lets go of the memory that it came in at once: a thread that leaves it lying has all it
 * holds looked through for every 32 MB of it.
 * @param made nobody else has it
 */
export function moveInto(target: Uint8Array, at: number, made: NonSharedBuffer): void {
  target.set(made, at);
  const { buffer } = made;
  // Node cuts little ones from memory of this size, which it shares among many.
  const isShared = buffer.byteLength === Buffer.poolSize && made.byteLength < buffer.byteLength;
  if (!isShared) buffer.transfer(0);
}
