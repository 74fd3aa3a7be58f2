import { TransferFailure } from '@boxhaul/transfer';

/**
 * The bytes from an offset on, of a server that was asked for them and answered with all of the file or with a part.
 *
 * @param contentRange the answer's header, `bytes 5-9/10`; none of a server that knows no ranges and sends all of it
 * @throws {TransferFailure} `unexpected`: the part begins behind the offset, or nobody knows where
 */
export async function* fromOffset(
  offset: number,
  { bytes, contentRange }: { bytes: AsyncIterable<Uint8Array>; contentRange: string | undefined },
): AsyncGenerator<Uint8Array, void, void> {
  const start = contentRange === undefined ? 0 : startOf(contentRange);
  if (!(start <= offset)) {
    const words = `the server was asked for the bytes from ${offset} on, and says of its answer: ${contentRange}`;
    throw new TransferFailure('unexpected', words);
  }
  let left = offset - start;
  for await (const chunk of bytes) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}

/** NaN if it is not said. @see https://www.rfc-editor.org/rfc/rfc9110#section-14.4 */
function startOf(contentRange: string): number {
  return Number(/^bytes (\d+)-/i.exec(contentRange)?.[1]);
}
