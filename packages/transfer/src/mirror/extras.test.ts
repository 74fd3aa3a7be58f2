import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everything, type FilterRules, filterOf } from '../selection/filter.ts';
import { temporaryName } from '../temporary-files.ts';
import { unfinishedName } from '../tree/names.ts';
import { type InTarget, sortTarget } from './extras.ts';

const file = (name: string): InTarget => ({ name, kind: 'file' });
const folder = (name: string): InTarget => ({ name, kind: 'folder' });
const link = (name: string): InTarget => ({ name, kind: 'other' });

type Fate = 'matched' | 'extra' | 'leftOut';

const cases: [what: string, item: InTarget, source: string[], fate: Fate, rules?: FilterRules][] = [
  ['a file that the source has', file('a'), ['a'], 'matched'],
  ['a file where the source has a folder', file('a'), ['a'], 'matched'],
  ['a file that the source has not', file('b'), ['a'], 'extra'],
  ['a folder that the source has not', folder('b'), ['a'], 'extra'],
  ['a link, which the other side cannot have', link('b'), ['a'], 'leftOut'],
  ['what the filter excludes', file('b.tmp'), ['a'], 'leftOut', { exclude: ['*.tmp'] }],
  [
    'what the filter excludes, and the source has',
    file('a.tmp'),
    ['a.tmp'],
    'matched',
    { exclude: ['*.tmp'] },
  ],
  ['what is not chosen', file('b.txt'), ['a'], 'leftOut', { extensions: ['zip'] }],
  ['what is chosen', file('b.zip'), ['a'], 'extra', { extensions: ['zip'] }],
  ['a folder that is excluded', folder('raw'), ['a'], 'leftOut', { exclude: ['raw'] }],
  ['an upload that waits for its name', file(unfinishedName('b', 'f'.repeat(40))), [], 'leftOut'],
  ['a download that is not finished', file(temporaryName()), [], 'leftOut'],
];

for (const [what, item, source, fate, rules] of cases) {
  test(`${what}: ${fate}`, () => {
    const filter = rules ? filterOf(rules) : everything;
    assert.deepEqual(sortTarget([item], ({ name }) => source.includes(name), filter, 'in')[fate], [
      item,
    ]);
  });
}

test('the filter is asked for the whole path', () => {
  const filter = filterOf({ exclude: ['/kept/*.log'] });
  const fateIn = (path: string) => sortTarget([file('a.log')], () => false, filter, path);
  assert.equal(fateIn('kept').leftOut.length, 1);
  assert.equal(fateIn('other').extra.length, 1);
});
