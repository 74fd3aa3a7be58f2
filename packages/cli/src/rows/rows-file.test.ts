import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CommandContext } from '../context.ts';
import { nowhere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';
import { columnNames } from './column-names.ts';
import { openRowsFile } from './rows-file.ts';

const ROWS = 30_000;
const names = columnNames({ path: { kind: 'text', words: 'what', isRequired: true } }, []);

/** A file of many rows, larger than what is read ahead, and open. */
async function stage(t: TestContext) {
  const cwd = await temporaryFolder(t);
  const path = join(cwd, 'r.csv');
  const text = (last: string) =>
    `path\n${Array.from({ length: ROWS - 1 }, (_, index) => `/folder-${index}`).join('\n')}\n${last}\n`;
  await writeFile(path, text('/last'));
  const file = await openRowsFile({ ...nowhere, cwd } as CommandContext, 'r.csv', names);
  t.after(() => file[Symbol.asyncDispose]());
  return { path, text, file };
}

async function countOf(rows: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of rows) count += 1;
  return count;
}

test('a file can be read several times, and replacing it changes nothing', async (t) => {
  const { path, text, file } = await stage(t);
  const digest = createHash('sha256').update(text('/last')).digest('hex');
  assert.equal(await file.digest(), digest);
  assert.equal(await countOf(file.rows()), ROWS);
  await writeFile(`${path}.new`, 'path\n/other\n');
  await rename(`${path}.new`, path);
  assert.equal(await countOf(file.rows()), ROWS);
});

test('a file that is written to after it was checked ends its rows with a word', async (t) => {
  const { path, text, file } = await stage(t);
  await file.digest();
  const rows = file.rows()[Symbol.asyncIterator]();
  await rows.next();
  await writeFile(path, text('/lost'), { flag: 'r+' });
  const rest = { [Symbol.asyncIterator]: () => rows };
  await assert.rejects(countOf(rest), /r\.csv was changed while its rows were worked on/);
});
