import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { partsOf } from './plan.ts';

test('the parts of a file cover every byte once, all of one size but the last', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1000, max: 90_000 }),
      (totalBytes, partSizeBytes) => {
        const parts = [...partsOf(totalBytes, partSizeBytes)];
        let next = 0;
        for (const part of parts) {
          assert.equal(part.offset, next);
          assert.ok(part.sizeBytes > 0 && part.sizeBytes <= partSizeBytes);
          next += part.sizeBytes;
        }
        assert.equal(next, totalBytes);
        assert.ok(parts.slice(0, -1).every((part) => part.sizeBytes === partSizeBytes));
      },
    ),
  );
});

test('a size of hundreds of gigabytes is planned without holding it', () => {
  let total = 0;
  for (const part of partsOf(500e9, 32 * 1024 * 1024)) total += part.sizeBytes;
  assert.equal(total, 500e9);
});
