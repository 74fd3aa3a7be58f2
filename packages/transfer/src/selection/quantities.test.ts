import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration, parseRate, parseSize } from './quantities.ts';

test('durations are milliseconds whatever their unit, and a number alone is refused', () => {
  const table: [string, number | undefined][] = [
    ['120ms', 120],
    ['0', 0],
    ['2s', 2000],
    ['1.5 min', 90_000],
    ['1H', 3_600_000],
    ['30d', 2_592_000_000],
    ['2 weeks', 1_209_600_000],
    ['1y', 31_536_000_000],
    ['120', undefined],
    ['ms', undefined],
    ['-5s', undefined],
    ['5 parsecs', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of table) assert.equal(parseDuration(text), expected, text);
});

test('sizes count in thousands, and in 1,024s where the unit says so', () => {
  const table: [string, number | undefined][] = [
    ['300', 300],
    ['0', 0],
    ['64KiB', 65_536],
    ['50 MB', 50_000_000],
    ['1.5g', 1_500_000_000],
    ['2TB', 2e12],
    ['99999999TB', undefined],
    ['big', undefined],
    ['1e3', undefined],
  ];
  for (const [text, expected] of table) assert.equal(parseSize(text), expected, text);
});

test('rates are bytes a second, with or without the /s, and never nothing', () => {
  const table: [string, number | undefined][] = [
    ['50MB/s', 50_000_000],
    ['50MB', 50_000_000],
    ['1MiB/s', 1_048_576],
    ['8Mbit/s', 1_000_000],
    ['8mbitps', 1_000_000],
    ['0MB/s', undefined],
    ['0.1', undefined],
    ['fast', undefined],
    ['50MB/h', undefined],
  ];
  for (const [text, expected] of table) assert.equal(parseRate(text), expected, text);
});
