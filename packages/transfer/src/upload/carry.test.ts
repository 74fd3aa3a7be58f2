/** What comes along with what is in Box. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { BoxhaulError, bodyOf } from '@boxhaul/client';
import type { TransferState } from '../state/state.ts';
import { openState } from '../state/state.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { type MemoryTree, memoryOrigin } from '../testing/memory-origin.ts';
import type { Carried, Carry, ItemInBox } from './carry.ts';
import { upload } from './upload-tree.ts';

const TREE = { 'f/a': ['contents'], 'f/link': 'https://example.com/a b?c=%23', top: ['more'] };

describe('what comes along', () => {
  test('is asked for once for each file, folder and web link, when it is there', async () => {
    await using box = await openBox();
    const { carry, met } = recording();
    const report = await run(box, TREE, { carry });
    assert.deepEqual(met.map(shown).sort(), [
      'file f/a new',
      'file top new',
      'folder f new',
      'web_link f/link new',
    ]);
    assert.deepEqual(report.carried, { done: { word: 4 }, gaps: {} });
    const { id = '' } = met.find(({ path }) => path === 'f/link') ?? {};
    assert.equal((await box.client.webLinks.get(id)).url, TREE['f/link']);
    assert.equal(report.predictedCalls, report.calls.calls);
  });

  test('is done again for what is there already, unless it is remembered', async (t) => {
    await using box = await openBox();
    const { carry, met } = recording();
    await run(box, TREE, { carry });
    await run(box, TREE, { carry });
    assert.deepEqual(met.slice(4).map(shown).sort(), [
      'file f/a',
      'file top',
      'folder f',
      'web_link f/link',
    ]);
    const state = stateOf(t, await temporaryFolder(t));
    met.length = 0;
    const first = await run(box, TREE, { carry, ...remembering(state) });
    const second = await run(box, TREE, { carry, ...remembering(state) });
    assert.deepEqual(
      [met.length, second.skippedBy, second.carried],
      [4, { same: 3 }, { done: {}, gaps: {} }],
    );
    // Two listings.
    assert.deepEqual([first.calls.calls, second.calls.calls], [2, 2]);
  });

  test('is done again when there is other to carry, and with force', async (t) => {
    await using box = await openBox();
    const options = remembering(stateOf(t, await temporaryFolder(t)));
    const first = recording();
    await run(box, TREE, { carry: first.carry, ...options });
    const other = recording({ print: (path) => (path === 'top' ? 'other' : path) });
    await run(box, TREE, { carry: other.carry, ...options });
    assert.deepEqual(other.met.map(shown), ['file top']);
    await run(box, TREE, { carry: other.carry, ...options, force: true, mode: 'upload' });
    assert.equal(other.met.length, 5);
  });

  test('is not given to what is left alone, nor in a dry run', async () => {
    await using box = await openBox();
    await box.client.files.upload({ name: 'top', parentId: '0', body: bodyOf('theirs') });
    const { carry, met } = recording({ calls: 3 });
    const dry = await run(box, TREE, { carry, dryRun: true });
    assert.equal(met.length, 0);
    // A listing, a folder, a file, a web link, and three calls for each of those; a new version of top.
    assert.equal(dry.predictedCalls, 1 + 3 + 9 + 1);
    await run(box, TREE, { carry, mode: 'upload' });
    assert.ok(!met.some(({ path }) => path === 'top'));
  });

  test('where it fails is a gap, told by every run until it is there', async (t) => {
    await using box = await openBox();
    const options = remembering(stateOf(t, await temporaryFolder(t)));
    const gap = { what: 'word', code: 'no-words', words: 'there are none' };
    const failing = recording({
      outcome: (path) => {
        if (path === 'top') throw new Error('broken');
        return { done: {}, gaps: [gap] };
      },
    });
    for (const times of [4, 5]) {
      const report = await run(box, TREE, { carry: failing.carry, ...options });
      assert.deepEqual([report.failed, report.carried?.gaps], [0, { word: 3, details: 1 }]);
      assert.deepEqual(report.gaps.sort(), [
        'details of top: broken, tried again',
        'word of f/a: there are none',
        'word of f/link: there are none',
        'word of f: there are none',
      ]);
      // What may pass is tried again, and only that.
      assert.equal(failing.met.length, times);
    }
  });

  test('where nothing could work ends the run', async () => {
    await using box = await openBox();
    const stopping = recording({
      outcome: () => {
        throw new BoxhaulError('refused', { code: 'x', recovery: 'stop' });
      },
    });
    await assert.rejects(run(box, TREE, { carry: stopping.carry }), /refused/);
  });

  test('is done by the job’s own user where Box does not let another', async () => {
    await using box = await openBox();
    const { client } = box;
    const user = await client.users.create({ name: 'Ann' });
    const folder = await box.folder('shared');
    await client.collaborations.create({
      item: { type: 'folder', id: folder },
      userId: user.id,
      role: 'editor',
    });
    const by: unknown[] = [];
    const carry: Carry = {
      ...recording().carry,
      carry: async (_, { type }, context) => {
        if (type !== 'file') return { done: {}, gaps: [] };
        by.push(context.client === client ? 'own' : 'other');
        const gap = { what: 'word', code: 'no-permission', words: 'no', mayPass: true };
        return context.client === client
          ? { done: { word: 1 }, gaps: [] }
          : { done: { other: 1 }, gaps: [gap] };
      },
    };
    const others = [{ name: 'Ann', client: client.asUser(user.id) }];
    const tree = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, [name]]));
    const report = await run(box, tree, { carry, others, folderId: folder });
    assert.ok(by.includes('other'), 'the other user had a file');
    assert.deepEqual([report.carried?.done.word, report.carried?.gaps], [4, {}]);
  });
});

describe('a web link', () => {
  test('is the same where it leads to the same, and led elsewhere unless the mode leaves it', async () => {
    await using box = await openBox();
    const at = (url: string, mode: 'upload' | 'update') => run(box, { link: url }, { mode });
    assert.deepEqual((await at('https://example.com/1', 'update')).transferredBy, { new: 1 });
    assert.deepEqual((await at('https://example.com/1', 'update')).skippedBy, { same: 1 });
    assert.deepEqual((await at('https://example.com/2', 'upload')).skippedBy, { exists: 1 });
    const changed = await at('https://example.com/2', 'update');
    assert.deepEqual([changed.transferredBy, changed.calls.calls], [{ version: 1 }, 2]);
    assert.equal(changed.predictedCalls, 2);
    assert.deepEqual((await at('https://example.com/2', 'update')).skippedBy, { same: 1 });
  });

  test('does not take the name of a file', async () => {
    await using box = await openBox();
    await run(box, { x: ['file'] });
    const report = await run(box, { x: 'https://example.com/' });
    assert.equal(report.failures[0]?.reason?.code, 'in-the-way');
  });
});

interface Wishes {
  print?: (path: string) => string;
  calls?: number;
  outcome?: (path: string) => Carried;
}

/** Carries a word to each item, and remembers which it met. */
function recording({
  print = (path) => path,
  calls = 0,
  outcome = () => ({ done: { word: 1 }, gaps: [] }),
}: Wishes = {}): { carry: Carry; met: ItemInBox[] } {
  const met: ItemInBox[] = [];
  const carry: Carry = {
    fingerprint: ({ path }) => print(path),
    calls: () => calls,
    carry: async (_, inBox) => {
      met.push(inBox);
      return outcome(inBox.path);
    },
  };
  return { carry, met };
}

const shown = ({ type, path, isNew }: ItemInBox) => `${type} ${path}${isNew ? ' new' : ''}`;

function stateOf(t: TestContext, folder: string): TransferState {
  const state = openState(folder);
  t.after(() => state.close());
  return state;
}

const remembering = (state: TransferState) => ({
  remember: { state, account: 'a', title: '', command: { argv: [], cwd: '/' } },
});

async function run(box: TestBox, tree: MemoryTree, options = {}) {
  const { events, onEvent } = recorder();
  const { client } = box;
  const sources = memoryOrigin(tree);
  const fixed = { client, sources, folderId: '0', mode: 'update', onEvent } as const;
  const report = await upload({ ...fixed, ...options });
  const gaps = events.flatMap((event) => {
    if (event.type !== 'gap') return [];
    const { what, words, mayPass } = event.gap;
    return [`${what} of ${event.item.path}: ${words}${mayPass ? ', tried again' : ''}`];
  });
  return { ...report, gaps };
}
