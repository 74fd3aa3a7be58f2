/**
 * A file that comes as a stream, from a server or from whatever else has to be asked for each place in it. Whoever reads
 * it in ascending order has one stream of it; a connection that is lost is made again where it broke. What arrives is
 * held to the size that was told, and the file to what it was, before the last bytes are handed on.
 */

import type { Likeness } from '../state/hashes.ts';
import { type MendingOptions, mended, pauseAfterLoss } from './mending.ts';
import { boxTime, changed, type Source } from './source.ts';

/** A file elsewhere, as it was when it was looked at. */
export interface StreamedFile extends Likeness {
  readonly sizeBytes: number;
  readonly modifiedMs?: number;
  readonly createdMs?: number;
  /** The SHA-1 (hex) that is told of it there. */
  readonly sha1?: string;
  /**
   * Its bytes from an offset to the end; no more is read when the iteration is given up.
   * @throws {BoxhaulError} it is not to be had; anything else is taken for a lost connection, and it is tried again
   */
  stream(offset: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Its fingerprint as it is now. @throws as `stream` */
  look(signal: AbortSignal): Promise<string>;
}

/**
 * A file elsewhere, to be sent to Box. The caller closes it.
 *
 * @example
 * ```ts
 * import { streamedSource } from '@boxhaul/transfer';
 *
 * const source = streamedSource(
 *   {
 *     key: 'memory:letters',
 *     fingerprint: 'v1',
 *     isSettled: true,
 *     sizeBytes: 3,
 *     stream: async function* (offset) {
 *       yield Buffer.from('abc').subarray(offset);
 *     },
 *     look: async () => 'v1',
 *   },
 *   { signal: AbortSignal.timeout(60_000) },
 * );
 * console.log(String(await source.readWhole()));
 * await source.close();
 * ```
 */
export function streamedSource(file: StreamedFile, options: MendingOptions): Source {
  return new StreamedSource(file, options);
}

class StreamedSource implements Source {
  readonly key: string;
  readonly fingerprint: string;
  readonly isSettled: boolean;
  readonly sizeBytes: number;
  readonly sha1?: string;
  readonly contentModifiedAt?: string;
  readonly contentCreatedAt?: string;
  readonly isFar = true;
  readonly #file: StreamedFile;
  readonly #closing = new AbortController();
  readonly #signal: AbortSignal;
  readonly #mending: MendingOptions;
  #sequence: Sequence | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(file: StreamedFile, options: MendingOptions) {
    const { key, fingerprint, isSettled, sizeBytes, sha1, modifiedMs, createdMs } = file;
    this.key = key;
    this.fingerprint = fingerprint;
    this.isSettled = isSettled;
    this.sizeBytes = sizeBytes;
    if (sha1 !== undefined) this.sha1 = sha1;
    const modifiedAt = boxTime(modifiedMs ?? Number.NaN);
    const createdAt = boxTime(createdMs ?? modifiedMs ?? Number.NaN);
    if (modifiedAt !== undefined) this.contentModifiedAt = modifiedAt;
    if (createdAt !== undefined) this.contentCreatedAt = createdAt;
    this.#file = file;
    this.#signal = AbortSignal.any([options.signal, this.#closing.signal]);
    this.#mending = { ...options, signal: this.#signal };
  }

  async *read(): AsyncGenerator<Uint8Array, void, void> {
    let held: Uint8Array | undefined;
    for await (const chunk of this.#bytesFrom(0)) {
      if (held) yield held;
      held = chunk;
    }
    await this.assertUnchanged();
    if (held) yield held;
  }

  async readWhole(): Promise<Buffer> {
    const whole = Buffer.allocUnsafe(this.sizeBytes);
    let filled = 0;
    for await (const chunk of this.read()) {
      whole.set(chunk, filled);
      filled += chunk.byteLength;
    }
    return whole;
  }

  async readInto(target: Uint8Array, offset: number): Promise<void> {
    // There is one stream: who comes meanwhile waits.
    const reading = this.#last.then(() => this.#readInto(target, offset));
    // Its failure is for whoever began it, not for the next in line.
    this.#last = reading.catch(() => undefined);
    await reading;
  }

  async assertUnchanged(): Promise<void> {
    const now = await mended(() => this.#file.look(this.#signal), this.#mending);
    if (now !== this.fingerprint) throw changed('it is another where it comes from');
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error(`${this.key} is closed`));
    await this.#last;
    await this.#endSequence();
  }

  async #readInto(target: Uint8Array, offset: number): Promise<void> {
    if (this.#sequence?.offset !== offset) {
      await this.#endSequence();
      this.#sequence = new Sequence(this.#bytesFrom(offset), offset);
    }
    const isFilled = await this.#sequence?.fill(target);
    if (!isFilled) throw changed('it became shorter');
  }

  async #endSequence(): Promise<void> {
    await this.#sequence?.end();
    this.#sequence = undefined;
  }

  async *#bytesFrom(offset: number): AsyncGenerator<Uint8Array, void, void> {
    let position = offset;
    for (let losses = 0; ; losses++) {
      try {
        for await (const chunk of this.#file.stream(position, this.#signal)) {
          this.#signal.throwIfAborted();
          if (chunk.byteLength === 0) continue;
          position += chunk.byteLength;
          if (position > this.sizeBytes) throw changed('it became longer');
          losses = 0;
          yield chunk;
        }
        if (position === this.sizeBytes) return;
      } catch (error) {
        await pauseAfterLoss(error, losses, this.#mending);
        await this.assertUnchanged();
        continue;
      }
      // It ended too early: it is shorter now, or the connection was cut in the way of an end.
      await this.assertUnchanged();
      const early = new Error(`${position} of ${this.sizeBytes} bytes came`);
      await pauseAfterLoss(early, losses, this.#mending);
    }
  }
}

/** Bytes that come in chunks of the sender's size, given out in pieces of the reader's. */
class Sequence {
  /** Where the next byte belongs. */
  offset: number;
  readonly #chunks: AsyncGenerator<Uint8Array, void, void>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncGenerator<Uint8Array, void, void>, offset: number) {
    this.#chunks = chunks;
    this.offset = offset;
  }

  /** @returns false if there are not as many any more */
  async fill(target: Uint8Array): Promise<boolean> {
    for (let filled = 0; filled < target.byteLength; ) {
      if (this.#rest.byteLength === 0) {
        const { value, done } = await this.#chunks.next();
        if (done) return false;
        this.#rest = value;
      }
      const taken = this.#rest.subarray(0, target.byteLength - filled);
      target.set(taken, filled);
      this.#rest = this.#rest.subarray(taken.byteLength);
      filled += taken.byteLength;
      this.offset += taken.byteLength;
    }
    return true;
  }

  async end(): Promise<void> {
    // Nobody wants more of it: how it takes that is of no interest.
    await this.#chunks.return().catch(() => undefined);
  }
}
