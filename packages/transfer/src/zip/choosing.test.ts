import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ArchiveEnd, isDue, isForZip, isFull, isHopeless, nextStep } from './choosing.ts';

const MIB = 1024 * 1024;

describe('a file comes in an archive', () => {
  for (const [mode, sizeBytes, expected] of [
    ['auto', 4096, true],
    ['auto', MIB, true],
    ['auto', MIB + 1, false],
    ['always', 8 * MIB, true],
    ['always', 8 * MIB + 1, false],
    ['never', 1, false],
    // It costs no call anyway.
    ['auto', 0, false],
    ['always', 0, false],
  ] as const) {
    test(`${mode}, ${sizeBytes} bytes: ${expected}`, () => {
      assert.equal(isForZip(mode, sizeBytes), expected);
    });
  }
});

describe('files that were gathered go', () => {
  for (const [words, gathered, expected] of [
    ['not while more may come soon', { files: 4000, bytes: MIB, waitedMs: 100 }, false],
    ['when the first has waited', { files: 10, bytes: 10, waitedMs: 1000 }, true],
    ['not when they are too few', { files: 9, bytes: 9, waitedMs: 60_000 }, false],
    ['when they are many', { files: 5000, bytes: 5000, waitedMs: 0 }, true],
    ['when they are much', { files: 64, bytes: 64 * MIB, waitedMs: 0 }, true],
  ] as const) {
    test(words, () => assert.equal(isDue('auto', gathered), expected));
  }

  test('before Box would refuse them, with those that are being compared', () => {
    const mostAtOnce = 64;
    const files = Array.from({ length: 10_001 }, (_, index) => index).find((count) =>
      isFull({ files: count, bytes: 0 }),
    );
    assert.ok(files !== undefined && files + mostAtOnce <= 10_000);
  });
});

describe('what an archive did not bring', () => {
  const cases: [ArchiveEnd, number, number, ReturnType<typeof nextStep>][] = [
    ['whole', 500, 1, 'singly'],
    ['disk', 500, 1, 'singly'],
    ['broken', 500, 1, 'again'],
    ['broken', 500, 2, 'again'],
    ['broken', 500, 3, 'singly'],
    ['broken', 9, 1, 'singly'],
    ['refused', 500, 1, 'halves'],
    ['refused', 20, 1, 'halves'],
    ['refused', 19, 1, 'singly'],
  ];
  for (const [end, missing, tries, expected] of cases) {
    test(`${missing} files, ${end}, try ${tries}: ${expected}`, () => {
      assert.equal(nextStep('auto', { end, missing, tries }), expected);
    });
  }

  test('is looked for by halves until Box has refused too often', () => {
    assert.equal(isHopeless({ refused: 20, had: 0 }), false);
    assert.equal(isHopeless({ refused: 21, had: 0 }), true);
    assert.equal(isHopeless({ refused: 40, had: 30 }), false);
  });
});
