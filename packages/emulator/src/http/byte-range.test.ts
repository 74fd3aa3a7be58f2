import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRange } from './byte-range.ts';

const cases: [header: string | undefined, size: number, expected: unknown][] = [
  [undefined, 10, undefined],
  ['bytes=0-0', 10, { start: 0, end: 1 }],
  ['bytes=3-5', 10, { start: 3, end: 6 }],
  ['bytes=3-', 10, { start: 3, end: 10 }],
  ['bytes=3-99', 10, { start: 3, end: 10 }],
  ['bytes=-4', 10, { start: 6, end: 10 }],
  ['bytes=-40', 10, { start: 0, end: 10 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=5-3', 10, undefined],
  ['bytes=0-1,4-5', 10, undefined],
  ['items=0-1', 10, undefined],
  ['bytes=-', 10, undefined],
];

for (const [header, size, expected] of cases) {
  test(`${header ?? 'no Range'} of ${size} bytes`, () => {
    assert.deepEqual(parseRange(header, size), expected);
  });
}
