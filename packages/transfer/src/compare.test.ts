import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type BoxOccupant,
  compareDownload,
  compareUpload,
  type DiskOccupant,
  type Verdict,
} from './compare.ts';
import type { UploadMode } from './transfer.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

/** `send new`, `skip same`, `fail in-the-way`, `hash`. */
function short(verdict: Verdict): string {
  if (verdict.do === 'send') return `send ${verdict.action}`;
  return verdict.do === 'hash' ? 'hash' : `${verdict.do} ${verdict.reason.code}`;
}

const file = (sizeBytes: number, sha1 = A): BoxOccupant => ({
  id: '7',
  type: 'file',
  name: 'x',
  sizeBytes,
  sha1,
});

interface UploadRow {
  what: string;
  occupant?: BoxOccupant;
  sha1?: string;
  force?: boolean;
  expected: Record<UploadMode, string>;
}

const each = (verdict: string) => ({ upload: verdict, overwrite: verdict, update: verdict });

const uploads: UploadRow[] = [
  { what: 'nothing there', expected: each('send new') },
  { what: 'nothing there, forced', force: true, expected: each('send new') },
  {
    what: 'a folder there',
    occupant: { id: '7', type: 'folder', name: 'x' },
    expected: each('fail in-the-way'),
  },
  {
    what: 'a web link there',
    occupant: { id: '7', type: 'web_link', name: 'x' },
    expected: each('fail in-the-way'),
  },
  {
    what: 'a folder there, forced',
    occupant: { id: '7', type: 'folder', name: 'x' },
    force: true,
    expected: each('fail in-the-way'),
  },
  {
    what: 'another size',
    occupant: file(9),
    expected: { upload: 'skip exists', overwrite: 'send replaced', update: 'send version' },
  },
  { what: 'the same size, SHA-1 not known yet', occupant: file(5), expected: each('hash') },
  { what: 'the same contents', occupant: file(5), sha1: A, expected: each('skip same') },
  {
    what: 'the same size, other contents',
    occupant: file(5),
    sha1: B,
    expected: { upload: 'skip exists', overwrite: 'send replaced', update: 'send version' },
  },
  {
    what: 'the same contents, forced',
    occupant: file(5),
    sha1: A,
    force: true,
    expected: { upload: 'skip same', overwrite: 'send replaced', update: 'send version' },
  },
  {
    what: 'a file whose size Box did not say',
    occupant: { id: '7', type: 'file', name: 'x', sha1: A },
    expected: each('hash'),
  },
];

for (const { what, occupant, sha1, force = false, expected } of uploads) {
  for (const mode of ['upload', 'overwrite', 'update'] as const) {
    test(`upload, ${what}, ${mode}: ${expected[mode]}`, () => {
      const verdict = compareUpload({
        name: 'x',
        sizeBytes: 5,
        mode,
        force,
        ...(occupant && { occupant }),
        ...(sha1 && { sha1 }),
      });
      assert.equal(short(verdict), expected[mode]);
    });
  }
}

test('the same contents under another spelling of the name say so', () => {
  const occupant: BoxOccupant = { id: '7', type: 'file', name: 'REPORT', sizeBytes: 5, sha1: A };
  const verdict = compareUpload({
    name: 'report',
    sizeBytes: 5,
    sha1: A,
    occupant,
    mode: 'update',
    force: false,
  });
  assert.match(verdict.do === 'skip' ? verdict.reason.words : '', /named "REPORT" in Box/);
});

const downloads: { what: string; occupant?: DiskOccupant; force?: boolean; expected: string }[] = [
  { what: 'nothing there', expected: 'send new' },
  {
    what: 'a folder there',
    occupant: { kind: 'folder', sizeBytes: 5 },
    expected: 'fail in-the-way',
  },
  {
    what: 'a symlink there',
    occupant: { kind: 'symlink', sizeBytes: 5 },
    expected: 'fail in-the-way',
  },
  {
    what: 'a symlink there, forced',
    occupant: { kind: 'symlink', sizeBytes: 5 },
    force: true,
    expected: 'fail in-the-way',
  },
  { what: 'another size', occupant: { kind: 'file', sizeBytes: 4 }, expected: 'send replaced' },
  { what: 'the same size', occupant: { kind: 'file', sizeBytes: 5 }, expected: 'hash' },
  { what: 'the same', occupant: { kind: 'file', sizeBytes: 5, sha1: A }, expected: 'skip same' },
  {
    what: 'other contents',
    occupant: { kind: 'file', sizeBytes: 5, sha1: B },
    expected: 'send replaced',
  },
  {
    what: 'the same, forced',
    occupant: { kind: 'file', sizeBytes: 5, sha1: A },
    force: true,
    expected: 'send replaced',
  },
];

for (const { what, occupant, force = false, expected } of downloads) {
  test(`download, ${what}: ${expected}`, () => {
    const verdict = compareDownload({
      sizeBytes: 5,
      sha1: A,
      force,
      ...(occupant && { occupant }),
    });
    assert.equal(short(verdict), expected);
  });
}
