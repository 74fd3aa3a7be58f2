/** The guides of docs/emulator are true: their code blocks run as they stand, where what they need is here. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { startEmulator } from '@boxhaul/emulator';

const root = join(import.meta.dirname, '..');
const guides = join(root, 'docs/emulator');
const binaries = join(root, 'node_modules/.bin');
const hasPython = spawnSync('python3', ['--version']).status === 0;

test('node:test: its report passes its tests', async (t) => {
  const folder = await projectWith(t, 'node-test.md');
  const { stdout } = await run(folder, process.execPath, ['--test']);
  assert.match(stdout, /pass 3\n/);
});

test('Python: its tests pass', {
  skip: hasPython ? false : 'left out: there is no python3',
}, async (t) => {
  const folder = await projectWith(t, 'python.md');
  const { stderr } = await run(folder, 'python3', ['-m', 'unittest', 'test_report']);
  assert.match(stderr, /Ran 2 tests[\s\S]*OK/);
});

test("clients: the program with Box's SDK lists a folder", async (t) => {
  const folder = await projectWith(t, 'clients.md');
  const box = await startEmulator();
  t.after(() => box.close());
  await box.seed({ '/may.txt': '' });
  const { stdout } = await run(folder, process.execPath, ['list.js'], {
    BOX_BASE_URL: box.url,
    BOX_DEVELOPER_TOKEN: box.token,
  });
  assert.equal(stdout, "[ 'may.txt' ]\n");
});

test('CI: the step that starts a Box waits for it, and the last one finds nothing amiss', async (t) => {
  const { '.github/workflows/test.yml': workflow = '' } = filesIn('ci.md');
  const [, start = ''] = /run: \|\n((?: {10}.*\n)+)/.exec(workflow) ?? [];
  const [, check = ''] = /run: (curl .*)/.exec(workflow) ?? [];
  const script = [start, `BOX=$!`, "trap 'kill $BOX; wait' EXIT", check].join('\n');
  const folder = await projectWith(t, 'ci.md');
  const port = String(await freePort());
  const { stdout } = await run(folder, 'sh', ['-ec', script.replaceAll('4010', port)]);
  assert.match(stdout, /"now":/);
  assert.match(stdout, /"not_emulated":\{\}/);
});

test('links and page names lead somewhere', () => {
  const pages = globSync('*.md', { cwd: guides });
  assert.ok(pages.length >= 8);
  for (const page of pages) {
    const text = readFileSync(join(guides, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(join(guides, target)), `${page}: ${target}`);
    }
  }
});

/** The code blocks of a guide that begin with a comment that names a file, by that name. */
function filesIn(guide: string): Record<string, string> {
  const text = readFileSync(join(guides, guide), 'utf8');
  const blocks = text.matchAll(/^```\w+\n(?:\/\/|#) ([\w./-]+\.\w+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, name = '', code = '']) => [name, code]));
}

/** A folder with the files of a guide, in which the packages of this repository are installed. */
async function projectWith(t: TestContext, guide: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-guide-'));
  t.after(() => rm(folder, { recursive: true }));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
  for (const [name, code] of Object.entries(filesIn(guide))) {
    if (dirname(name) === '.') await writeFile(join(folder, name), code);
  }
  return folder;
}

function run(
  folder: string,
  command: string,
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const path = `${binaries}${delimiter}${process.env.PATH}`;
  const env = { PATH: path, HOME: folder, ...settings };
  return promisify(execFile)(command, args, { cwd: folder, env });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const address = await new Promise((resolve) => {
    server.once('listening', () => resolve(server.address()));
  });
  await new Promise((resolve) => server.close(resolve));
  return (address as { port: number }).port;
}
