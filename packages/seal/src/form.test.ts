import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Form, formOf, looksCompressed, sealedName } from './form.ts';

const PLAIN: Form = { isCompressed: false, isEncrypted: false };
const ENCRYPTED: Form = { isCompressed: false, isEncrypted: true };
const COMPRESSED: Form = { isCompressed: true, isEncrypted: false };
const BOTH: Form = { isCompressed: true, isEncrypted: true };

const TABLE: [name: string, opens: Form, plainName: string, form: Form][] = [
  ['a.txt', BOTH, 'a.txt', PLAIN],
  ['a.txt.zst.age', BOTH, 'a.txt', BOTH],
  ['a.txt.age', BOTH, 'a.txt', ENCRYPTED],
  ['a.txt.zst', BOTH, 'a.txt', COMPRESSED],
  ['a.txt.age.zst', BOTH, 'a.txt.age', COMPRESSED],
  ['a.zst.zst.age', BOTH, 'a.zst', BOTH],
  ['a.txt.zst.age', COMPRESSED, 'a.txt.zst.age', PLAIN],
  ['a.txt.zst', ENCRYPTED, 'a.txt.zst', PLAIN],
  ['.age', BOTH, '.age', PLAIN],
  ['.zst.age', BOTH, '.zst', ENCRYPTED],
  ['A.Txt.ZST.Age', BOTH, 'A.Txt', BOTH],
  ['a.AGE', COMPRESSED, 'a.AGE', PLAIN],
];

for (const [name, opens, plainName, form] of TABLE) {
  test(`${name} opens to ${plainName} (${JSON.stringify(opens)})`, () => {
    assert.deepEqual(formOf(name, opens), { plainName, form });
    assert.equal(sealedName(plainName, form).toLowerCase(), name.toLowerCase());
  });
}

test('whatever looks compressed is compressed, so that opening it is no guess', () => {
  assert.deepEqual(['dump.zst', 'dump.ZST', 'zst', 'dump.gz'].map(looksCompressed), [
    true,
    true,
    false,
    false,
  ]);
});
