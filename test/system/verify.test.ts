/**
 * `boxhaul verify` of many files: each of ten planted differences is found, it costs listings only, and the memory that
 * it takes does not depend on how many there are. `BOXHAUL_FILES` sets how many (20,000).
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run } from './command.ts';

const count = Number(process.env.BOXHAUL_FILES ?? 20_000);
const FILES_IN_A_FOLDER = 250;

/** `f012/file 3001.txt` → what is in it: of files that are as long as one another, none is like another. */
function* files(): Generator<[path: string, contents: string]> {
  for (let n = 0; n < count; n++) {
    const folder = `f${String(Math.floor(n / FILES_IN_A_FOLDER)).padStart(3, '0')}`;
    yield [`${folder}/file ${n}.txt`, `contents of ${String(n).padStart(7, '0')}`];
  }
}

/** What is otherwise in Box, by the path that is told. */
const PLANTED: Readonly<Record<string, string>> = {
  'f000/file 1.txt': 'missing',
  'f001/file 251.txt': 'different',
  'f002/file 501.txt': 'different',
  'f003/file 751.txt': 'named-otherwise',
  'f004/file 1001.txt': 'in-the-way',
  'f005/another.txt': 'extra',
  'f006/other folder': 'extra',
  'f007/file 1751.txt': 'different',
  'f008/file 2001.txt': 'in-the-way',
  'another.txt': 'extra',
};

/** The same tree with ten things that are not the same. */
function inBox(): Record<string, string> {
  const tree = Object.fromEntries(files());
  const put = (path: string, contents: string) => {
    tree[path] = contents;
  };
  delete tree['f000/file 1.txt'];
  put('f001/file 251.txt', 'CONTENTS OF 0000251');
  put('f002/file 501.txt', 'longer than the contents of 0000501');
  delete tree['f003/file 751.txt'];
  put('f003/FILE 751.txt', 'contents of 0000751');
  delete tree['f004/file 1001.txt'];
  put('f004/file 1001.txt/', '');
  put('f005/another.txt', 'another');
  put('f006/other folder/below.txt', 'below');
  put('f007/file 1751.txt', '');
  delete tree['f008/file 2001.txt'];
  put('f008/file 2001.txt/below.txt', 'contents of 0002001');
  put('another.txt', 'another');
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [`/Archive/${path}`, text]));
}

suite(`verifying ${count} files`, () => {
  let work: string;
  let box: Emulator;
  let env: Record<string, string>;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-verify-'));
    box = await startEmulator();
    const heap = '--max-old-space-size=48';
    env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token, NODE_OPTIONS: heap };
    let folder = '';
    for (const [path, contents] of files()) {
      const at = join(work, path.slice(0, path.indexOf('/')));
      if (at !== folder) await mkdir(at);
      folder = at;
      await writeFile(join(work, path), contents);
    }
    await box.seed(inBox());
  });

  after(async () => {
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  // The second time nothing here is read.
  for (const time of ['first', 'second']) {
    test(`finds ten differences in listings only, in a heap of 48 MB: the ${time} time`, async () => {
      box.resetCounts();
      const { code, stdout, stderr } = await run(
        ['verify', `${work}/`, '/Archive', '--json', '-q'],
        {
          env,
        },
      );
      assert.equal(code, 1, stderr);
      const found: Record<string, string> = {};
      let same = 0;
      for (const line of stdout.trim().split('\n')) {
        const { type, state, path, reason } = JSON.parse(line);
        if (type !== 'file' && type !== 'folder') continue;
        if (state === 'failed') found[path] = reason;
        else if (reason === 'same') same += 1;
      }
      assert.deepEqual(found, PLANTED);
      // Seven of the differences are names that this side has.
      assert.equal(same, count - 7);
      const { 'GET /folders/:id/items': listings, ...others } = box.counts();
      assert.deepEqual(others, {});
      assert.equal(
        listings,
        2 + Math.ceil(count / FILES_IN_A_FOLDER),
        'the root, the target, each folder',
      );
    });
  }
});
