import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameCipherFrom, newNameKey } from '@boxhaul/seal';
import { SealedNames } from './sealed-names.ts';

const compressed = new SealedNames(false);
const encrypted = new SealedNames(true);
const hidden = new SealedNames(true, nameCipherFrom(newNameKey()));

const names = (of: SealedNames, name: string) => of.ofFile(name).map((one) => one.name);

test('a file may have any form that a run gives it, and is looked for under each', () => {
  assert.deepEqual(names(compressed, 'a.txt'), ['a.txt.zst', 'a.txt']);
  assert.deepEqual(names(encrypted, 'a.txt'), ['a.txt.zst.age', 'a.txt.age']);
  assert.deepEqual(names(compressed, 'a.zst'), ['a.zst.zst']);
  assert.deepEqual(names(encrypted, 'A.ZST'), ['A.ZST.zst.age']);
});

test('what a name in Box opens to is what was sealed', () => {
  for (const sealing of [compressed, encrypted, hidden]) {
    for (const name of ['a.txt', 'a.zst', 'a.age', 'a.zst.age', '.age']) {
      for (const one of names(sealing, name)) assert.equal(sealing.plainOf(one), name, one);
    }
  }
});

const LONG: [what: string, of: SealedNames, name: string, words: RegExp | undefined][] = [
  ['a long name', encrypted, 'n'.repeat(247), undefined],
  [
    'one that is too long, sealed',
    encrypted,
    'n'.repeat(248),
    /sealed, as "n+\.zst\.age": it has 256/,
  ],
  ['one that Box refuses', encrypted, 'a\\b', /Box allows no \\ in a name/],
  ['one that Box refuses, hidden', hidden, 'a\\b', undefined],
  ['the longest, hidden', hidden, 'n'.repeat(416), undefined],
  [
    'a longer one, hidden',
    hidden,
    'n'.repeat(417),
    /417 bytes, and an encrypted name may have 416/,
  ],
  ['one that is no Unicode, hidden', hidden, '\udcff', /not valid UTF-8/],
];

for (const [what, of, name, words] of LONG) {
  test(`${what} is ${words ? 'refused' : 'taken'}`, () => {
    const why = of.whyRefused(name, 'file');
    if (words) assert.match(why ?? '', words);
    else assert.equal(why, undefined);
  });
}
