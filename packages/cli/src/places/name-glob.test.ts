import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isGlob, nameGlob } from './name-glob.ts';

suite('a glob over one name', () => {
  const table: [glob: string, takes: string[], leaves: string[]][] = [
    ['*', ['a', '.hidden', 'two\nlines'], []],
    ['*.pdf', ['a.pdf', '.pdf', 'A.PDF'], ['a.pdfx', 'apdf']],
    ['20??', ['2026', '20é😀'], ['202', '20266']],
    ['[a-c]*', ['a', 'Bx'], ['d']],
    ['[!a-c]', ['d', ']'], ['a', 'B', 'dd']],
    ['[^a]', ['b'], ['a']],
    ['[]-]', [']', '-'], ['a']],
    ['[z-a]', ['[z-a]'], ['z']],
    ['a[', ['a['], ['a']],
    ['* (1).pdf', ['report (1).pdf'], ['report 1.pdf']],
    ['~$*', ['~$plan.docx'], ['plan.docx']],
    ['!(a)+@*', ['!(a)+@b'], ['b']],
    ['\\[draft\\]*', ['[draft] plan'], ['d plan']],
    ['\\**', ['*', '*x'], ['x']],
    ['*é*', ['cafe\u0301.txt'], ['cafe.txt']],
  ];
  for (const [glob, takes, leaves] of table) {
    test(glob, () => {
      assert.equal(isGlob(glob), true);
      const matches = nameGlob(glob);
      for (const name of takes) assert.equal(matches(name), true, name);
      for (const name of leaves) assert.equal(matches(name), false, name);
    });
  }
});

test('what has no sign in it is no glob', () => {
  for (const text of ['a', 'a (1)', '{draft}', '\\*', '\\[x\\]', 'a!b']) {
    assert.equal(isGlob(text), false, text);
  }
});
