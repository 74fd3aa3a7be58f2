import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Range, Ranges } from './ranges.ts';
import { type Share, SharedRanges } from './shared-ranges.ts';

const TOTAL = 500;
const LEAST = 20;
const range = fc
  .tuple(fc.nat(TOTAL), fc.nat(TOTAL))
  .map(([one, other]): Range => [Math.min(one, other), Math.max(one, other)]);

/** Whose turn it is, and how many bytes reach him: none when his connection breaks. */
const turn = fc.record({ worker: fc.nat(5), bytes: fc.nat(60) });

test('every missing byte is brought once, whoever is how fast and begins when', () => {
  fc.assert(
    fc.property(fc.array(range), fc.array(turn), (here, turns) => {
      const missing = new Ranges(here).gaps(TOTAL);
      const shared = new SharedRanges(missing, LEAST);
      const brought = new Array<number>(TOTAL).fill(0);
      const shares = new Map<number, Share | undefined>();
      const step = (worker: number, bytes: number) => {
        const share = shares.get(worker) ?? shared.take();
        if (!share) return false;
        const end = Math.min(share.at + bytes, share.end);
        for (; share.at < end; share.at++) brought[share.at] = (brought[share.at] ?? 0) + 1;
        const isDone = share.at === share.end;
        if (isDone) shared.done(share);
        shares.set(worker, isDone ? undefined : share);
        return true;
      };
      for (const { worker, bytes } of turns) step(worker, bytes);
      // Whatever is left is brought by those that are there, without anyone new.
      for (const worker of [0, ...shares.keys()]) while (step(worker, TOTAL));
      const expected = brought.map((_, at) => (isIn(missing, at) ? 1 : 0));
      assert.deepEqual(brought, expected);
    }),
  );
});

test('nobody gets, or is left with, less than is worth a connection of what another had', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: TOTAL }), fc.nat(30), (total, workers) => {
      const shared = new SharedRanges([[0, total]], LEAST);
      const shares: Share[] = [];
      for (let share = shared.take(); share && shares.length <= workers; share = shared.take()) {
        shares.push(share);
      }
      if (shares.length > 1) assert.ok(shares.every(({ at, end }) => end - at >= LEAST));
    }),
  );
});

function isIn(ranges: readonly Range[], at: number): boolean {
  return ranges.some(([start, end]) => start <= at && at < end);
}
