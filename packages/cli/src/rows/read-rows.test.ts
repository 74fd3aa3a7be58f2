/** What files hold → rows with their lines, or what is wrong with them. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { suite, test } from 'node:test';
import { columnNames } from './column-names.ts';
import { problemWords, type RawRow } from './raw-row.ts';
import { readCsv } from './read-csv.ts';
import { readJsonl } from './read-jsonl.ts';
import type { Columns } from './verb.ts';

const columns = {
  path: { kind: 'place', words: 'what', isRequired: true },
  canDownload: { kind: 'flag', words: 'whether' },
  set: { kind: 'fields', words: 'values' },
} as const satisfies Columns;

const names = columnNames(columns, []);

/** In pieces of so many bytes, as streams come. */
function piecesOf(text: string, bytes = 7): Readable {
  const whole = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length; at += bytes) pieces.push(whole.subarray(at, at + bytes));
  return Readable.from(pieces, { objectMode: false });
}

const csv = (text: string) => Array.fromAsync(readCsv(piecesOf(text), names));
const jsonl = (text: string) => Array.fromAsync(readJsonl(piecesOf(text), names));
const cells = (rows: RawRow[]) => rows.map(({ line, cells: found }) => [line, found]);
const wrong = (rows: RawRow[]) => rows.flatMap(({ problems = [] }) => problems.map(problemWords));

suite('CSV', () => {
  test('lines are those where rows begin, whatever is between and in them', async () => {
    const rows = await csv(
      '\ufeffpath,can-download\r\n/a,yes\r\n\r\n"/b\nb","no"\r\n/c,\r\n\n\n/d,1',
    );
    assert.deepEqual(cells(rows), [
      [2, { path: '/a', canDownload: 'yes' }],
      [4, { path: '/b\nb', canDownload: 'no' }],
      [6, { path: '/c' }],
      [9, { path: '/d', canDownload: '1' }],
    ]);
    assert.deepEqual(wrong(rows), []);
  });

  test('columns may be written in several ways, and in any order', async () => {
    const rows = await csv('Can_Download, PATH ,set.state\nyes,/a,signed\n');
    assert.deepEqual(cells(rows), [
      [2, { canDownload: 'yes', path: '/a', set: { state: 'signed' } }],
    ]);
  });

  test('columns that are unknown, missing or there twice are told, and no row is read', async () => {
    const rows = await csv('pth,can-download,can_download\n/a,yes,no\n');
    assert.deepEqual(wrong(rows), [
      'line 1: found a column "pth"; allowed: path, can-download, set.<name>',
      'line 1: found a column "can_download"; allowed: each column once',
      'line 1, path: nothing is given; allowed: a column of this name',
    ]);
    assert.equal(rows.length, 1);
  });

  test('a column that an option fills need not be there', async () => {
    const given = columnNames(columns, ['path']);
    const rows = await Array.fromAsync(readCsv(piecesOf('can-download\nyes\n'), given));
    assert.deepEqual(cells(rows), [[2, { canDownload: 'yes' }]]);
  });

  test('more cells than columns are told with their line', async () => {
    const rows = await csv('path\n/a\n/b,c\n');
    assert.deepEqual(wrong(rows), [
      'line 3: found "c"; allowed: 1 columns (put "…" around text with a comma in it)',
    ]);
  });

  test('what is no CSV ends it with a line', async () => {
    for (const text of ['path\n"/a"b\n', 'path\n/a"b\n', 'path\n"/a\n']) {
      const rows = await csv(text);
      assert.match(wrong(rows).join(), /^line [234]: found ".*quote.*"; allowed: CSV/, text);
    }
  });
});

suite('JSON lines', () => {
  test('values are text however they are written', async () => {
    const rows = await jsonl(
      '\ufeff{"path":"/a","can_download":true}\n\n{"path":12,"set":{"amount":3,"tags":["a","b"]}}\r\n{"path":"/c","canDownload":null}',
    );
    assert.deepEqual(cells(rows), [
      [1, { path: '/a', canDownload: 'true' }],
      [3, { path: '12', set: { amount: '3', tags: 'a,b' } }],
      [4, { path: '/c' }],
    ]);
    assert.deepEqual(wrong(rows.slice(0, 2)), []);
  });

  test('each line is told that is none, or has what no column is', async () => {
    const rows = await jsonl(
      '{"path":"/a"}\n[1]\nnot json\n{"path":"/a","colour":"red"}\n{"path":{}}\n',
    );
    assert.deepEqual(wrong(rows), [
      'line 2: found "[1]"; allowed: one JSON object a line: {"path":"/a.txt"}',
      'line 3: found "not json"; allowed: one JSON object a line: {"path":"/a.txt"}',
      'line 4: found a column "colour"; allowed: path, can-download, set.<name>',
      'line 5, path: found "{}"; allowed: text',
    ]);
  });
});
