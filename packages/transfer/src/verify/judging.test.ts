import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Expected, judge, type Occupant } from './judging.ts';

const SHA1 = 'a'.repeat(40);
const here: Expected = { name: 'a.txt', sizeBytes: 3, sha1: SHA1 };
const there: Occupant = { type: 'file', id: '7', name: 'a.txt', size: 3, sha1: SHA1 };

describe('a file in Box beside the one that ought to be there', () => {
  const { sha1: _, ...unread } = here;
  const cases: [string, Expected, Occupant, string][] = [
    ['is the same by size, SHA-1 and name', here, there, 'same same'],
    ['differs by its size, whatever else', unread, { ...there, size: 4 }, 'wrong different'],
    ['has to be read when the sizes are the same', unread, there, 'unknown'],
    ['differs by its SHA-1', here, { ...there, sha1: 'b'.repeat(40) }, 'wrong different'],
    ['has other letters in its name', here, { ...there, name: 'A.TXT' }, 'wrong named-otherwise'],
    [
      'is different first, named otherwise second',
      here,
      { ...there, name: 'A', size: 1 },
      'wrong different',
    ],
    ['is a folder', here, { type: 'folder', id: '7', name: 'a.txt' }, 'wrong in-the-way'],
    ['is a web link', here, { type: 'web_link', id: '7', name: 'a.txt' }, 'wrong in-the-way'],
    ['has no SHA-1', here, { type: 'file', id: '7', name: 'a.txt', size: 3 }, 'wrong box-error'],
  ];
  for (const [words, expected, occupant, judgement] of cases) {
    test(words, () => {
      const found = judge(expected, occupant);
      const code = 'reason' in found ? ` ${found.reason.code}` : '';
      assert.equal(`${found.is}${code}`, judgement);
    });
  }
});
