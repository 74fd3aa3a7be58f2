import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { runningDigests } from './running-digests.ts';

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
const partBytes = 700_000;

/** Contents that are written part by part, with their digest. */
function contentsOf(parts: number) {
  const contents = Buffer.alloc(parts * partBytes, 'no part is like another');
  const file = Buffer.alloc(contents.length);
  const digests = runningDigests();
  let readBytes = 0;
  const write = async (part: number, bytes = partAt(part)) => {
    const offset = part * partBytes;
    digests.begin('a', offset);
    bytes.copy(file, offset);
    await digests.add('a', offset, bytes, async (target, from) => {
      readBytes += target.byteLength;
      file.copy(target, 0, from);
    });
  };
  const partAt = (part: number) => contents.subarray(part * partBytes, (part + 1) * partBytes);
  return { contents, file, digests, write, partAt, readBytes: () => readBytes };
}

test('parts in order are digested as they come, and nothing is read again', async () => {
  const { contents, digests, write, readBytes } = contentsOf(3);
  for (const part of [0, 1, 2]) await write(part);
  const found = await digests.find('a');
  assert.equal(found?.bytes, contents.length);
  assert.equal(found?.hash.digest('hex'), sha1(contents));
  assert.equal(readBytes(), 0);
});

test('parts in any order come to the same digest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.boolean(),
      async (order, atOnce) => {
        const { contents, digests, write } = contentsOf(5);
        if (atOnce) await Promise.all(order.map((part) => write(part)));
        else for (const part of order) await write(part);
        const found = await digests.find('a');
        assert.equal(found?.bytes, contents.length);
        assert.equal(found?.hash.digest('hex'), sha1(contents));
      },
    ),
    { numRuns: 30 },
  );
});

test('a digest goes as far as there is no gap, and can be gone on with more than once', async () => {
  const { contents, digests, write } = contentsOf(4);
  for (const part of [0, 1, 3]) await write(part);
  for (let time = 0; time < 2; time++) {
    const found = await digests.find('a');
    assert.equal(found?.bytes, 2 * partBytes);
    const rest = contents.subarray(2 * partBytes);
    assert.equal(found?.hash.update(rest).digest('hex'), sha1(contents));
  }
});

test('of contents that had a part written twice nothing is known', async () => {
  const { digests, write } = contentsOf(3);
  for (const part of [0, 1]) await write(part);
  await write(1, Buffer.alloc(partBytes, 'something else'));
  await write(2);
  assert.equal(await digests.find('a'), undefined);
});

test('what cannot be read again leaves contents without a digest, and the part as it is', async () => {
  const { digests, write, partAt } = contentsOf(3);
  await write(1);
  digests.begin('a', 0);
  await digests.add('a', 0, partAt(0), () => Promise.reject(new Error('a broken disk')));
  assert.equal(await digests.find('a'), undefined);
});

test('contents that are dropped are forgotten', async () => {
  const { digests, write } = contentsOf(2);
  await write(0);
  digests.drop('a');
  assert.equal(await digests.find('a'), undefined);
});
