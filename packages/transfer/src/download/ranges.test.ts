import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Range, Ranges } from './ranges.ts';

const TOTAL = 60;
const range = fc
  .tuple(fc.nat(TOTAL), fc.nat(TOTAL))
  .map(([one, other]): Range => [Math.min(one, other), Math.max(one, other)]);

/** The same set, byte by byte. */
function bytesOf(ranges: Iterable<Range>): Set<number> {
  const bytes = new Set<number>();
  for (const [start, end] of ranges) for (let at = start; at < end; at++) bytes.add(at);
  return bytes;
}

test('ranges hold the bytes that were added and no others, apart and in order', () => {
  fc.assert(
    fc.property(fc.array(range), (added) => {
      const ranges = new Ranges(added);
      assert.deepEqual(bytesOf(ranges.list()), new Set([...bytesOf(added)].sort((a, b) => a - b)));
      assert.equal(ranges.bytes, bytesOf(added).size);
      ranges.list().reduce((end, [start, next]) => {
        assert.ok(start > end && next > start);
        return next;
      }, -1);
    }),
  );
});

test('gaps are all that is not there, once', () => {
  fc.assert(
    fc.property(fc.array(range), (added) => {
      const ranges = new Ranges(added);
      const gaps = ranges.gaps(TOTAL);
      assert.equal(ranges.bytes + new Ranges(gaps).bytes, TOTAL);
      const all = new Ranges([...added, ...gaps]);
      assert.deepEqual(all.list(), [[0, TOTAL]]);
    }),
  );
});

test('it reaches to the first byte that is missing', () => {
  fc.assert(
    fc.property(fc.array(range), fc.nat(TOTAL), (added, start) => {
      const bytes = bytesOf(added);
      let expected = start;
      while (bytes.has(expected)) expected += 1;
      assert.equal(new Ranges(added).reachFrom(start), expected);
    }),
  );
});
