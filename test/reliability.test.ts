import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { columns } from './system/matrix/columns.ts';
import { kinds } from './system/matrix/matrix.ts';
import { cellKey, pagePath, plannedRuns } from './system/matrix/page.ts';

test('docs/reliability.md has every cell of the matrix with all of its runs', async () => {
  const text = await readFile(pagePath, 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  const cells = rows.slice(2).map((row) => row.slice(2, -2).split(' | '));
  assert.deepEqual(
    cells.map(([name]) => name),
    kinds.map(({ name }) => name),
    'run: npm run reliability -- --write',
  );
  const planned = plannedRuns();
  for (const [name = '', ...counts] of cells) {
    columns.forEach((column, index) => {
      const [done, failed] = counts[index]?.split(' + ') ?? [];
      const runs = failed === undefined ? 0 : Number(done) + Number(failed);
      assert.equal(runs, planned.get(cellKey(name, column.name)) ?? 0, `${name}, ${column.name}`);
    });
  }
});
