import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkName, foldName, sanitizeName } from './names.ts';

const refused: [name: string, code: string][] = [
  ['', 'item_name_invalid'],
  ['.', 'item_name_invalid'],
  ['..', 'item_name_invalid'],
  ['a/b', 'item_name_invalid'],
  ['a\\b', 'item_name_invalid'],
  ['a\u0000b', 'item_name_invalid'],
  ['a\u001fb', 'item_name_invalid'],
  ['a\u007fb', 'item_name_invalid'],
  ['trailing ', 'item_name_invalid'],
  ['half a pair \ud83d', 'item_name_invalid'],
  ['x'.repeat(256), 'item_name_too_long'],
];

for (const [name, code] of refused) {
  test(`refuses ${JSON.stringify(name.slice(0, 20))} as ${code}`, () => {
    assert.throws(() => checkName(name), { name: 'BoxError', code });
  });
}

test('takes what real clients send: dots, signs, leading spaces, emoji, 255 characters', () => {
  const taken = [
    '...',
    '.hidden',
    ' leading',
    'a<b>c:d|e?f*g-"h"',
    '🎉',
    '🎉'.repeat(255),
    'é',
    'é',
  ];
  for (const name of taken) assert.equal(checkName(name), name);
});

test('compares names without case, but tells composed from decomposed accents', () => {
  assert.equal(foldName('Payments ÄÖ'), foldName('payments äö'));
  assert.notEqual(foldName('\u00e9'), foldName('e\u0301'));
});

test('a copy leaves out of a name what may not be in it', () => {
  assert.equal(sanitizeName('a/b\\c\u0001d '), 'abcd');
});
