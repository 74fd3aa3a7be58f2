import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersFrom } from '../testing/numbers.ts';
import { Survey, type Top } from './survey.ts';

interface Plain {
  path: string;
  bytes: number;
  sha1: string;
}

/** Few names and contents, so that there are many equal ones; contents 0 are empty files. */
function randomFiles(next: (below: number) => number, root: string): Plain[] {
  const paths = new Set(
    Array.from({ length: next(12) }, () => `${root}${'abc'[next(3)]}/${'xyz'[next(3)]}`),
  );
  return [...paths].map((path) => {
    const contents = next(4);
    return { path, bytes: contents * 10, sha1: String(contents).repeat(40) };
  });
}

/** The rule in plain words: by path, first those of one name, then whatever is equal. */
function expectedMoves(fresh: Plain[], extra: Plain[]): Record<string, string> {
  const byPath = (one: Plain, other: Plain) => (one.path < other.path ? -1 : 1);
  const nameOf = ({ path }: Plain) => path.slice(path.lastIndexOf('/') + 1);
  const free = [...extra].sort(byPath);
  const moves: Record<string, string> = {};
  for (const isSame of [(a: Plain, b: Plain) => nameOf(a) === nameOf(b), () => true]) {
    for (const file of [...fresh].sort(byPath)) {
      if (moves[file.path] || file.bytes === 0) continue;
      const index = free.findIndex((old) => old.sha1 === file.sha1 && isSame(old, file));
      if (index < 0) continue;
      moves[file.path] = free[index]?.path ?? '';
      free.splice(index, 1);
    }
  }
  return moves;
}

test('moves are found as the plain rule says, whatever order both sides were seen in', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const next = numbersFrom(seed);
    const fresh = randomFiles(next, 'new/');
    const extra = randomFiles(next, 'old/');
    using survey = surveyOf(fresh, extra);
    survey.pair();
    const found = fresh.flatMap(({ path }) => {
      const from = survey.moveTo(path)?.from.path;
      return from === undefined ? [] : [[path, from]];
    });
    assert.deepEqual(Object.fromEntries(found), expectedMoves(fresh, extra), `seed ${seed}`);
    assert.equal(survey.unmovedFiles, extra.length - found.length);
  }
});

function surveyOf(fresh: Plain[], extra: Plain[], areFilesChosen = false): Survey {
  const survey = new Survey(areFilesChosen);
  for (const file of fresh) survey.addFresh({ ...file, kind: 'file' });
  for (const file of extra) survey.addExtra({ ...file, kind: 'file' });
  return survey;
}

interface Node {
  path: string;
  kind: 'file' | 'folder' | 'left out';
}

/** A tree of which all is extra but what is left out. */
function randomTree(next: (below: number) => number): Node[] {
  const nodes: Node[] = [];
  const grow = (path: string, depth: number) => {
    nodes.push({ path, kind: 'folder' });
    for (let index = next(4); index > 0; index--) {
      const below = `${path}/${index}`;
      const kind = (['file', 'file', 'folder', 'left out'] as const)[next(20) === 0 ? 3 : next(3)];
      if (kind === 'folder' && depth < 4) grow(below, depth + 1);
      else nodes.push({ path: below, kind: kind === 'left out' ? kind : 'file' });
    }
  };
  // Names that begin alike: what is below `a` is not below `a!`, nor below `a0`.
  for (const root of ['a', 'a!', 'a0', 'b']) grow(root, 0);
  return nodes;
}

test('all that is extra goes in as few steps as can be, and nothing that was left out', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const nodes = randomTree(numbersFrom(seed));
    using survey = new Survey(false);
    for (const { path, kind } of nodes) {
      if (kind === 'left out') survey.addLeftOut(path);
      else survey.addExtra({ path, kind, bytes: 1 });
    }
    const tops = [...survey.tops()];
    assertAllGone(nodes, tops, `seed ${seed}`);
    assert.equal(
      tops.reduce((sum, { files }) => sum + files, 0),
      nodes.filter(({ kind }) => kind === 'file').length,
      `seed ${seed}`,
    );
  }
});

function assertAllGone(nodes: readonly Node[], tops: readonly Top[], seed: string): void {
  const paths = tops.map(({ what }) => what.path);
  const isBelow = (path: string, folder: string) => path.startsWith(`${folder}/`);
  const holdsLeftOut = (folder: string) =>
    nodes.some(({ path, kind }) => kind === 'left out' && isBelow(path, folder));
  for (const { path, kind } of nodes) {
    const by = paths.filter((top) => top === path || isBelow(path, top));
    const stays = kind === 'left out' || (kind === 'folder' && holdsLeftOut(path));
    assert.equal(by.length, stays ? 0 : 1, `${seed}: ${path} goes with ${by}`);
  }
  for (const { what } of tops) {
    const parent = what.path.slice(0, Math.max(0, what.path.lastIndexOf('/')));
    const isParentExtra = nodes.some(({ path }) => path === parent);
    if (isParentExtra) assert.ok(holdsLeftOut(parent), `${seed}: ${parent} could go whole`);
  }
}

test('where files are chosen, folders go only with a file that was in them', () => {
  using survey = new Survey(true);
  for (const path of ['empty', 'empty/below', 'full', 'full/below'] as const) {
    survey.addExtra({ path, kind: 'folder' });
  }
  survey.addExtra({ path: 'full/below/file', kind: 'file', bytes: 1 });
  assert.deepEqual(
    [...survey.tops()].map(({ what }) => what.path),
    ['full'],
  );
});

test('a folder whose files were all moved away goes all the same, empty', () => {
  const contents = { bytes: 1, sha1: 'a' };
  using survey = surveyOf([{ path: 'new/file', ...contents }], []);
  survey.addExtra({ path: 'old', kind: 'folder' });
  survey.addExtra({ path: 'old/file', kind: 'file', ...contents });
  survey.pair();
  survey.moved('new/file', true);
  assert.deepEqual(
    [...survey.tops()].map(({ what, files }) => [what.path, files]),
    [['old', 0]],
  );
});

test('a move that could not be made leaves what is extra to the trash', () => {
  const contents = { bytes: 1, sha1: 'a' };
  using survey = surveyOf([{ path: 'new', ...contents }], [{ path: 'old', ...contents }]);
  survey.pair();
  assert.equal(survey.unmovedFiles, 0);
  survey.moved('new', false);
  assert.equal(survey.unmovedFiles, 1);
  assert.equal([...survey.tops()].length, 1);
});

test('a listing is given back whole, in its order, and only if it was whole', () => {
  using survey = new Survey(false);
  const items = Array.from({ length: 1_234 }, (_, index) => ({
    type: 'file' as const,
    id: String(index),
    etag: '0',
    sequence_id: '0',
    name: `file ${index}`,
    sha1: '',
  }));
  survey.keepListing('1', items.slice(0, 1_000));
  assert.equal(survey.listing('1'), undefined);
  survey.keepListing('2', []);
  survey.keepListing('1', items.slice(1_000));
  survey.isListed('1');
  survey.isListed('2');
  assert.deepEqual([...(survey.listing('1') ?? [])], items);
  assert.deepEqual([...(survey.listing('2') ?? [])], []);
});
