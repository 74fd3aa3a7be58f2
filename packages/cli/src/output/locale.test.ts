import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUtf8 } from './locale.ts';

test('the locale says whether the terminal takes UTF-8', {
  skip: process.platform === 'win32',
}, () => {
  assert.equal(isUtf8({ LANG: 'de_CH.UTF-8' }), true);
  assert.equal(isUtf8({ LANG: 'C.utf8' }), true);
  assert.equal(isUtf8({ LANG: 'en_US.UTF-8', LC_ALL: 'C' }), false);
  assert.equal(isUtf8({ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }), true);
  assert.equal(isUtf8({ LANG: 'en_US.UTF-8', LC_ALL: '' }), true);
  assert.equal(isUtf8({}), false);
});
