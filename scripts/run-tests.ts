/**
 * `npm test`: runs the test files that the patterns name, those of a package eight in a process, because to start Node
 * and load what all of them import costs as much as most files do. Each file is a suite with the file's name, loaded
 * when its turn comes; its hooks are its own. Patterns that come first start first; options go to `node --test`.
 *
 *     node scripts/run-tests.ts [options] <pattern>…
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const filesInProcess = 8;

/** They count what their process holds: memory, handles. Others would be counted along. */
const alone = [
  'packages/cli/src/output/transfer-view.test.ts',
  'packages/emulator/src/many-emulators.test.ts',
  'packages/transfer/src/left-behind.test.ts',
];

const root = join(import.meta.dirname, '..');
const options = process.argv.slice(2).filter((word) => word.startsWith('-'));
const patterns = process.argv.slice(2).filter((word) => !word.startsWith('-'));

const folder = mkdtempSync(join(tmpdir(), 'boxhaul-tests-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// `node --test` takes files in the order of their names.
const processes = patterns.flatMap(groups).map((files, position) => {
  const path = join(folder, `${String(position).padStart(4, '0')}.mjs`);
  writeFileSync(path, programOf(files));
  return path;
});
const compileCache = pathToFileURL(join(import.meta.dirname, 'compile-cache.js')).href;
const child = spawn(
  process.execPath,
  ['--import', compileCache, '--test', ...options, ...processes],
  { cwd: root, stdio: 'inherit' },
);
// The terminal sends it to both; whoever else sends it means the tests.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const [code] = (await once(child, 'close')) as [number | null];
process.exitCode = code ?? 1;

/** Files that a pattern names, as they share processes: those of one package, dealt out so that neighbours are apart. */
function groups(pattern: string): string[][] {
  const found = globSync(pattern, { cwd: root })
    .map((path) => path.replaceAll(sep, '/'))
    .sort();
  if (found.length === 0) throw new Error(`there is no test file: ${pattern}`);
  const sharing = found.filter((path) => path.startsWith('packages/') && !alone.includes(path));
  return [
    ...found.filter((path) => !sharing.includes(path)).map((path) => [path]),
    ...[...Map.groupBy(sharing, packageOf).values()].flatMap(deal),
  ];
}

function packageOf(path: string): string {
  return path.split('/', 2).join('/');
}

function deal(files: string[]): string[][] {
  const count = Math.ceil(files.length / filesInProcess);
  return Array.from({ length: count }, (_, hand) =>
    files.filter((_, position) => position % count === hand),
  );
}

function programOf(files: string[]): string {
  const suites = files.map((path) => {
    const url = pathToFileURL(join(root, path)).href;
    return `await describe(${JSON.stringify(path)}, async () => { await import(${JSON.stringify(url)}); });`;
  });
  return ["import { describe } from 'node:test';", ...suites, ''].join('\n');
}
