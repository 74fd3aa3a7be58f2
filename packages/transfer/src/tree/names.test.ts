import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  collisionsAmong,
  nameTag,
  refusedByBox,
  unfinishedName,
  unfinishedTagOf,
  unsafeOnDisk,
} from './names.ts';

test('names that Box refuses are known before Box is asked', () => {
  const refused = [
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a\u0007',
    'a\u007f',
    'a ',
    'x'.repeat(256),
    '\ud800',
  ];
  for (const name of refused) assert.notEqual(refusedByBox(name), undefined, JSON.stringify(name));
  const allowed = [
    ' a',
    'a.',
    '<>:|?*"-',
    'é',
    'e\u0301',
    '😀'.repeat(200),
    'x'.repeat(255),
    '...',
  ];
  for (const name of allowed) assert.equal(refusedByBox(name), undefined, JSON.stringify(name));
});

test('names that would leave the target folder are unsafe on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    for (const name of ['', '.', '..', '../x', '/etc/passwd', 'a/b', 'a\0b', '\udc00']) {
      assert.notEqual(unsafeOnDisk(name, platform), undefined, JSON.stringify(name));
    }
    assert.equal(unsafeOnDisk('…', platform), undefined);
  }
});

test('what only Windows cannot have is unsafe only there', () => {
  const names = [
    'a\\b',
    '..\\x',
    'C:x',
    'a?',
    'CON',
    'nul.txt',
    'CONIN$',
    'lpt1',
    'COM¹.x',
    'a.',
    'a ',
    'a\u0001',
  ];
  for (const name of names) {
    assert.notEqual(unsafeOnDisk(name, 'win32'), undefined, JSON.stringify(name));
    assert.equal(unsafeOnDisk(name, 'linux'), undefined, JSON.stringify(name));
  }
  for (const name of ['console', 'com', 'com10', 'nullable.txt']) {
    assert.equal(unsafeOnDisk(name, 'win32'), undefined, name);
  }
});

test('names that differ only by case collide, composed and decomposed accents do not', () => {
  assert.deepEqual(collisionsAmong(['A.txt', 'b', 'a.TXT', 'a.txt', 'é', 'e\u0301']), [
    { first: 'A.txt', others: ['a.TXT', 'a.txt'] },
  ]);
});

test('a waiting name fits Box, begins with the real one and says whose it is', () => {
  const sha1 = 'a'.repeat(40);
  for (const name of ['report.pdf', 'x'.repeat(255), '😀'.repeat(255)]) {
    const waiting = unfinishedName(name, sha1);
    assert.equal(refusedByBox(waiting), undefined);
    assert.equal(unfinishedTagOf(waiting), nameTag(name));
    assert.ok(waiting.startsWith(name.slice(0, 9)));
  }
  assert.notEqual(unfinishedName('a', sha1), unfinishedName('A', sha1));
  assert.equal(unfinishedTagOf('report.boxhaul-new'), undefined);
});
