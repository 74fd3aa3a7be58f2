import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from './reason.ts';

const ON_DISK = [
  ['ENOENT', 'not-found'],
  ['EACCES', 'no-permission'],
  ['ENOSPC', 'disk-full'],
  ['EMFILE', 'too-many-open'],
  ['ENFILE', 'too-many-open'],
  ['EIO', 'local-error'],
] as const;

for (const [code, expected] of ON_DISK) {
  test(`what the disk calls ${code} is ${expected}`, () => {
    const error = Object.assign(new Error(`${code}: no, open '/a'`), { code, syscall: 'open' });
    const { code: found, words } = reasonOf(error);
    assert.equal(found, expected);
    assert.equal(words.includes('EMFILE'), false);
  });
}
