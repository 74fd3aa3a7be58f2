import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertLimit, type MaxDelete, mostOf, type Standing, whyKept } from './limit.ts';

const well: Standing = { sourceFiles: 10, held: 20, extra: 5, failed: 0, isCutShort: false };

const cases: [what: string, standing: Partial<Standing>, limit: MaxDelete, kept?: string][] = [
  ['a quarter of what was there', {}, '25%'],
  ['one more than a quarter', { extra: 6 }, '25%', 'too-many-extra'],
  ['a quarter of three files is none', { held: 3, extra: 1 }, '25%', 'too-many-extra'],
  ['all of it, where that is allowed', { extra: 20 }, '100%'],
  ['a number that is reached', {}, 5],
  ['a number that is passed', {}, 4, 'too-many-extra'],
  ['nothing is allowed and nothing extra', { extra: 0 }, 0],
  ['half a percent', { held: 1000, extra: 5 }, '0.5%'],
  ['an empty source, whatever is allowed', { sourceFiles: 0 }, '100%', 'source-empty'],
  ['an empty source and an empty target', { sourceFiles: 0, held: 0, extra: 0 }, '25%'],
  ['folders only are extra, the source being empty', { sourceFiles: 0, extra: 0 }, '25%'],
  [
    'a folder that could not be listed',
    { unseen: 'a could not be listed' },
    '100%',
    'not-all-seen',
  ],
  ['the same when nothing seems extra', { unseen: 'a', extra: 0 }, '100%', 'not-all-seen'],
  ['one file that failed', { failed: 1 }, '100%', 'not-all-done'],
  ['a run that was stopped', { isCutShort: true }, '100%', 'interrupted'],
];

for (const [what, standing, limit, kept] of cases) {
  test(`${what}: ${kept ?? 'it goes to the trash'}`, () => {
    assert.equal(whyKept({ ...well, ...standing }, limit)?.code, kept);
  });
}

test('a limit that is passed says how many of how many, and the way out', () => {
  const { words } = whyKept({ ...well, extra: 6 }, '25%') ?? {};
  assert.equal(
    words,
    '6 of the 20 files in the target would go to the trash, and 5 (25%) are allowed; ' +
      'if that is what you want: --max-delete 6',
  );
});

test('a share is rounded down, and what is no limit is refused', () => {
  assert.deepEqual(
    [mostOf('33%', 10), mostOf('0%', 10), mostOf('100%', 7), mostOf(3, 1)],
    [3, 0, 7, 3],
  );
  for (const wrong of [-1, 1.5, Number.NaN, '101%', '-5%', '%', 'x%'] as MaxDelete[]) {
    assert.throws(() => assertLimit(wrong), /maxDelete/);
  }
});
