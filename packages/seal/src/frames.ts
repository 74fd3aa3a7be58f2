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

export interface Frame {
  /** How much is in it, where it says so. */
  readonly contentBytes: number | undefined;
  /** All of it, in the source's memory. */
  readonly bytes: Bytes;
}

/** Gives each frame with something in it; it is to be read before the next is asked for. @throws {SealError} */
export async function* framesOf(reader: ByteReader): AsyncGenerator<Frame, void, void> {
  for (let isFirst = true; ; isFirst = false) {
    const magic = await reader.take(MAGIC_BYTES);
    if (magic.byteLength === 0 && !isFirst) return;
    if (magic.byteLength < MAGIC_BYTES) throw truncated();
    const number = Buffer.from(magic).readUInt32LE();
    if (number >>> 4 === SKIPPABLE_MAGIC >>> 4) {
      const length = Buffer.from(await exactly(reader, 4)).readUInt32LE();
      for await (const _ of bytesOf(reader, length));
    } else if (number === MAGIC) {
      yield await frameOf(reader, magic);
    } else if (isFirst) {
      throw new SealError('not-sealed', 'it is not a zstd file, or its beginning is damaged');
    } else {
      throw new SealError('damaged', 'there is something behind its end');
    }
  }
}

async function frameOf(reader: ByteReader, magic: Uint8Array): Promise<Frame> {
  const descriptor = await exactly(reader, 1);
  const flags = descriptor[0] ?? 0;
  const { before, size } = layoutOf(flags);
  const rest = await exactly(reader, before + size);
  const head = Buffer.concat([magic, descriptor, rest]);
  const contentBytes = sizeIn(Buffer.from(rest.subarray(before)));
  return { contentBytes, bytes: bytesOfFrame(reader, head, flags) };
}

async function* bytesOfFrame(
  reader: ByteReader,
  head: Uint8Array,
  flags: number,
): AsyncGenerator<Uint8Array, void, void> {
  yield head;
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

/** How many bytes of its head are the size of its contents, and how many (window, dictionary) come before. */
function layoutOf(flags: number): { before: number; size: number } {
  const isSingleSegment = (flags & 0b10_0000) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 0b11] ?? 0;
  const size = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  return { before: (isSingleSegment ? 0 : 1) + dictionaryBytes, size };
}

function sizeIn(field: Buffer): number | undefined {
  if (field.byteLength === 8) return Number(field.readBigUInt64LE());
  if (field.byteLength === 2) return field.readUInt16LE() + 256;
  return field.byteLength === 0 ? undefined : field.readUIntLE(0, field.byteLength);
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
