/** Bytes that come in chunks of any size, taken in the sizes that a format wants. */
import { takeMemory } from './spare-memory.ts';

export type Bytes = AsyncIterable<Uint8Array>;

/** A piece at the beginning of memory of its own, which may be handed to another thread. */
export interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isLast: boolean;
}

/**
 * Cuts bytes into pieces of exactly `size`, of which only the last may be shorter; there is always one, if need be
 * empty. The memory of each has room for `room`, for what comes of the piece. It is copied: the memory that a chunk is in
 * may be used again when the next is asked for.
 */
export async function* piecesOf(
  source: Bytes,
  size: number,
  room: number,
): AsyncGenerator<Piece, void, void> {
  let piece = new Uint8Array(takeMemory(room), 0, size);
  let filled = 0;
  for await (const chunk of source) {
    for (let taken = 0; taken < chunk.byteLength; ) {
      // A full piece is not known to be the last until more comes.
      if (filled === size) {
        yield { bytes: piece, isLast: false };
        piece = new Uint8Array(takeMemory(room), 0, size);
        filled = 0;
      }
      const part = chunk.subarray(taken, taken + size - filled);
      piece.set(part, filled);
      filled += part.byteLength;
      taken += part.byteLength;
    }
  }
  yield { bytes: piece.subarray(0, filled), isLast: true };
}

/** Takes what a format has at its beginning, and hands on the rest. Whoever made it closes it. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #isOver = false;

  constructor(source: Bytes) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or as many as there are. */
  async take(length: number): Promise<Uint8Array> {
    while (this.#held.byteLength < length && (await this.#more()));
    return new Uint8Array(this.#cut(length));
  }

  /** What comes up to and with `end`, which is within `limit` bytes; otherwise nothing, and nothing is taken. */
  async takeThrough(end: string, limit: number): Promise<Uint8Array | undefined> {
    for (let from = 0; ; ) {
      const held = Buffer.from(this.#held.buffer, this.#held.byteOffset, this.#held.byteLength);
      const at = held.subarray(0, limit).indexOf(end, from, 'latin1');
      if (at >= 0) return this.take(at + end.length);
      from = Math.max(0, held.byteLength - end.length);
      if (held.byteLength >= limit || !(await this.#more())) return undefined;
    }
  }

  /** As many bytes as are at hand, up to `limit`, in the source's memory; nothing at the end. */
  async some(limit: number): Promise<Uint8Array> {
    if (this.#held.byteLength === 0) await this.#more();
    return this.#cut(limit);
  }

  /** All that has not been taken, in the source's memory. */
  async *rest(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const chunk = await this.some(Number.POSITIVE_INFINITY);
      if (chunk.byteLength === 0) return;
      yield chunk;
    }
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#source.return?.();
  }

  #cut(limit: number): Uint8Array {
    const cut = this.#held.subarray(0, limit);
    this.#held = this.#held.subarray(cut.byteLength);
    return cut;
  }

  async #more(): Promise<boolean> {
    while (!this.#isOver) {
      // The memory that it is in may be used again for the next.
      const held = new Uint8Array(this.#held);
      this.#held = held;
      const { value, done } = await this.#source.next();
      if (done) this.#isOver = true;
      else if (value.byteLength > 0) {
        this.#held = held.byteLength === 0 ? value : Buffer.concat([held, value]);
        return true;
      }
    }
    return false;
  }
}
