import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ahead, parsePattern, type Rest, step } from './path-pattern.ts';

const files = [
  '/a.txt',
  '/In/a.csv',
  '/In/b.csv',
  '/In/deep/a.csv',
  '/In/deep/er/a.csv',
  '/x/In/c',
];

suite('a path stands for', () => {
  const table: [path: string, matches: string[], listed: string[]][] = [
    ['/in/A.csv', ['/In/a.csv'], ['', '/In']],
    ['/In/*', ['/In/a.csv', '/In/b.csv', '/In/deep'], ['', '/In']],
    ['/In/*/', ['/In/a.csv', '/In/b.csv', '/In/deep'], ['', '/In']],
    ['/In/*/*.csv', ['/In/deep/a.csv'], ['', '/In', '/In/deep']],
    ['/In/{b,a}.csv', ['/In/a.csv', '/In/b.csv'], ['', '/In']],
    ['/{In/{a,b}.csv,x/In}', ['/In/a.csv', '/In/b.csv', '/x/In'], ['', '/In', '/x']],
    [
      '/In/**',
      files.filter((at) => at.startsWith('/In')).concat('/In/deep', '/In/deep/er'),
      ['', '/In', '/In/deep', '/In/deep/er'],
    ],
    [
      '/In/**/a.csv',
      ['/In/a.csv', '/In/deep/a.csv', '/In/deep/er/a.csv'],
      ['', '/In', '/In/deep', '/In/deep/er'],
    ],
    ['/In/**/**/er/**/a.*', ['/In/deep/er/a.csv'], ['', '/In', '/In/deep', '/In/deep/er']],
    [
      '/**/In/*.csv',
      ['/In/a.csv', '/In/b.csv'],
      ['', '/In', '/In/deep', '/In/deep/er', '/x', '/x/In'],
    ],
    ['/?/In', ['/x/In'], ['', '/x']],
    ['/no/*', [], ['']],
  ];
  for (const [path, matches, listed] of table) {
    test(path, () => {
      const found = walk(parsePattern(path).alternatives);
      assert.deepEqual(found.matches.sort(), matches.sort());
      assert.deepEqual(found.listed.sort(), listed.sort());
    });
  }
});

test('braces without a comma, and those behind a backslash, are part of the name', () => {
  for (const path of ['/{draft}', '/{a{b}c', '/\\{a,b\\}', '/a}b,{']) {
    assert.equal(parsePattern(path).isGlob, false, path);
  }
  assert.deepEqual(ahead(parsePattern('/\\{a,b\\}/c').alternatives), {
    names: ['{a,b}'],
    isAny: false,
  });
});

test('braces that stand for too many paths are refused', () => {
  assert.throws(() => parsePattern(`/${'{0,1,2,3,4,5,6,7,8,9}'.repeat(4)}`), RangeError);
});

/** All that matches, and the folders that had to be listed for it; each at most once. */
function walk(rests: readonly Rest[]): { matches: string[]; listed: string[] } {
  const matches: string[] = [];
  const listed: string[] = [];
  const visit = (folder: string, below: readonly Rest[]) => {
    listed.push(folder);
    for (const [name, isFolder] of contentsOf(folder)) {
      const path = `${folder}/${name}`;
      const next = step(below, { name, isFolder }, (named) => same(named, name));
      if (next.isMatch) matches.push(path);
      if (next.below.length > 0) visit(path, next.below);
    }
  };
  visit('', rests);
  return { matches, listed };
}

function contentsOf(folder: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const path of files) {
    if (!path.startsWith(`${folder}/`)) continue;
    const [name = '', ...more] = path.slice(folder.length + 1).split('/');
    found.set(name, more.length > 0);
  }
  return found;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
