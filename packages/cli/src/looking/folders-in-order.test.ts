import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoxItem } from '@boxhaul/client';
import type { FoundInBox } from '@boxhaul/transfer';
import { foldersInOrder, parentOf } from './folders-in-order.ts';

/** A tree by its folders; what is no folder of its own is a file. */
const tree: Record<string, readonly string[]> = {
  '': ['a', 'b', 'z.txt'],
  a: ['deep', 'a.txt'],
  'a/deep': ['d.txt'],
  b: ['c'],
  'b/c': [],
};
const inOrder = ['', 'a', 'a/deep', 'b', 'b/c'];

test('folders come in the order of the tree, in whatever order they were found', async () => {
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  for (let round = 0; round < 200; round++) {
    const found = walkedInOrderOf(random);
    const told = await Array.fromAsync(foldersInOrder(found, (_item, path) => path));
    const words = `seed ${seed}, round ${round}`;
    assert.deepEqual(
      told.map(({ path }) => path),
      inOrder,
      words,
    );
    for (const { path, kept, failed } of told) {
      assert.deepEqual(
        kept,
        (tree[path] ?? []).map((name) => at(path, name)),
        words,
      );
      assert.equal(failed, path === 'a/deep' ? 'no' : undefined);
    }
  }
});

test('the folder of a path is what stands before its last name', () => {
  assert.deepEqual(['a/b/c', 'a', ''].map(parentOf), ['a/b', '', '']);
});

/** The events of a walk that visits any folder it knows of next, and tells several at once. */
async function* walkedInOrderOf(random: () => number): AsyncGenerator<FoundInBox> {
  const visits = [visit('')];
  while (visits.length > 0) {
    const index = Math.floor(random() * visits.length);
    const { done, value } = visits[index]?.next() ?? { done: true, value: undefined };
    if (done || !value) visits.splice(index, 1);
    else {
      yield value;
      if (value.type === 'listed') visits.push(...value.entered.map(visit));
    }
  }
}

function* visit(path: string): Generator<FoundInBox, undefined> {
  const names = tree[path] ?? [];
  for (const name of names) yield { type: 'item', path: at(path, name), item: item(name) };
  const entered = names.map((name) => at(path, name)).filter((one) => one in tree);
  const failed = path === 'a/deep' ? { failed: { code: 'not-found', words: 'no' } as const } : {};
  yield { type: 'listed', path, id: path, entered, ...failed };
}

function at(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function item(name: string): BoxItem {
  return { type: 'folder', id: '1', sequence_id: '0', etag: '0', name };
}

function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
