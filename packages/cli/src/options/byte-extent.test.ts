import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { byteExtent } from './byte-extent.ts';

suite('a range of bytes as typed', () => {
  const table: [text: string, extent: object][] = [
    ['0-1023', { from: 0, to: 1023 }],
    ['5-5', { from: 5, to: 5 }],
    ['1MB-', { from: 1_000_000 }],
    ['-512', { lastBytes: 512 }],
    ['1KiB-2KiB', { from: 1024, to: 2048 }],
  ];
  for (const [text, extent] of table) {
    test(text, () => assert.deepEqual(byteExtent(text), extent));
  }
  for (const text of ['', '-', '5', '9-1', 'a-b', '1-2-3', '-0']) {
    test(`${JSON.stringify(text)} is none`, () =>
      assert.throws(() => byteExtent(text), /Give a range/));
  }
});
