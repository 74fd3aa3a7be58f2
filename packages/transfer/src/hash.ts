import { createHash, hash } from 'node:crypto';
import { memoryToLend, type Source } from './origins/source.ts';
import type { Hashes } from './state/hashes.ts';

/** SHA-1, which is what Box knows contents by, of bytes in memory; lower-case hex. */
export function sha1Of(bytes: Uint8Array): string {
  return hash('sha1', bytes, 'hex');
}

/** The same of much more bytes, on another thread. They must not change before it is done. */
export async function sha1OfMuch(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-1', bytes)).toString('hex');
}

/** The SHA-1 of no bytes at all. */
export const EMPTY_SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

/** A SHA-1 that grows with what is written to it. */
export class RunningSha1 {
  #hash = createHash('sha1');

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Of all bytes so far; more may follow. */
  hex(): string {
    return this.#hash.copy().digest('hex');
  }
}

/**
 * The SHA-1 of a file as it is now; it is read only if nothing is known of it, here or where it comes from.
 * @param work reads it, and says what its SHA-1 is
 * @throws {TransferFailure} `changed-while-read`
 */
export async function sha1OfSource(
  source: Source,
  signal: AbortSignal,
  known?: Hashes,
  work = () => sha1OfAll(source, signal),
): Promise<string> {
  const found = source.sha1 ?? known?.find(source);
  if (found !== undefined) return found;
  const sha1 = await work();
  known?.learn(source, sha1);
  return sha1;
}

async function sha1OfAll(source: Source, signal: AbortSignal): Promise<string> {
  const running = new RunningSha1();
  for await (const chunk of source.read(memoryToLend(source))) {
    signal.throwIfAborted();
    running.add(chunk);
  }
  return running.hex();
}
