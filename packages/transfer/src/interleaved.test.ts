/**
 * Two jobs at once on one tree, their calls in any order: each call waits until the scheduler lets it go on, and
 * fast-check looks for an order in which something is lost.
 */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BoxClient } from '@boxhaul/client';
import fc, { type Scheduler } from 'fast-check';
import { download } from './download/download-tree.ts';
import { openState } from './state/state.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import type { Remembering, TransferReport, UploadMode } from './transfer.ts';
import { upload } from './upload/upload-tree.ts';

const PATHS = ['a', 'b', 'sub/c', 'sub/d', 'sub/deep/e'];

const treeOf = (contents: string) =>
  Object.fromEntries(PATHS.map((path) => [path, `${contents} ${path}`]));

/** What calls of a client wait for. */
type Turn = () => Promise<void>;

/** The same client, each of whose calls that transfers make waits for its turn. */
function inTurns(client: BoxClient, turn: Turn): BoxClient {
  const wrapped = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const call = () => Reflect.apply(member, target, args);
          return LISTINGS.has(String(name)) ? afterTurn(turn, call) : turn().then(call);
        };
      },
    });
  return new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (PARTS.has(String(name))) return wrapped(member as object);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

const PARTS = new Set(['files', 'folders', 'uploadSessions']);
const LISTINGS = new Set(['items', 'parts']);

async function* afterTurn(turn: Turn, list: () => AsyncIterable<unknown>): AsyncGenerator<unknown> {
  await turn();
  yield* list();
}

interface Stage {
  box: TestBox;
  disk: string;
  folderId: string;
  remember: Remembering | undefined;
}

/** One state that both jobs share, or none. */
function rememberingIn(t: TestContext, directory: string): Remembering {
  const state = openState(directory);
  t.after(() => state.close());
  return { state, account: 'a', title: 't', command: { argv: [], cwd: '/' } };
}

/** Runs both jobs in an order of the scheduler's choice. */
async function together(
  scheduler: Scheduler,
  client: BoxClient,
  jobs: readonly ((client: BoxClient) => Promise<TransferReport>)[],
): Promise<TransferReport[]> {
  const turn = (label: string) => () => scheduler.schedule(Promise.resolve(), label);
  const running = jobs.map((job, index) => job(inTurns(client, turn(`job ${index}`))));
  return await scheduler.waitFor(Promise.all(running));
}

function failuresOf(reports: readonly TransferReport[]): unknown[] {
  return reports.flatMap(({ failures }) => failures.map(({ path, reason }) => [path, reason]));
}

const send =
  ({ disk, folderId, remember }: Stage, mode: UploadMode, sources = [`${disk}/`]) =>
  (client: BoxClient) =>
    upload({ client, sources, folderId, mode, concurrency: 3, ...(remember && { remember }) });

const fetchTo =
  ({ folderId, remember }: Stage, directory: string) =>
  (client: BoxClient) =>
    download({ client, folderId, directory, concurrency: 3, ...(remember && { remember }) });

for (const shared of [true, false]) {
  const words = shared ? 'with one memory' : 'without a memory';
  const numRuns = 12;

  test(`two uploads lose nothing in any order, ${words}`, async (t) => {
    await using box = await openBox();
    const disk = await temporaryFolder(t);
    await makeTree(disk, treeOf('new'));
    const remember = shared ? rememberingIn(t, await temporaryFolder(t)) : undefined;
    let round = 0;
    const mode = fc.constantFrom<UploadMode>('upload', 'update', 'overwrite');
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), mode, mode, fc.boolean(), async (s, one, two, isThere) => {
        const folderId = await box.folder(`round ${round++}`);
        if (isThere) await fill(t, box, folderId, treeOf('old'));
        const stage = { box, disk, folderId, remember };
        // The same sources in other words are another job.
        const sources = (await readdir(disk)).map((entry) => join(disk, entry));
        const jobs = [send(stage, one), send(stage, two, sources)];
        const reports = await together(s, box.client, jobs);
        assert.deepEqual(failuresOf(reports), []);
        const tree = await box.tree(folderId);
        if (one === 'upload' && two === 'upload' && isThere) assert.deepEqual(tree, treeOf('old'));
        else assert.deepEqual(tree, treeOf('new'));
      }),
      { numRuns },
    );
  });

  test(`two downloads lose nothing in any order, ${words}`, async (t) => {
    await using box = await openBox();
    const folderId = await box.folder();
    await fill(t, box, folderId, treeOf('new'));
    const remember = shared ? rememberingIn(t, await temporaryFolder(t)) : undefined;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (s, isThere) => {
        const directory = await temporaryFolder(t);
        if (isThere) await makeTree(directory, treeOf('old'));
        const stage = { box, disk: directory, folderId, remember };
        const reports = await together(s, box.client, [
          fetchTo(stage, directory),
          fetchTo({ ...stage, remember: undefined }, directory),
        ]);
        assert.deepEqual(failuresOf(reports), []);
        assert.deepEqual(await readTree(directory), treeOf('new'));
      }),
      { numRuns },
    );
  });

  test(`up and down at once lose nothing in any order, ${words}`, async (t) => {
    await using box = await openBox();
    const remember = shared ? rememberingIn(t, await temporaryFolder(t)) : undefined;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const folderId = await box.folder(`round ${round++}`);
        const theirs = { 'sub/theirs': 'theirs', theirs: 'theirs' };
        await fill(t, box, folderId, theirs);
        const disk = await temporaryFolder(t);
        await makeTree(disk, treeOf('ours'));
        const stage = { box, disk, folderId, remember };
        const reports = await together(s, box.client, [
          send(stage, 'update'),
          fetchTo(stage, disk),
        ]);
        assert.deepEqual(failuresOf(reports), []);
        const whole = sorted({ ...treeOf('ours'), ...theirs });
        assert.deepEqual(await readTree(disk), whole);
        assert.deepEqual(await box.tree(folderId), whole);
      }),
      { numRuns },
    );
  });
}

/** Puts a tree into a folder of Box. */
async function fill(
  t: TestContext,
  { client }: TestBox,
  folderId: string,
  tree: Record<string, string>,
): Promise<void> {
  const disk = await temporaryFolder(t);
  await makeTree(disk, tree);
  const report = await upload({ client, sources: [`${disk}/`], folderId, mode: 'upload' });
  assert.equal(report.failed, 0);
}

function sorted(tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1)));
}
