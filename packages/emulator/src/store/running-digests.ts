import { createHash, type Hash } from 'node:crypto';

/**
 * SHA-1s of contents that arrive in parts, taken while the parts are in memory, so that nobody need read everything
 * once more at the end. Only for contents that this process alone writes.
 *
 * A digest covers the beginning of its contents, as far as it is there without a gap. Where a part was written twice,
 * nobody can tell which of the two the file holds: from then on such contents have no digest here.
 */
export interface RunningDigests {
  /** A part is about to be written. */
  begin(assembly: string, offset: number): void;
  /**
   * It has been written. When others behind it wait for this one, they are read again.
   *
   * @param read fills the bytes with those at an offset of the contents
   */
  add(assembly: string, offset: number, bytes: Uint8Array, read: Read): Promise<void>;
  /** What is known of contents, to go on with; `undefined`: nothing. */
  find(assembly: string): Promise<HashedBeginning | undefined>;
  drop(assembly: string): void;
  clear(): void;
}

/** A hash of the first `bytes` bytes of contents. */
export interface HashedBeginning {
  readonly hash: Hash;
  readonly bytes: number;
}

/** So much is read again at once. */
const READ_BYTES = 512 * 1024;

type Read = (bytes: Uint8Array, offset: number) => Promise<void>;

interface Digest {
  readonly hash: Hash;
  /** How far it goes. */
  bytes: number;
  readonly begun: Set<number>;
  /** Lengths of the parts behind a gap, by their offsets. */
  readonly waiting: Map<number, number>;
  isSpoilt: boolean;
  /** One part after the other is added. */
  work: Promise<void>;
}

export function runningDigests(): RunningDigests {
  const digests = new Map<string, Digest>();
  return {
    begin(assembly, offset) {
      const digest = digests.get(assembly) ?? emptyDigest();
      digests.set(assembly, digest);
      if (digest.begun.has(offset)) digest.isSpoilt = true;
      digest.begun.add(offset);
    },
    async add(assembly, offset, bytes, read) {
      const digest = digests.get(assembly);
      if (!digest || digest.isSpoilt) return;
      if (offset !== digest.bytes) {
        digest.waiting.set(offset, bytes.byteLength);
        return;
      }
      extend(digest, bytes);
      digest.work = digest.work.then(() => addWaiting(digest, read));
      await digest.work;
    },
    async find(assembly) {
      const digest = digests.get(assembly);
      await digest?.work;
      if (!digest || digest.isSpoilt) return undefined;
      return { hash: digest.hash.copy(), bytes: digest.bytes };
    },
    drop: (assembly) => void digests.delete(assembly),
    clear: () => digests.clear(),
  };
}

function emptyDigest(): Digest {
  return {
    hash: createHash('sha1'),
    bytes: 0,
    begun: new Set(),
    waiting: new Map(),
    isSpoilt: false,
    work: Promise.resolve(),
  };
}

function extend(digest: Digest, bytes: Uint8Array): void {
  digest.hash.update(bytes);
  digest.bytes += bytes.byteLength;
}

async function addWaiting(digest: Digest, read: Read): Promise<void> {
  const again = Buffer.allocUnsafeSlow(READ_BYTES);
  try {
    for (let length = next(digest); length !== undefined; length = next(digest)) {
      for (let left = length; left > 0; left -= again.byteLength) {
        const bytes = again.subarray(0, left);
        await read(bytes, digest.bytes);
        extend(digest, bytes);
      }
    }
  } catch {
    // Whoever reads all of it at the end meets the error, if it is one that lasts.
    digest.isSpoilt = true;
  }
}

/** The length of the part behind what the digest covers, if it is there; it waits no longer. */
function next({ isSpoilt, waiting, bytes: offset }: Digest): number | undefined {
  const length = isSpoilt ? undefined : waiting.get(offset);
  waiting.delete(offset);
  return length;
}
