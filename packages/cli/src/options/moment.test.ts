import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { moment } from './moment.ts';

suite('a moment as typed', () => {
  const table: [text: string, at: string | Date][] = [
    ['2026-01-31', new Date(2026, 0, 31)],
    ['2026-01-31T12:00', new Date(2026, 0, 31, 12)],
    ['2026-01-31T12:00:01Z', '2026-01-31T12:00:01.000Z'],
    ['2026-01-31T12:00+02:00', '2026-01-31T10:00:00.000Z'],
  ];
  for (const [text, at] of table) {
    test(text, () => assert.equal(moment(text).toISOString(), new Date(at).toISOString()));
  }

  test('an age is so long ago', () => {
    const before = Date.now();
    const at = moment('2d').getTime() + 2 * 86_400_000;
    assert.ok(before <= at && at <= Date.now());
  });

  for (const text of ['', 'yesterday', '2026-13-01', '2026-1-1', '30', '2026-01-31 12:00']) {
    test(`${JSON.stringify(text)} is none`, () => assert.throws(() => moment(text), /Give a date/));
  }
});
