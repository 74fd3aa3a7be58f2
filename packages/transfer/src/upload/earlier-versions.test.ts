/** Files with a history, into Box. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import fc from 'fast-check';
import { sha1Of } from '../hash.ts';
import { openState } from '../state/state.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { type MemoryTree, memoryOrigin } from '../testing/memory-origin.ts';
import type { UploadMode } from '../transfer.ts';
import { unfinishedName } from '../tree/names.ts';
import type { Carry } from './carry.ts';
import { align } from './earlier-versions.ts';
import { upload } from './upload-tree.ts';

describe('what is there of a history', () => {
  const cases: [string, states: string, inBox: string, reached: number, matched: number][] = [
    ['nothing', 'abc', '', 0, 0],
    ['something else', 'abc', 'x', 0, 0],
    ['its beginning', 'abc', 'ab', 2, 2],
    ['all of it', 'abc', 'abc', 3, 3],
    ['its beginning, on top of something else', 'abc', 'xa', 1, 1],
    ['the current state alone', 'abc', 'c', 3, 1],
    ['its first state, which is the current one again', 'aba', 'a', 1, 1],
    ['all, where states come again', 'abab', 'abab', 4, 4],
    ['half, where states come again', 'abab', 'ab', 2, 2],
    ['all but a state that was lost', 'abcd', 'acd', 4, 3],
  ];
  for (const [words, states, inBox, reached, matched] of cases) {
    test(words, () => assert.deepEqual(align([...states], [...inBox]), { reached, matched }));
  }

  test('however far a run came, the rest follows, and nothing twice', () => {
    const chain = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(chain, fc.nat(), (states, cut) => {
        const inBox = states.slice(0, 1 + (cut % states.length));
        const { reached } = align(states, inBox);
        // What is sent again is at most what cannot be told from what is there.
        assert.deepEqual([...inBox, ...states.slice(reached)].slice(-states.length), states);
      }),
    );
  });
});

describe('a file with a history', () => {
  test('comes with all that it was, oldest first, each proven', async () => {
    await using box = await openBox();
    const report = await run(box, { a: ['1', '22', '333'], b: ['only'] });
    assert.deepEqual(await history(box, 'a'), ['1', '22', '333']);
    assert.deepEqual(await history(box, 'b'), ['only']);
    assert.deepEqual(report.carried, { done: { version: 2 }, gaps: {} });
    assert.equal(report.predictedCalls, report.calls.calls);
  });

  test('goes on where a run ended, in every mode', async () => {
    for (const mode of ['upload', 'update', 'overwrite'] as const) {
      await using box = await openBox();
      await run(box, { a: ['1', '22'] });
      await run(box, { a: ['1', '22', '333', '4444'] }, mode);
      assert.deepEqual(await history(box, 'a'), ['1', '22', '333', '4444'], mode);
    }
  });

  test('whose current state is one that it had before is not taken for complete', async () => {
    await using box = await openBox();
    await run(box, { a: ['1'] });
    const report = await run(box, { a: ['1', '22', '1'] });
    assert.deepEqual(await history(box, 'a'), ['1', '22', '1']);
    assert.deepEqual(report.transferredBy, { version: 1 });
    await run(box, { a: ['1', '22', '1'] });
    assert.deepEqual(await history(box, 'a'), ['1', '22', '1']);
  });

  test('comes on top of other contents in update mode, and leaves them in upload mode', async () => {
    await using box = await openBox();
    await run(box, { a: ['theirs'] });
    const left = await run(box, { a: ['1', '22'] }, 'upload');
    assert.deepEqual([left.skippedBy, left.carried], [{ exists: 1 }, undefined]);
    await run(box, { a: ['1', '22'] }, 'update');
    assert.deepEqual(await history(box, 'a'), ['theirs', '1', '22']);
  });

  test('that was in Box as it is now keeps its place, and the rest is a gap', async () => {
    await using box = await openBox();
    await run(box, { a: ['22'] });
    const { carried, gaps } = await run(box, { a: ['1', '22'] });
    assert.deepEqual(await history(box, 'a'), ['22']);
    assert.deepEqual(carried, { done: {}, gaps: { version: 1 } });
    assert.deepEqual(gaps, [['a', 'version', 'versions-before']]);
  });

  test('that replaces another comes as it is now, and the rest is a gap', async () => {
    await using box = await openBox();
    await run(box, { a: ['theirs'] });
    const { gaps } = await run(box, { a: ['1', '22'] }, 'overwrite');
    assert.deepEqual(await history(box, 'a'), ['22']);
    assert.deepEqual(gaps, [['a', 'version', 'replaced']]);
  });

  test('that was about to replace another when a run was killed comes as it is now', async () => {
    await using box = await openBox();
    const name = unfinishedName('a', sha1Of(Buffer.from('22')));
    await box.client.files.upload({ name, parentId: '0', body: bodyOf('22') });
    const { gaps, transferredBy } = await run(box, { a: ['1', '22'] }, 'overwrite');
    assert.deepEqual([gaps, transferredBy], [[['a', 'version', 'replaced']], { replaced: 1 }]);
    assert.deepEqual(await history(box, 'a'), ['22']);
  });

  test('of which a state is not to be had comes without it', async () => {
    await using box = await openBox();
    const tree = { a: ['1', null, '333'] };
    const { gaps, failed } = await run(box, tree);
    assert.deepEqual([failed, gaps], [0, [['a', 'version', 'not-found']]]);
    await run(box, tree);
    assert.deepEqual(await history(box, 'a'), ['1', '333']);
  });

  test('that is known to be complete costs a rerun nothing', async (t) => {
    await using box = await openBox();
    const options = { remember: remember(t, await temporaryFolder(t)), carry: PRINTED };
    await run(box, { a: ['1', '22', '333'] }, 'update', options);
    const again = await run(box, { a: ['1', '22', '333'] }, 'update', options);
    assert.deepEqual(
      [again.skippedBy, again.calls.calls, again.predictedCalls],
      [{ same: 1 }, 1, 1],
    );
  });

  test('is not asked for in a dry run', async () => {
    await using box = await openBox();
    const report = await run(box, { a: ['1', '22'] }, 'update', { dryRun: true });
    assert.deepEqual([report.skippedBy, await box.tree('0')], [{ 'dry-run': 1 }, {}]);
  });
});

/** Carries nothing, but says that there is something. */
const PRINTED: Carry = {
  fingerprint: ({ path }) => path,
  calls: () => 0,
  carry: async () => ({ done: {}, gaps: [] }),
};

function remember(t: TestContext, folder: string) {
  const state = openState(folder);
  t.after(() => state.close());
  return { state, account: 'a', title: '', command: { argv: [], cwd: '/' } };
}

async function run(box: TestBox, tree: MemoryTree, mode: UploadMode = 'update', options = {}) {
  const { events, onEvent } = recorder();
  const { client } = box;
  const sources = memoryOrigin(tree);
  const report = await upload({ client, sources, folderId: '0', mode, onEvent, ...options });
  const gaps = events.flatMap((event) =>
    event.type === 'gap' ? [[event.item.path, event.gap.what, event.gap.code]] : [],
  );
  return { ...report, gaps };
}

/** What a file was and is, oldest first. */
async function history({ client }: TestBox, name: string): Promise<string[]> {
  const items = await Array.fromAsync(client.folders.items('0'));
  const { id = '' } = items.find((item) => item.name === name) ?? {};
  const versions = await Array.fromAsync(client.fileVersions.list(id));
  const ids = [...versions.reverse().map((version) => version.id), undefined];
  return await Promise.all(
    ids.map(async (versionId) => {
      const { body } = await client.files.download(id, { versionId });
      return Buffer.concat(await Array.fromAsync(body)).toString();
    }),
  );
}
