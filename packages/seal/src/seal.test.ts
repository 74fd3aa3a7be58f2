import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createZstdCompress, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { PLAIN_PIECE_BYTES } from './chunk-cipher.ts';
import type { Form } from './form.ts';
import { generateKey, identitiesFrom, recipientsFrom } from './keys.ts';
import { open, seal } from './seal.ts';
import { SealError } from './seal-error.ts';
import { gathered, inChunks } from './testing/bytes.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const identities = identitiesFrom([{ text: key.file }]);

const ENCRYPTED: Form = { isCompressed: false, isEncrypted: true };
const COMPRESSED: Form = { isCompressed: true, isEncrypted: false };
const BOTH: Form = { isCompressed: true, isEncrypted: true };
const FORMS = [ENCRYPTED, COMPRESSED, BOTH];

const CHUNK = 64 * 1024;
const FRAME = 4 * 1024 * 1024;

const sealed = (plain: Uint8Array, form: Form) =>
  gathered(seal(inChunks(plain, 100_000), form, recipients));
const opened = (bytes: Uint8Array, form: Form, size = 30_000) =>
  gathered(open(inChunks(bytes, size), form, identities));

for (const form of FORMS) {
  const words = Object.entries(form).filter(([, is]) => is);
  test(`what is sealed opens to the same, at every border (${words.map(([name]) => name)})`, async () => {
    const borders = [0, 1, CHUNK, 2 * CHUNK, PLAIN_PIECE_BYTES, 2 * PLAIN_PIECE_BYTES, FRAME];
    for (const border of borders) {
      for (const size of [border - 1, border, border + 1].filter((bytes) => bytes >= 0)) {
        const plain = halfRandom(size);
        const again = await opened(await sealed(plain, form), form);
        assert.equal(sha1(again), sha1(plain), `${size} bytes`);
      }
    }
  });
}

test('what cannot be compressed grows, and opens to the same', async () => {
  const plain = randomBytes(2 * FRAME + 1);
  for (const form of [COMPRESSED, BOTH]) {
    const bytes = await sealed(plain, form);
    assert.ok(bytes.byteLength > plain.byteLength);
    assert.equal(sha1(await opened(bytes, form)), sha1(plain));
  }
});

test('a chunk may be in memory that is used again for the next', async () => {
  const plain = halfRandom(2 * FRAME + 17);
  async function* lent(bytes: Uint8Array) {
    const memory = Buffer.alloc(70_000);
    for await (const chunk of inChunks(bytes, memory.byteLength)) {
      memory.set(chunk);
      yield memory.subarray(0, chunk.byteLength);
      memory.fill(0);
    }
  }
  for (const form of FORMS) {
    const bytes = await gathered(seal(lent(plain), form, recipients));
    assert.equal(sha1(await gathered(open(lent(bytes), form, identities))), sha1(plain));
  }
});

test('frames of any size, in any order, are opened in theirs', async () => {
  const one = (size: number) => {
    const plain = halfRandom(size);
    return { plain, frame: zstdCompressSync(plain) };
  };
  const unsized = async (size: number) => {
    const plain = halfRandom(size);
    const frame = await gathered(Readable.from([plain, plain]).pipe(createZstdCompress()));
    return { plain: Buffer.concat([plain, plain]), frame };
  };
  const frames = [
    one(10),
    one(FRAME),
    one(2 * FRAME),
    await unsized(100_000),
    await unsized(FRAME),
    one(100_000),
    one(0),
    one(FRAME / 2),
  ];
  const bytes = Buffer.concat(frames.map(({ frame }) => frame));
  const plain = Buffer.concat(frames.map((frame) => frame.plain));
  assert.equal(sha1(await opened(bytes, COMPRESSED)), sha1(plain));
});

test('a frame with more or less in it than it says is refused', async () => {
  const bytes = zstdCompressSync(Buffer.alloc(70_000, 'hauling'));
  // Behind the magic number and the flags, which say that it has four bytes.
  assert.equal(bytes.readUInt32LE(5), 70_000);
  for (const contentBytes of [0, 69_999, 70_001, FRAME / 2, FRAME, 2 ** 32 - 1]) {
    bytes.writeUInt32LE(contentBytes, 5);
    await assert.rejects(opened(bytes, COMPRESSED), { code: 'damaged' }, `${contentBytes}`);
  }
});

test('two sealings of the same bytes are not the same', async () => {
  const plain = Buffer.from('the same');
  assert.notDeepEqual(await sealed(plain, ENCRYPTED), await sealed(plain, ENCRYPTED));
});

test('each of several recipients opens it alone', async () => {
  const others = await Promise.all([generateKey(), generateKey()]);
  const text = others.map(({ recipient }) => recipient).join('\n');
  const bytes = await gathered(
    seal(inChunks(Buffer.from('for both'), 9), BOTH, recipientsFrom([{ text }])),
  );
  for (const { file } of others) {
    const plain = await gathered(open(inChunks(bytes, 9), BOTH, identitiesFrom([{ text: file }])));
    assert.equal(plain.toString(), 'for both');
  }
  await assert.rejects(opened(bytes, BOTH), { code: 'no-identity' });
});

test('every bit of a small sealed file matters: flipped, it is refused', async () => {
  const bytes = await sealed(Buffer.from('a small secret '.repeat(9)), BOTH);
  for (let bit = 0; bit < bytes.byteLength * 8; bit++) {
    await assert.rejects(opened(flipped(bytes, bit), BOTH), SealError, `bit ${bit}`);
  }
});

test('bits flipped anywhere in larger sealed files are refused', async (t) => {
  const bytes = await sealed(halfRandom(PLAIN_PIECE_BYTES + 2 * CHUNK + 17), ENCRYPTED);
  const seed = Number(process.env.SEED ?? randomBytes(4).readUInt32LE());
  t.diagnostic(`SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.byteLength * 8 - 1), async (bit) => {
      await assert.rejects(opened(flipped(bytes, bit), ENCRYPTED), SealError);
    }),
    { seed, numRuns: 60 },
  );
});

test('compressed alone, a flipped bit never gives other bytes', async () => {
  const plain = halfRandom(3000);
  const bytes = await sealed(plain, COMPRESSED);
  for (let bit = 0; bit < bytes.byteLength * 8; bit += 5) {
    const outcome = await opened(flipped(bytes, bit), COMPRESSED).catch((error: unknown) => error);
    const isRefused = outcome instanceof SealError;
    assert.ok(isRefused || (outcome instanceof Buffer && outcome.equals(plain)), `bit ${bit}`);
  }
});

test('a file that was cut is refused, wherever it was cut', async () => {
  for (const form of FORMS) {
    const bytes = await sealed(halfRandom(2 * CHUNK), form);
    const borders = [0, 1, 22, 100, 168, 184, 200, 200 + CHUNK, 200 + CHUNK + 16];
    for (const length of [...borders, bytes.byteLength - 17, bytes.byteLength - 1]) {
      if (length >= bytes.byteLength) continue;
      await assert.rejects(opened(bytes.subarray(0, length), form), SealError, `${length} bytes`);
    }
  }
});

test('what was put behind the end is refused', async () => {
  for (const form of FORMS) {
    const bytes = await sealed(halfRandom(CHUNK), form);
    const more = Buffer.concat([bytes, Buffer.from('more')]);
    await assert.rejects(opened(more, form), SealError);
  }
});

test('chunks in another order are refused', async () => {
  const bytes = await sealed(halfRandom(3 * CHUNK), ENCRYPTED);
  const start = bytes.byteLength - 3 * (CHUNK + 16);
  const [first, second] = [0, 1].map((index) =>
    bytes.subarray(start + index * (CHUNK + 16), start + (index + 1) * (CHUNK + 16)),
  );
  assert.ok(first && second);
  const rest = bytes.subarray(start + 2 * (CHUNK + 16));
  const swapped = Buffer.concat([bytes.subarray(0, start), second, first, rest]);
  await assert.rejects(opened(swapped, ENCRYPTED), { code: 'damaged' });
});

test('what is no sealed file is told from a damaged one', async () => {
  const text = Buffer.from('An ordinary letter, of no particular form.');
  await assert.rejects(opened(text, ENCRYPTED), { code: 'not-sealed' });
  await assert.rejects(opened(text, COMPRESSED), { code: 'not-sealed' });
  const armored = Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n');
  await assert.rejects(opened(armored, ENCRYPTED), /armored/);
  await assert.rejects(opened(Buffer.alloc(0), ENCRYPTED), { code: 'not-sealed' });
});

test('an error of the source comes out as it is, on both ways', async () => {
  const trouble = new Error('the disk is gone');
  async function* broken() {
    yield randomBytes(PLAIN_PIECE_BYTES);
    throw trouble;
  }
  for (const form of FORMS)
    await assert.rejects(gathered(seal(broken(), form, recipients)), trouble);
  const start = await sealed(halfRandom(3 * FRAME), BOTH);
  async function* brokenSealed() {
    yield start.subarray(0, FRAME + CHUNK);
    throw trouble;
  }
  await assert.rejects(gathered(open(brokenSealed(), BOTH, identities)), trouble);
});

test('whoever stops reading closes the source', async () => {
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield randomBytes(CHUNK);
    } finally {
      isClosed = true;
    }
  }
  for await (const chunk of seal(endless(), BOTH, recipients)) if (chunk.byteLength > CHUNK) break;
  assert.ok(isClosed);
});

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = bit >> 3;
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit & 7)), at);
  return copy;
}

/** Compresses to about half. */
function halfRandom(size: number): Buffer {
  const bytes = Buffer.alloc(size, 'Boxhaul');
  randomBytes(size >> 1).copy(bytes, size >> 2);
  return bytes;
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
