/**
 * The beginning of an age file: the file's key, once for each recipient, and a MAC over all of it. age-encryption
 * writes and reads it; the payload behind it is ours, on several threads (`payload.ts`).
 * @see https://age-encryption.org/v1
 */
import { loadAge } from './age.ts';
import type { ByteReader } from './bytes.ts';
import type { Identities, Recipients } from './keys.ts';
import { SealError } from './seal-error.ts';

const VERSION_LINE = 'age-encryption.org/v1\n';
const ARMOR = '-----BEGIN AGE';

/** A thousand recipients need a tenth of it. */
const LONGEST_HEADER_BYTES = 1024 * 1024;

/** The library encrypts no payload for us: an empty one behind the header has a nonce and a tag. */
const EMPTY_PAYLOAD_BYTES = 16 + 16;

/** A header for these recipients, and the new key that is in it. */
export async function newHeader(
  recipients: Recipients,
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> {
  const { Encrypter } = loadAge();
  const encrypter = new Encrypter();
  for (const recipient of recipients.list) encrypter.addRecipient(recipient);
  let fileKey: Uint8Array | undefined;
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = key.slice();
      return [];
    },
  });
  const whole = await encrypter.encrypt(new Uint8Array(0));
  if (!fileKey) throw new Error('age-encryption made a header without a key');
  return { header: whole.subarray(0, whole.byteLength - EMPTY_PAYLOAD_BYTES), fileKey };
}

/** Reads the header of a file, and finds the file's key in it. @throws {SealError} */
export async function fileKeyOf(reader: ByteReader, identities: Identities): Promise<Uint8Array> {
  const header = await readHeader(reader);
  const { Decrypter } = loadAge();
  const decrypter = new Decrypter();
  for (const identity of identities.list) decrypter.addIdentity(identity);
  let isForOthers = false;
  decrypter.addIdentity({
    // Asked last: whoever could open it has done so.
    unwrapFileKey() {
      isForOthers = true;
      return null;
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    if (isForOthers) {
      const words = 'none of the identities opens it: it was encrypted for others, or is damaged';
      throw new SealError('no-identity', words, { cause });
    }
    throw new SealError('damaged', 'its age header is damaged', { cause });
  }
}

async function readHeader(reader: ByteReader): Promise<Uint8Array> {
  const first = await reader.take(VERSION_LINE.length);
  const line = Buffer.from(first).toString('latin1');
  if (line !== VERSION_LINE) throw notAge(line);
  const stanzas = await reader.takeThrough('\n--- ', LONGEST_HEADER_BYTES);
  const mac = stanzas && (await reader.takeThrough('\n', LONGEST_HEADER_BYTES));
  if (!stanzas || !mac) throw new SealError('damaged', 'its age header has no end');
  return Buffer.concat([first, stanzas, mac]);
}

function notAge(line: string): SealError {
  if (line.startsWith(ARMOR)) {
    const words = 'it is an armored age file, in letters; age -d opens it, and Boxhaul binary ones';
    return new SealError('not-sealed', words);
  }
  if (line !== '' && VERSION_LINE.startsWith(line)) {
    return new SealError('truncated', 'its end is missing');
  }
  return new SealError(
    'not-sealed',
    'it is not an age file of version 1, or its beginning is damaged',
  );
}
