import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FilterRules, filterOf } from './filter.ts';

const cases: { rules: FilterRules; takes: string[]; leaves: string[] }[] = [
  { rules: {}, takes: ['a', '.hidden', 'x/y/z.txt'], leaves: [] },
  {
    rules: { extensions: ['.zip', 'ISX'] },
    takes: ['a.zip', 'A.ZIP', 'deep/b.isx'],
    leaves: ['a.zip.txt', 'azip', 'zip', 'zip/a.txt'],
  },
  { rules: { extensions: ['*.tar.gz'] }, takes: ['a.tar.gz'], leaves: ['a.gz', 'a.tar'] },
  { rules: { extensions: ['', ' '] }, takes: ['anything'], leaves: [] },
  {
    rules: { exclude: ['*.tmp', 'node_modules'] },
    takes: ['a.txt', 'tmp'],
    leaves: ['a.tmp', 'x/.b.tmp', 'node_modules/a.js', 'x/node_modules/deep/a.js'],
  },
  {
    rules: { include: ['/docs/*.md', 'raw/'] },
    takes: ['docs/a.md', 'raw/a', 'x/raw/y/b'],
    leaves: ['x/docs/a.md', 'docs/a.txt', 'draw/a'],
  },
  {
    rules: { include: ['photos'], exclude: ['*.{png,gif}'] },
    takes: ['photos/a.jpg', 'x/photos/y/b.jpg'],
    leaves: ['photos/a.png', 'other/a.jpg'],
  },
];

for (const { rules, takes, leaves } of cases) {
  test(`a filter of ${JSON.stringify(rules)}`, () => {
    const filter = filterOf(rules);
    for (const path of takes) assert.equal(filter.takesFile(path), true, path);
    for (const path of leaves) assert.equal(filter.takesFile(path), false, path);
  });
}

test('an excluded folder is not entered, and nothing else keeps a folder from being entered', () => {
  const filter = filterOf({ exclude: ['build/'], include: ['*.ts'] });
  assert.equal(filter.entersFolder('x/build'), false);
  assert.equal(filter.entersFolder('x/src'), true);
});

test('only choosing files makes a filter selective', () => {
  assert.equal(filterOf({ exclude: ['*.tmp'] }).selective, false);
  assert.equal(filterOf({ include: ['*.tmp'] }).selective, true);
  assert.equal(filterOf({ extensions: ['zip'] }).selective, true);
});
