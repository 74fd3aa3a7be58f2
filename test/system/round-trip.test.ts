/** A tree of more than 500 files goes up in each mode and comes down as it was. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, type BoxFile, type BoxItem, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run } from './command.ts';
import { differences } from './diff.ts';
import { makeTree } from './tree.ts';

suite('a tree of 500 files and more', () => {
  let work: string;
  let tree: string;
  let box: Emulator;
  let client: BoxClient;
  let connection: string[];

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-round-trip-'));
    tree = join(work, 'tree');
    await makeTree(tree);
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    connection = ['--base-url', box.url, '--token', box.token, '--json'];
  });

  after(async () => {
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  async function upload(mode: string, ...options: string[]): Promise<Summary> {
    const args = ['upload', tree, '--to', '/', '--mode', mode, ...options, ...connection];
    const outcome = await run(args);
    assert.equal(outcome.code, 0, outcome.stderr);
    return summaryOf(outcome.stdout);
  }

  async function download(): Promise<string> {
    const target = await mkdtemp(join(work, 'down-'));
    const outcome = await run(['download', '/tree', join(target, 'tree'), ...connection]);
    assert.equal(outcome.code, 0, outcome.stderr);
    return join(target, 'tree');
  }

  async function find(path: string): Promise<BoxItem> {
    let folderId = '0';
    const names = path.split('/');
    for (const [depth, name] of names.entries()) {
      const found = await itemNamed(client, folderId, name);
      if (depth === names.length - 1) return found;
      folderId = found.id;
    }
    throw new Error('unreachable: a path has at least one name');
  }

  test('goes up and comes down the same, byte for byte', async () => {
    const files = await countFiles(tree);
    assert.ok(files >= 500, `${files} files`);
    const up = await upload('upload');
    assert.equal(up.transferred, files);
    assert.equal(await differences(tree, await download()), '');
  });

  test('keeps the time of each file to the second', async () => {
    const down = await download();
    for (const name of ['large.bin', 'accents/decomposed e\u0301.txt', 'empty.txt']) {
      const [there, here] = await Promise.all([stat(join(tree, name)), stat(join(down, name))]);
      assert.equal(Math.floor(here.mtimeMs / 1000), Math.floor(there.mtimeMs / 1000), name);
    }
  });

  test('is not sent again in any mode while it is unchanged', async () => {
    for (const mode of ['upload', 'overwrite', 'update']) {
      box.resetCounts();
      const again = await upload(mode);
      assert.equal(again.transferred, 0, mode);
      assert.equal(again.failed, 0, mode);
      assert.deepEqual(uploadsIn(box.counts()), {}, mode);
    }
  });

  test('mode upload leaves a file that is there as it is', async () => {
    const before = (await find('tree/empty.txt')) as BoxFile;
    await appendFile(join(tree, 'empty.txt'), 'no longer empty');
    const summary = await upload('upload');
    assert.equal(summary.transferred, 0);
    const now = (await find('tree/empty.txt')) as BoxFile;
    assert.equal(now.sha1, before.sha1);
  });

  test('mode update makes a new version of it and keeps the history', async () => {
    const before = (await find('tree/empty.txt')) as BoxFile;
    const summary = await upload('update');
    assert.equal(summary.transferred, 1);
    const now = (await find('tree/empty.txt')) as BoxFile;
    assert.equal(now.id, before.id);
    assert.notEqual(now.sha1, before.sha1);
    const past = await Array.fromAsync(client.files.versions(now.id));
    assert.deepEqual(
      past.map((version) => version.sha1),
      [before.sha1],
    );
  });

  test('mode overwrite puts a new file in its place and the old one in the trash', async () => {
    const before = (await find('tree/empty.txt')) as BoxFile;
    await appendFile(join(tree, 'empty.txt'), ', and again');
    const summary = await upload('overwrite');
    assert.equal(summary.transferred, 1);
    const now = (await find('tree/empty.txt')) as BoxFile;
    assert.notEqual(now.id, before.id);
    assert.deepEqual(await Array.fromAsync(client.files.versions(now.id)), []);
    const trashed = await Array.fromAsync(client.trash.items());
    assert.deepEqual(
      trashed.map((item) => item.id),
      [before.id],
    );
  });

  test('comes down the same after all of that', async () => {
    assert.equal(await differences(tree, await download()), '');
  });

  test('--ext takes only the files of those extensions, whatever their case', async () => {
    const target = await mkdtemp(join(work, 'ext-'));
    const outcome = await run(['download', '/tree', target, '--ext', '.zip,isx', ...connection]);
    assert.equal(outcome.code, 0, outcome.stderr);
    const names = (await readdir(target, { recursive: true })).filter((name) =>
      /\.\w+$/.test(name),
    );
    const expected = ['archives/image.isx', 'archives/monthly.ZIP', 'archives/weekly.zip'];
    assert.deepEqual(names.sort(), expected);
  });
});

interface Summary {
  transferred: number;
  skipped: number;
  failed: number;
}

function summaryOf(stdout: string): Summary {
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return events.find((event) => event.type === 'summary');
}

function uploadsIn(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter(
      ([call]) => call.startsWith('POST /files') || call.includes('upload_session'),
    ),
  );
}

async function itemNamed(client: BoxClient, folderId: string, name: string): Promise<BoxItem> {
  for await (const item of client.folders.items(folderId)) {
    if (item.name === name) return item;
  }
  throw new Error(`${name} is not in folder ${folderId}`);
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
