import assert from 'node:assert/strict';
import { test } from 'node:test';
import { styleOf } from './style.ts';
import { titleLine } from './title-line.ts';
import { widthOf } from './width.ts';

const title = (columns: number, job?: string) =>
  titleLine('↑ weekly → /Backups (update)', job, styleOf(false), columns);

test('the job stands at the right of the first line', () => {
  assert.equal(title(60, '7k2m'), `↑ weekly → /Backups (update)${' '.repeat(23)}job 7k2m`);
  assert.equal(widthOf(title(200, '7k2m')), 100, 'not at the far end of a wide terminal');
  assert.equal(title(60), '↑ weekly → /Backups (update)');
});

test('a narrow terminal keeps both while it can, and is never overrun', () => {
  assert.match(title(30, '7k2m'), /^….* {3}job 7k2m$/);
  for (let columns = 2; columns < 120; columns++) {
    assert.ok(widthOf(title(columns, '7k2m')) < columns, String(columns));
  }
});
