import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DiskFolder } from '../download/disk-folder.ts';
import type { WantedFile } from '../download/download.ts';
import { Expected } from './expected.ts';

const folder: DiskFolder = {
  path: '/nowhere',
  names: new Set(),
  state: 'exists',
  hasParts: false,
  assertSame() {},
  sync: async () => {},
};

function wanted(id: string, name: string, sha1: string, sizeBytes = 1): WantedFile {
  const file = { id, sha1, sizeBytes };
  return { item: { path: name, name, file, folder }, action: 'new', replaces: undefined };
}

describe('an entry of an archive', () => {
  const one = wanted('1', 'a', 'aaa', 5);
  const other = wanted('2', 'b', 'bbb', 7);

  test('is the file that has its contents, whatever it is called', () => {
    const expected = new Expected([one, other], []);
    assert.equal(expected.take('bbb', '../../a'), other);
    assert.deepEqual(expected.rest(), [one]);
  });

  test('is a file once', () => {
    const expected = new Expected([one], []);
    expected.take('aaa', 'a');
    assert.equal(expected.take('aaa', 'a'), undefined);
  });

  test('is none of them if nobody asked for its contents, were it called as one of them', () => {
    const expected = new Expected([one, other], []);
    assert.equal(expected.take('ccc', 'a'), undefined);
    assert.deepEqual(expected.rest(), [one, other]);
  });

  test('cannot be one of them if its size is none of theirs', () => {
    const expected = new Expected([one, other], []);
    assert.deepEqual(
      [5, 6, 7].map((size) => expected.hasSize(size)),
      [true, false, true],
    );
  });
});

describe('files of the same contents', () => {
  const one = wanted('1', 'licence', 'aaa');
  const other = wanted('2', 'licence', 'aaa');
  const third = wanted('3', 'copying', 'aaa');
  const conflicts = [
    [one, other].map(({ item }) => ({
      id: item.file.id,
      type: 'file' as const,
      original_name: 'licence',
      download_name: `x${item.file.id}`,
    })),
  ];

  test('are told apart by the names that Box gave them', () => {
    const expected = new Expected([one, other, third], conflicts);
    const taken = ['x2', 'copying', 'x1'].map((name) => expected.take('aaa', name));
    assert.deepEqual(taken, [other, third, one]);
  });

  test('are left alone when no name says which of them it is', () => {
    const expected = new Expected([one, other, third], conflicts);
    assert.equal(expected.take('aaa', 'licence'), undefined);
    assert.equal(expected.rest().length, 3);
  });
});
