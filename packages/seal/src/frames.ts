/**
 * Where the frames of a zstd file begin and end, which can be told without decompressing them. A file may hold any
 * number, among them some to be skipped.
 * @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1
 */
import type { ByteReader, Bytes } from './bytes.ts';
import { SealError } from './seal-error.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAGIC_BYTES = 4;
const CHECKSUM_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;

/** Gives each frame with something in it; it is to be read before the next is asked for. @throws {SealError} */
export async function* framesOf(reader: ByteReader): AsyncGenerator<Bytes, void, void> {
  for (let isFirst = true; ; isFirst = false) {
    const magic = await reader.take(MAGIC_BYTES);
    if (magic.byteLength === 0 && !isFirst) return;
    if (magic.byteLength < MAGIC_BYTES) throw truncated();
    const number = Buffer.from(magic).readUInt32LE();
    if (number >>> 4 === SKIPPABLE_MAGIC >>> 4) {
      const length = Buffer.from(await exactly(reader, 4)).readUInt32LE();
      for await (const _ of bytesOf(reader, length));
    } else if (number === MAGIC) {
      yield frameOf(reader, magic);
    } else if (isFirst) {
      throw new SealError('not-sealed', 'it is not a zstd file, or its beginning is damaged');
    } else {
      throw new SealError('damaged', 'there is something behind its end');
    }
  }
}

async function* frameOf(
  reader: ByteReader,
  magic: Uint8Array,
): AsyncGenerator<Uint8Array, void, void> {
  yield magic;
  const descriptor = await exactly(reader, 1);
  const flags = descriptor[0] ?? 0;
  yield descriptor;
  yield* bytesOf(reader, restOfHeaderBytes(flags));
  for (let isLast = false; !isLast; ) {
    const header = await exactly(reader, BLOCK_HEADER_BYTES);
    const bits = Buffer.from(header).readUIntLE(0, BLOCK_HEADER_BYTES);
    yield header;
    isLast = (bits & 1) === 1;
    const isOneByteRepeated = ((bits >> 1) & 3) === 1;
    yield* bytesOf(reader, isOneByteRepeated ? 1 : bits >> 3);
  }
  if (flags & 0b100) yield* bytesOf(reader, CHECKSUM_BYTES);
}

/** Window, dictionary and size of the contents, as the frame's first byte announces them. */
function restOfHeaderBytes(flags: number): number {
  const isSingleSegment = (flags & 0b10_0000) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 0b11] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  return (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
}

async function* bytesOf(
  reader: ByteReader,
  length: number,
): AsyncGenerator<Uint8Array, void, void> {
  for (let left = length; left > 0; ) {
    const chunk = await reader.some(left);
    if (chunk.byteLength === 0) throw truncated();
    left -= chunk.byteLength;
    yield chunk;
  }
}

async function exactly(reader: ByteReader, length: number): Promise<Uint8Array> {
  const taken = await reader.take(length);
  if (taken.byteLength < length) throw truncated();
  return taken;
}

function truncated(): SealError {
  return new SealError('truncated', 'its end is missing');
}
