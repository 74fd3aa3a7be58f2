/** Real folders on this machine's disk, for tests. */
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** An empty folder that is removed when the test ends. */
export async function temporaryFolder(context: TestContext): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'boxhaul-transfer-')));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Makes files by their path; one that ends in `/` is an empty folder. */
export async function makeTree(
  root: string,
  tree: Record<string, string | Uint8Array>,
): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    const full = join(root, path);
    if (path.endsWith('/')) await mkdir(full, { recursive: true });
    else {
      await mkdir(dirname(full), { recursive: true });
      await writeFile(full, content);
    }
  }
}

/** All that is below a folder, by path: files with their content as text, empty folders with a `/`. */
export async function readTree(root: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  const read = async (folder: string, path: string) => {
    const entries = await readdir(folder, { withFileTypes: true });
    if (entries.length === 0 && path !== '') tree[`${path}/`] = '';
    for (const entry of entries) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      const full = join(folder, entry.name);
      if (entry.isDirectory()) await read(full, below);
      else if (entry.isFile()) tree[below] = await readFile(full, 'latin1');
      else tree[below] = '(no ordinary file)';
    }
  };
  await read(root, '');
  return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1)));
}
