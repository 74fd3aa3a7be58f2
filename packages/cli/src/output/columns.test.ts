import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf } from './columns.ts';

test('columns are as wide as the widest of them, also in wide characters', () => {
  assert.deepEqual(
    columnsOf([
      ['a', '漢字', 'x'],
      ['abc', 'b', ''],
      ['', 'four', 'y'],
    ]),
    ['a    漢字  x', 'abc  b', '     four  y'],
  );
  assert.deepEqual(columnsOf([]), []);
});
