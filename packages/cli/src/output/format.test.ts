import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatBytes,
  formatBytesOf,
  formatNumberOf,
  formatRate,
  formatRemaining,
  formatSeconds,
} from './format.ts';

test('sizes have one digit behind the point while they are small, and never four before it', () => {
  const table: [number, string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KB'],
    [1550, '1.6 KB'],
    [99_940, '99.9 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [20_100_000_000, '20.1 GB'],
    [5_000_000_000_000_000_000, '5000 PB'],
  ];
  for (const [bytes, text] of table) assert.equal(formatBytes(bytes), text);
});

test('a part of a whole says a shared unit once', () => {
  assert.equal(formatBytesOf(9_400_000_000, 20_100_000_000), '9.4 of 20.1 GB');
  assert.equal(formatBytesOf(800_000, 20_100_000_000), '800 KB of 20.1 GB');
  assert.equal(formatBytesOf(0, 20_100_000_000), '0 of 20.1 GB');
});

test('times are as fine as people care', () => {
  const table: [number, string][] = [
    [0.04, '40 ms'],
    [0.096, '0.1 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.7, '1 min'],
    [112.4, '1 min 52 s'],
    [3600, '1 h'],
    [7330, '2 h 2 min'],
  ];
  for (const [seconds, text] of table) assert.equal(formatSeconds(seconds), text);
  assert.equal(formatRemaining(0.2), '1 s');
  assert.equal(formatRemaining(95), '2 min');
  assert.equal(formatRemaining(7800), '2 h 10 min');
});

test('counts agree with their noun', () => {
  assert.equal(formatNumberOf(1, 'file'), '1 file');
  assert.equal(formatNumberOf(4310, 'file'), '4,310 files');
  assert.equal(formatNumberOf(2, 'new', 'new'), '2 new');
  assert.equal(formatRate(182_000_000), '182 MB/s');
});
