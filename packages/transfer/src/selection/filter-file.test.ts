import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFilterFile } from './filter-file.ts';
import { pathRules } from './path-rules.ts';

test('a line is a rule, and the last that matches decides', () => {
  const text =
    '\ufeff# what nobody needs\r\n*.tmp\r\n\r\n!keep.tmp\n  /cache/  \nre:^x\\d\n\\#1\n\\!2\n';
  const rules = readFilterFile(text);
  assert.deepEqual(rules, [
    { exclude: '*.tmp' },
    { exclude: '!keep.tmp' },
    { exclude: '/cache/' },
    { exclude: 're:^x\\d' },
    { exclude: '#1' },
    { exclude: '[!]2' },
  ]);
  const { takes } = pathRules(rules);
  const left = ['a.tmp', 'keep.tmp', 'cache/a', 'b/cache/a', 'x1', '#1', '!2', 'a'].filter(takes);
  assert.deepEqual(left, ['keep.tmp', 'b/cache/a', 'a']);
});

test('lines of other tools, which would mean something else here, are refused', () => {
  assert.throws(
    () => readFilterFile('*.a\n+ *.jpg\n- *\n'),
    /line 2 .* this one is written !\*\.jpg/,
  );
  assert.throws(() => readFilterFile('- /tmp/'), /line 1 .* this one is written \/tmp\//);
});
