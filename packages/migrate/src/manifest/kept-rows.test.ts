import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptRows } from './kept-rows.ts';

const rowOf = (line: number, target: string) => ({
  line,
  source: `from/${line}`,
  target: target.split('/'),
  details: { description: `row ${line}` },
});

test('rows are found under their targets, whatever their names are', () => {
  using rows = new KeptRows();
  const targets = [
    'a',
    'b/a',
    'b/c/a',
    'b/A',
    'b/\u0000',
    'b/\ud800',
    'b/\udfff',
    'b/"',
    '__proto__/x',
  ];
  for (const [line, target] of targets.entries()) {
    assert.equal(rows.add(rowOf(line, target)), undefined, target);
  }
  for (const [line, target] of targets.entries()) {
    const { target: names, ...row } = rowOf(line, target);
    assert.deepEqual(rows.find(names), row, target);
  }
  assert.deepEqual(rows.list([]), { folder: ['__proto__', 'b'], file: ['a'] });
  const within = ['"', 'A', '\u0000', '\ud800', '\udfff', 'a'];
  assert.deepEqual([...rows.list(['b']).file].sort(), within.sort());
  assert.deepEqual(rows.list(['b']).folder, ['c']);
  for (const none of [['b'], ['b', 'c'], ['x', 'y']]) assert.equal(rows.find(none), undefined);
  assert.deepEqual(rows.list(['x']), { folder: [], file: [] });
});

test('two files have no one name, and a file is no folder', () => {
  using rows = new KeptRows();
  const add = (line: number, target: string) => rows.add(rowOf(line, target))?.words;
  assert.equal(add(2, 'x/y/z'), undefined);
  assert.equal(add(3, 'x/y/z'), '"x/y/z" is the target of line 2 already');
  assert.equal(add(4, 'x/y'), '"x/y" is a folder by line 2');
  assert.equal(add(5, 'x/y/z/a/b'), '"x/y/z" is a file by line 2');
  assert.equal(add(6, 'x'), '"x" is a folder by line 2');
  assert.equal(add(7, 'x/y/other'), undefined);
});
