/** What docs/selecting.md shows is what the command does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/selecting.md'), 'utf8');
const shown = page.match(/^ {4}boxhaul .*$/gm) ?? [];
const refused = [...page.matchAll(/^ {4}\$ (boxhaul .*)\n((?: {4}.*\n)+)/gm)];
const inTable = page.match(/^\| `--\w.*$/gm) ?? [];

/** What of the tree takes part, by the words behind the command. */
const expected: Record<string, string[]> = {
  '--ext .pdf,.docx': ['2026/a.pdf', 'old.docx'],
  '--include "2026/**" --exclude "*.tmp"': ['2026/a.pdf'],
  '--min-size 1KB --max-size 4GiB': ['2026/a.pdf', 'photos/best/b.jpg'],
  '--max-age 30d': ['2026/a.pdf', '2026/x.tmp', 'keep.tmp', 'photos/a.jpg', 'photos/best/b.jpg'],
  '--max-depth 1': ['keep.tmp', 'old.docx'],
  "--where 'size > 1KB and ext in (pdf, docx) and modified < 30d'": ['2026/a.pdf'],
  '--where \'metadata.enterprise.contract.state = "signed"\'': ['old.docx'],
  '--exclude "*.tmp" --exclude "!keep.tmp"': [
    '2026/a.pdf',
    'keep.tmp',
    'old.docx',
    'photos/a.jpg',
    'photos/best/b.jpg',
  ],
  '--exclude photos --exclude "!/photos/best"': [
    '2026/a.pdf',
    '2026/x.tmp',
    'keep.tmp',
    'old.docx',
    'photos/best/b.jpg',
  ],
  '--include "re:^\\d{4}/.*\\.pdf$"': ['2026/a.pdf'],
};

suite('docs/selecting.md', () => {
  let box: Emulator;
  let connection: string[];
  before(async () => {
    box = await startEmulator();
    connection = ['--base-url', box.url, '--token', box.token];
  });
  after(() => box.close());

  test('the options choose what the page says', async (t) => {
    const cwd = await temporaryFolder(t);
    await makeTree(join(cwd, 'Team'));
    const up = await runHere(['upload', 'Team', '--to', '/', ...connection], { cwd });
    assert.equal(up.code, 0, up.stderr);
    await sign(box, 'old.docx');
    const written = [
      ...shown.map((line) => /^ {4}boxhaul download \/Team \.\/in (.*)$/.exec(line)?.[1]),
      ...inTable.map((line) => /`(.*?)`/.exec(line)?.[1]),
    ].filter((options) => options !== undefined);
    assert.deepEqual(new Set(written), new Set(Object.keys(expected)));
    for (const [number, options] of written.entries()) {
      const into = `in${number}`;
      const args = ['download', '/Team', into, ...wordsOf(options), ...connection];
      const { code, stderr } = await runHere(args, { cwd });
      assert.equal(code, 0, stderr);
      assert.deepEqual(await filesIn(join(cwd, into)), expected[options], options);
    }
  });

  test('rules come from a file, at their place among the others', async (t) => {
    const cwd = await temporaryFolder(t);
    await makeTree(join(cwd, 'photos'));
    await writeFile(join(cwd, 'rules.txt'), '# nothing but\n*\n!*.jpg\n');
    const upload = ['upload', './photos', '--to', '/Team', '--filter-from', 'rules.txt'];
    assert.ok(page.includes(`boxhaul ${upload.join(' ')}`));
    const options = [...connection, '--dry-run', '--json'];
    const count = async (...more: string[]) => {
      const { stdout, stderr } = await runHere([...upload, ...more, ...options], { cwd });
      assert.equal(stderr.includes('boxhaul:'), false, stderr);
      return stdout.split('\n').filter((line) => line.includes('"type":"file"')).length;
    };
    assert.equal(await count(), 2);
    assert.equal(await count('--exclude', 'best'), 1);
    const { code, stderr } = await runHere(['upload', '.', '--to', '/', '--filter-from', 'no'], {
      cwd,
    });
    assert.deepEqual([code, /no is not there/.test(stderr)], [2, true]);
  });

  test('what cannot be understood is pointed at, before Box is asked anything', async () => {
    assert.equal(refused.length, 2);
    const nowhere = ['--base-url', 'http://127.0.0.1:9', '--token', 'none'];
    for (const [, command = '', output = ''] of refused) {
      const { code, stderr } = await runHere([...wordsOf(command).slice(1), ...nowhere]);
      assert.equal(code, 2);
      assert.equal(stderr, output.replace(/^ {4}/gm, ''));
    }
    const upload = ['upload', '.', '--to', '/', '--where', 'owner = "me"', ...nowhere];
    const { code, stderr } = await runHere(upload);
    assert.equal(code, 2);
    assert.match(stderr, /owner is known of files in Box only.*\n {2}owner = "me"\n {2}\^\n/);
  });
});

async function makeTree(root: string): Promise<void> {
  const large = 'x'.repeat(2000);
  const tree = {
    '2026/a.pdf': large,
    '2026/x.tmp': 'x',
    'keep.tmp': 'k',
    'old.docx': 'd',
    'photos/a.jpg': 'a',
    'photos/best/b.jpg': large,
  };
  for (const [path, contents] of Object.entries(tree)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  const then = new Date(Date.now() - 90 * 86_400_000);
  await utimes(join(root, 'old.docx'), then, then);
}

/** Applies a contract that is signed. */
async function sign(box: Emulator, name: string): Promise<void> {
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
  const contract = { templateKey: 'contract' };
  await client.metadataTemplates.create({
    ...contract,
    displayName: 'Contract',
    fields: [{ type: 'string', key: 'state', displayName: 'State' }],
  });
  for await (const folder of client.folders.items('0')) {
    for await (const item of client.folders.items(folder.id)) {
      if (item.name !== name) continue;
      await client.metadata.create({ type: 'file', id: item.id }, contract, { state: 'signed' });
    }
  }
  await client.close();
}

/** As a shell would split them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
