/** docs/reference says what the doc comments say. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const kept = join(root, 'docs', 'reference');

test('the API reference is made of the doc comments as they are, and none is missing', async (t) => {
  const made = await mkdtemp(join(tmpdir(), 'boxhaul-reference-'));
  t.after(() => rm(made, { recursive: true }));
  await promisify(execFile)('npm', ['run', 'docs:api', '--', '--out', made], { cwd: root });
  const pages = await pagesIn(made);
  assert.ok(pages.length > 200, `${pages.length} pages`);
  assert.deepEqual(await pagesIn(kept), pages, 'run: npm run docs:api');
  for (const page of pages) {
    const text = await readFile(join(made, page), 'utf8');
    assert.equal(await readFile(join(kept, page), 'utf8'), text, `${page}: run npm run docs:api`);
  }
});

async function pagesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const isPage = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name))).isFile()),
  );
  return names.filter((_, index) => isPage[index]);
}
