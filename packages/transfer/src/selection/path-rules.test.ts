import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PathRule, pathRules } from './path-rules.ts';

const cases: { rules: PathRule[]; takes: string[]; leaves: string[] }[] = [
  {
    rules: [{ exclude: '*.tmp' }, { exclude: '!keep.tmp' }],
    takes: ['a.txt', 'keep.tmp', 'x/keep.tmp'],
    leaves: ['a.tmp', 'x/a.tmp'],
  },
  {
    rules: [{ exclude: '!keep.tmp' }, { exclude: '*.tmp' }],
    takes: ['a.txt'],
    leaves: ['keep.tmp'],
  },
  {
    rules: [{ include: '2026/**' }, { exclude: '*.tmp' }, { include: 'last.tmp' }],
    takes: ['2026/a.txt', '2026/x/last.tmp', 'last.tmp'],
    leaves: ['2026/a.tmp', '2025/a.txt'],
  },
  {
    // Whichever comes first: an include means "only".
    rules: [{ exclude: '*.tmp' }, { include: '/2026/' }],
    takes: ['2026/a.txt', '2026/a.tmp'],
    leaves: ['a.txt', '2025/2026/a.txt'],
  },
  {
    rules: [{ include: 're:^\\d{4}/.*\\.pdf$' }],
    takes: ['2026/a.pdf', '2026/x/b.pdf'],
    leaves: ['x/2026/a.pdf', '2026/a.txt', 'a.pdf'],
  },
  {
    rules: [{ exclude: 'build/' }],
    takes: ['build', 'x/build', 'rebuild/a'],
    leaves: ['build/a', 'x/build/y/b'],
  },
  {
    rules: [{ exclude: 're:(^|/)(build|dist)$' }],
    takes: ['a', 'rebuild/a', 'building/a'],
    leaves: ['build/a', 'x/dist/y/b'],
  },
];

for (const { rules, takes, leaves } of cases) {
  test(`rules ${JSON.stringify(rules)}`, () => {
    const paths = pathRules(rules);
    for (const path of takes) assert.equal(paths.takes(path), true, path);
    for (const path of leaves) assert.equal(paths.takes(path), false, path);
  });
}

test('folders are entered if something in them can be taken, as far as the rules tell', () => {
  const onlyDocs = pathRules([{ include: '/2026/docs/*.md' }]);
  assert.deepEqual(
    ['2026', '2026/docs', '2026/pictures', '2025', 'x/2026'].map(onlyDocs.entersFolder),
    [true, true, false, false, false],
  );
  const takenBack = pathRules([{ exclude: 'photos' }, { exclude: '!/photos/best' }]);
  assert.deepEqual(
    ['photos', 'photos/best', 'photos/other', 'x/photos'].map(takenBack.entersFolder),
    [true, true, false, false],
  );
  assert.equal(pathRules([{ exclude: 'build' }]).entersFolder('x/build'), false);
});

test('a regular expression that is none is refused before anything is done', () => {
  assert.throws(() => pathRules([{ exclude: 're:(' }]), /re:\( is no regular expression: .*group/);
});

test('whatever is taken lies in folders that are entered', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd.tmp', 'e.txt');
  const paths = fc.array(names, { minLength: 1, maxLength: 4 });
  const patterns = fc.oneof(
    paths.map((parts) => parts.join('/')),
    paths.map((parts) => `/${parts.join('/')}`),
    fc.constantFrom('*.tmp', '/a/**', '/*/b', 'a/', '/a/b/', '**', 're:^a/b', 're:c', '/{a,b}/c'),
  );
  const rules = fc.array(
    fc.oneof(
      patterns.map((include) => ({ include })),
      patterns.map((exclude) => ({ exclude })),
      patterns.map((pattern) => ({ exclude: `!${pattern}` })),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(rules, paths, (given, parts) => {
      const made = pathRules(given);
      if (!made.takes(parts.join('/'))) return;
      for (let count = 1; count < parts.length; count++) {
        assert.ok(made.entersFolder(parts.slice(0, count).join('/')));
      }
    }),
    { numRuns: 2000 },
  );
});
