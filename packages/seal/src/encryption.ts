/** Encrypting and decrypting as the program `age` does, on all cores. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { ByteReader, type Bytes, piecesOf } from './bytes.ts';
import { PLAIN_PIECE_BYTES, SEALED_PIECE_BYTES } from './chunk-cipher.ts';
import { fileKeyOf, newHeader } from './header.ts';
import type { Identities, Recipients } from './keys.ts';
import { ordered } from './ordered.ts';
import { SealError } from './seal-error.ts';
import { giveMemory, ownOf } from './spare-memory.ts';
import { onThread, THREADS } from './threads.ts';

const NONCE_BYTES = 16;

type Made = AsyncGenerator<Uint8Array, void, void>;

/** Each thread has a piece in hand, and another waits. */
const PIECES_AT_ONCE = THREADS + 1;

/** Encrypts for recipients, in an age file. */
export async function* encrypted(plain: Bytes, recipients: Recipients): Made {
  const { header, fileKey } = await newHeader(recipients);
  const nonce = randomBytes(NONCE_BYTES);
  const key = payloadKey(fileKey, nonce);
  yield Buffer.concat([header, nonce]);
  yield* ordered(
    piecesOf(plain, PLAIN_PIECE_BYTES, SEALED_PIECE_BYTES),
    async (piece, index) =>
      ownOf(proven(await onThread({ kind: 'encrypt', key, index, ...piece }))),
    PIECES_AT_ONCE,
  );
}

/**
 * Decrypts an age file. What it gives is what was encrypted, up to where it stops: it is all of it only at the end.
 * @param sealed the memory that a chunk is in may be used again when the next is asked for
 * @throws {SealError}
 */
export async function* decrypted(sealed: Bytes, identities: Identities): Made {
  for await (const piece of decryptedInMemory(sealed, identities)) yield ownOf(piece);
}

/** The same, in memory that is used again as soon as the next piece is asked for. */
export async function* decryptedPieces(sealed: Bytes, identities: Identities): Made {
  for await (const piece of decryptedInMemory(sealed, identities)) {
    yield piece;
    giveMemory(piece);
  }
}

async function* decryptedInMemory(
  sealed: Bytes,
  identities: Identities,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const reader = new ByteReader(sealed);
  try {
    const fileKey = await fileKeyOf(reader, identities);
    const nonce = await reader.take(NONCE_BYTES);
    if (nonce.byteLength < NONCE_BYTES) throw new SealError('truncated', 'its end is missing');
    const key = payloadKey(fileKey, nonce);
    yield* ordered(
      piecesOf(reader.rest(), SEALED_PIECE_BYTES, SEALED_PIECE_BYTES),
      async (piece, index) => proven(await onThread({ kind: 'decrypt', key, index, ...piece })),
      PIECES_AT_ONCE,
    );
  } finally {
    await reader.close();
  }
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}

function proven(outcome: Uint8Array<ArrayBuffer> | undefined): Uint8Array<ArrayBuffer> {
  if (!outcome) throw new SealError('damaged', 'what is in it is damaged, or its end is missing');
  return outcome;
}
