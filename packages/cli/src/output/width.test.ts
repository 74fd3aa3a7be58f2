import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable, shortened, widthOf } from './width.ts';

test('columns are counted as terminals draw them', () => {
  const table: [string, number][] = [
    ['report.pdf', 10],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語.txt', 10],
    ['🎉 party', 8],
    ['👩‍👩‍👧 family', 9],
    ['♥', 1],
    ['♥\ufe0f', 2],
    ['', 0],
  ];
  for (const [text, width] of table) assert.equal(widthOf(text), width, text);
});

test('a long path keeps its end, and never more columns than there are', () => {
  assert.equal(shortened('photos/2026/beach.jpg', 40), 'photos/2026/beach.jpg');
  assert.equal(shortened('photos/2026/beach.jpg', 12), '…6/beach.jpg');
  assert.equal(shortened('日本語日本語', 6), '…本語');
  assert.equal(shortened('abc', 1), '…');
  assert.equal(shortened('abc', 0), '');
});

test('what would move the cursor is shown instead', () => {
  assert.equal(printable('a\u001b[2Jb\nc\u009bd\u202e'), 'a␛[2Jb␊c\ufffdd\ufffd');
  assert.equal(printable('plain é 日'), 'plain é 日');
});
