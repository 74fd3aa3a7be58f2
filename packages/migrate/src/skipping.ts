/** The bytes behind the first so many, of a server that sent them all where it was asked for the end of a file. */
export async function* withoutFirst(
  bytes: AsyncIterable<Uint8Array>,
  sizeBytes: number,
): AsyncGenerator<Uint8Array, void, void> {
  let left = sizeBytes;
  for await (const chunk of bytes) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}
