import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatTime, formatUtc, parseTime } from './times.ts';

const at = (text: string) => Date.parse(text) / 1000;

test('writes Pacific time with the offset that holds on that day', () => {
  assert.equal(formatTime(at('2012-12-12T18:53:43Z')), '2012-12-12T10:53:43-08:00');
  assert.equal(formatTime(at('2024-07-01T12:00:00Z')), '2024-07-01T05:00:00-07:00');
  assert.equal(formatTime(at('2024-03-10T09:59:59Z')), '2024-03-10T01:59:59-08:00');
  assert.equal(formatTime(at('2024-03-10T10:00:00Z')), '2024-03-10T03:00:00-07:00');
  assert.equal(formatTime(at('2024-11-03T08:59:59Z')), '2024-11-03T01:59:59-07:00');
  assert.equal(formatTime(at('2024-11-03T09:00:00Z')), '2024-11-03T01:00:00-08:00');
});

test('what it writes reads back as the same second', () => {
  const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
  fc.assert(
    fc.property(seconds, (time) => {
      assert.equal(parseTime(formatTime(time), 'time'), time);
      assert.equal(parseTime(formatUtc(time), 'time'), time);
    }),
  );
});

test('drops fractions, takes any offset, a date alone, and Pacific time where no offset is given', () => {
  assert.equal(parseTime('2013-04-17T09:12:36.987-00:00', 't'), at('2013-04-17T09:12:36Z'));
  assert.equal(parseTime('2013-04-17T11:12:36+02:00', 't'), at('2013-04-17T09:12:36Z'));
  assert.equal(parseTime('2013-04-17', 't'), at('2013-04-17T00:00:00Z'));
  assert.equal(parseTime('2013-04-17T09:12:36', 't'), at('2013-04-17T09:12:36-07:00'));
  assert.equal(parseTime('2013-12-17T09:12:36', 't'), at('2013-12-17T09:12:36-08:00'));
});

test('nothing and null are no time; what is no time, or before 1970, is refused', () => {
  assert.equal(parseTime(undefined, 't'), undefined);
  assert.equal(parseTime(null, 't'), undefined);
  for (const value of ['yesterday', '2013-13-01T00:00:00Z', '1969-12-31T23:59:59Z', 12, '']) {
    assert.throws(() => parseTime(value, 't'), { code: 'bad_request' });
  }
});
