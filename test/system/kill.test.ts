/**
 * SIGKILL at random moments of an upload and of a download: one more run ends the job, and nothing
 * of the killed one is left. `BOXHAUL_KILLS` sets how many of each, `BOXHAUL_SEED` the moments.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run, start } from './command.ts';
import { differences } from './diff.ts';
import { makeTree } from './tree.ts';

const kills = Number(process.env.BOXHAUL_KILLS ?? 20);
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));

suite(`killed at ${kills} random moments (BOXHAUL_SEED=${seed})`, () => {
  const random = mulberry32(seed);
  let work: string;
  let tree: string;
  /** The same names with other contents, for `update` and `overwrite` to replace. */
  let older: string;
  let box: Emulator;
  let client: BoxClient;
  let connection: string[];

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-kill-'));
    tree = join(work, 'tree');
    await makeTree(tree);
    older = join(work, 'older');
    await makeOlder(tree, older);
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    connection = ['--base-url', box.url, '--token', box.token];
  });

  after(async () => {
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  test('an upload is complete after one more run', async (t) => {
    const usualMs = await elapsedMs(() =>
      mustRun(['upload', `${tree}/`, '--to', '/', ...connection]),
    );
    for (let round = 1; round <= kills; round++) {
      const folder = await client.folders.create({ name: `killed ${round}`, parentId: '0' });
      const mode = ['upload', 'update', 'overwrite'][round % 3] as string;
      const args = ['upload', `${tree}/`, '--to', folder.id, '--mode', mode, ...connection];
      if (mode !== 'upload')
        await mustRun(['upload', `${older}/`, '--to', folder.id, ...connection]);
      const moment = Math.round(random() * usualMs);
      const killed = await killAfter(args, moment);
      await mustRun(args);
      const down = join(work, `up-${round}`);
      await mustRun(['download', folder.id, down, ...connection]);
      assert.equal(await differences(tree, down), '', `${mode}, killed after ${moment} ms`);
      await rm(down, { recursive: true });
      await client.folders.delete(folder.id, { recursive: true });
      t.diagnostic(`round ${round}: ${mode}, SIGKILL after ${moment} ms (${killed})`);
    }
  });

  test('a download is complete after one more run, and no temporary file is left', async (t) => {
    const folder = await client.folders.create({ name: 'source', parentId: '0' });
    await mustRun(['upload', `${tree}/`, '--to', folder.id, ...connection]);
    const usualMs = await elapsedMs(() =>
      mustRun(['download', folder.id, join(work, 'down-0'), ...connection]),
    );
    for (let round = 1; round <= kills; round++) {
      const down = join(work, `down-${round}`);
      await mkdir(down);
      const args = ['download', folder.id, down, ...connection];
      const moment = Math.round(random() * usualMs);
      const killed = await killAfter(args, moment);
      await onlyWholeFiles(tree, down);
      await mustRun(args);
      assert.equal(await differences(tree, down), '', `killed after ${moment} ms`);
      await rm(down, { recursive: true });
      t.diagnostic(`round ${round}: SIGKILL after ${moment} ms (${killed})`);
    }
  });
});

/** Writes all but the large file of a tree as it might have been before. */
async function makeOlder(tree: string, older: string): Promise<void> {
  await cp(tree, older, {
    recursive: true,
    filter: (path) => !path.endsWith('large.bin'),
  });
  const entries = await readdir(older, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile()) await appendFile(join(entry.parentPath, entry.name), ' as it was');
  }
}

/** What a killed download leaves: every name that the tree has too holds what it holds there. */
async function onlyWholeFiles(tree: string, down: string): Promise<void> {
  const known = new Set(await readdir(tree, { recursive: true }));
  const said = await differences(tree, down);
  const wrong = said.split('\n').filter((line) => line !== '' && !line.startsWith('Only in'));
  assert.deepEqual(wrong, [], 'a half file under its real name');
  const strangers = (await readdir(down, { recursive: true })).filter((path) => !known.has(path));
  for (const path of strangers) assert.match(path, /boxhaul/, 'a temporary name says whose it is');
}

async function killAfter(args: string[], delayMs: number): Promise<string> {
  const command = start(args);
  const timer = setTimeout(() => command.process.kill('SIGKILL'), delayMs);
  await once(command.process, 'exit');
  clearTimeout(timer);
  const outcome = await command.outcome;
  return outcome.code === null ? 'killed' : `it had ended with ${outcome.code}`;
}

async function mustRun(args: string[]): Promise<void> {
  const outcome = await run(args);
  assert.equal(outcome.code, 0, `boxhaul ${args.join(' ')}\n${outcome.stdout}${outcome.stderr}`);
}

async function elapsedMs(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** A small seeded generator, so that a failing run can be repeated. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
