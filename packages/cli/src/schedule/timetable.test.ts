import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ScheduleOptions } from '../options/schedule-options.ts';
import { timetableOf } from './timetable.ts';

/** The first times after `from`, as Box writes them. */
function times(options: ScheduleOptions, from: string, count: number): string[] {
  const timetable = timetableOf(options, Date.parse(from));
  let atMs = Date.parse(from);
  return Array.from({ length: count }, () => {
    atMs = timetable?.nextMs(atMs) ?? Number.NaN;
    return new Date(atMs).toISOString().replace('.000Z', 'Z');
  });
}

const berlin = 'Europe/Berlin';
const newYork = 'America/New_York';

// Clocks go forward on 28 March at 01:00Z in Berlin and on 14 March at 07:00Z in New York, back on 31 October at
// 01:00Z and on 7 November at 06:00Z.
const table: [what: string, options: ScheduleOptions, from: string, expected: string[]][] = [
  [
    'every so often',
    { every: 300_000 },
    '2027-01-01T00:00:10Z',
    ['2027-01-01T00:05:10Z', '2027-01-01T00:10:10Z'],
  ],
  [
    'a time of the day',
    { cron: '0 2 * * *', tz: 'UTC' },
    '2027-01-01T02:00:00Z',
    ['2027-01-02T02:00:00Z', '2027-01-03T02:00:00Z'],
  ],
  [
    'days of the week',
    { cron: '30 6 * * MON-FRI', tz: berlin },
    '2027-01-01T12:00:00Z',
    ['2027-01-04T05:30:00Z', '2027-01-05T05:30:00Z'],
  ],
  [
    'a day of the month or of the week',
    { cron: '0 0 1 * MON', tz: 'UTC' },
    '2027-01-25T00:00:00Z',
    ['2027-02-01T00:00:00Z', '2027-02-08T00:00:00Z'],
  ],
  [
    '29 February',
    { cron: '0 0 29 2 *', tz: 'UTC' },
    '2027-01-01T00:00:00Z',
    ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z'],
  ],
  [
    'a time that is left out in spring comes once, right after it',
    { cron: '30 2 * * *', tz: berlin },
    '2027-03-27T12:00:00Z',
    ['2027-03-28T01:00:00Z', '2027-03-29T00:30:00Z'],
  ],
  [
    'as it does overseas',
    { cron: '30 2 * * *', tz: newYork },
    '2027-03-13T12:00:00Z',
    ['2027-03-14T07:00:00Z', '2027-03-15T06:30:00Z'],
  ],
  [
    'a time that comes twice in autumn counts once',
    { cron: '30 2 * * *', tz: berlin },
    '2027-10-30T12:00:00Z',
    ['2027-10-31T00:30:00Z', '2027-11-01T01:30:00Z'],
  ],
  [
    'as it does there',
    { cron: '30 1 * * *', tz: newYork },
    '2027-11-06T12:00:00Z',
    ['2027-11-07T05:30:00Z', '2027-11-08T06:30:00Z'],
  ],
  [
    'each hour goes on in spring',
    { cron: '0 * * * *', tz: berlin },
    '2027-03-28T00:00:00Z',
    ['2027-03-28T01:00:00Z', '2027-03-28T02:00:00Z'],
  ],
  [
    'each half hour goes on in autumn',
    { cron: '*/30 * * * *', tz: berlin },
    '2027-10-31T00:00:00Z',
    [
      '2027-10-31T00:30:00Z',
      '2027-10-31T01:00:00Z',
      '2027-10-31T01:30:00Z',
      '2027-10-31T02:00:00Z',
    ],
  ],
  [
    'what is every so often does not care for clocks',
    { every: 3_600_000 },
    '2027-03-28T00:30:00Z',
    ['2027-03-28T01:30:00Z', '2027-03-28T02:30:00Z'],
  ],
];

suite('a timetable', () => {
  for (const [what, options, from, expected] of table) {
    test(what, () => assert.deepEqual(times(options, from, expected.length), expected));
  }

  test('begins at once where it is every so often, and else when it is time', () => {
    const nowMs = Date.parse('2027-01-01T01:00:00Z');
    assert.equal(timetableOf({ every: 5000 }, nowMs)?.firstMs(nowMs), nowMs);
    const nightly = timetableOf({ cron: '0 2 * * *', tz: 'UTC' }, nowMs);
    assert.equal(nightly?.firstMs(nowMs), Date.parse('2027-01-01T02:00:00Z'));
    assert.equal(timetableOf({}, nowMs), undefined);
  });

  const wrong: [options: ScheduleOptions, says: RegExp][] = [
    [{ cron: '61 * * * *' }, /'61 \* \* \* \*' cannot be read: .*minute/],
    [{ cron: '0 2 * *' }, /cannot be read/],
    [{ cron: '0 0 2 * * *' }, /cannot be read/],
    [{ cron: '2027-01-01T00:00:00' }, /cannot be read/],
    [{ cron: '' }, /cannot be read/],
    [{ cron: '0 0 31 2 *' }, /'0 0 31 2 \*' never comes/],
    [{ cron: '0 2 * * *', tz: 'Mars/One' }, /--tz Mars\/One: there is no such time zone/],
    [{ tz: berlin }, /--tz is the time zone of --cron/],
    [{ every: 5000, tz: berlin }, /--tz is the time zone of --cron/],
  ];
  for (const [options, says] of wrong) {
    test(`is refused with the way out: ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => timetableOf(options, 0),
        (error: Error & { ways?: string[] }) => {
          assert.match(error.message, says);
          return (error.ways?.length ?? 0) > 0;
        },
      );
    });
  }
});
