import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { SourceError } from '../source-error.ts';
import { KeptRows } from './kept-rows.ts';
import type { ManifestRow } from './manifest-row.ts';
import { readManifest } from './read-manifest.ts';

const live = new AbortController().signal;

const READ: readonly (readonly [
  what: string,
  text: string,
  rows: readonly Partial<ManifestRow>[],
])[] = [
  [
    'names, in any order',
    '\ufefftarget,source\nx/a,a\n',
    [{ line: 2, source: 'a', target: ['x', 'a'] }],
  ],
  ['no target', 'source\n../in/a b.txt\n', [{ source: '../in/a b.txt', target: ['a b.txt'] }]],
  ['a folder as target', 'source,target\na,/x/y/\n', [{ target: ['x', 'y', 'a'] }]],
  ['a URL', 'source\nhttps://h/x/a%20b?q=1\n', [{ target: ['a b'] }]],
  [
    'quotes and lines in them',
    'source,description\na,"one\n""two"""\nb,\n',
    [
      { line: 2, details: { description: 'one\n"two"' } },
      { line: 4, details: {} },
    ],
  ],
  ['empty lines', 'source\r\n\r\na\r\n\r\nb', [{ line: 3 }, { line: 5 }]],
  [
    'times',
    'source,created,modified\na,2024-02-29,2024-05-31T18:00:00+02:00\n',
    [{ createdMs: Date.UTC(2024, 1, 29), modifiedMs: Date.UTC(2024, 4, 31, 16) }],
  ],
  [
    'a time without zone',
    'source,modified\na,2024-05-31 18:00\n',
    [{ modifiedMs: Date.UTC(2024, 4, 31, 18) }],
  ],
  ['tags', 'source,tags\na,"x, y,,"\n', [{ details: { tags: ['x', 'y'] } }]],
  [
    'metadata',
    'source,metadata\na,"{""enterprise.contract"":{""state"":""signed"",""n"":3}}"\n',
    [
      {
        details: {
          metadata: [
            { scope: 'enterprise', templateKey: 'contract', values: { state: 'signed', n: 3 } },
          ],
        },
      },
    ],
  ],
  [
    'collaborators',
    'source,collaborators\na,ann@x.org:editor; group Legal Team:viewer uploader\n',
    [
      {
        details: {
          collaborations: [
            { who: { login: 'ann@x.org' }, role: 'editor' },
            { who: { group: 'Legal Team' }, role: 'viewer uploader' },
          ],
        },
      },
    ],
  ],
];

const REFUSED: readonly (readonly [what: string, text: string, said: readonly RegExp[]])[] = [
  ['nothing', '', [/^line 1: it is empty/]],
  [
    'an unknown column',
    'source,descripton\na,b\n',
    [/^line 1, column descripton: there is no such/],
  ],
  ['no source', 'source,target\n,x\n', [/^line 2, column source: it is not said/]],
  [
    'a bad time',
    'source,modified\na,yesterday\n',
    [/^line 2, column modified: "yesterday" is no time/],
  ],
  ['31 February', 'source,created\na,2023-02-31\n', [/^line 2, column created/]],
  ['another scheme', 'source\nftp://h/a\n', [/^line 2, column source: a path or http/]],
  ['a climbing target', 'source,target\na,x/../y\n', [/^line 2, column target: a target has no/]],
  ['bad metadata', 'source,metadata\na,{\n', [/^line 2, column metadata: "{" is no JSON/]],
  ['no template', 'source,metadata\na,"{""x"":{}}"\n', [/column metadata: "x" is no template/]],
  [
    'no role',
    'source,collaborators\na,ann@x.org\n',
    [/column collaborators: "ann@x.org" does not say/],
  ],
  ['another role', 'source,collaborators\na,ann@x.org:boss\n', [/"boss" is no role: editor/]],
  [
    'a target twice',
    'source,target\na,x\nb,/x\n',
    [/^line 3, column target: "x" is the target of line 2/],
  ],
  [
    'a file that is a folder',
    'source,target\na,x\nb,x/y\n',
    [/^line 3, .*"x" is a file by line 2/],
  ],
  [
    'a folder that is a file',
    'source,target\na,x/y\nb,x\n',
    [/^line 3, .*"x" is a folder by line 2/],
  ],
  [
    'a column twice',
    'source,target,target\na,b,c\n',
    [/^line 1, column target: it is there twice/],
  ],
  ['too many cells', 'source,target\na,b,c\n', [/^line 2: it is no CSV/]],
  ['an open quote', 'source\n"a\n', [/it is no CSV/]],
  [
    'several lines',
    'source,modified\n,x\na,y\nb,2024-01-01\n',
    [/^line 2, column/, /^line 2, column/, /^line 3, column/],
  ],
];

suite('a manifest', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boxhaul-manifest-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [what, text, rows] of READ) {
    test(`with ${what} is read`, async () => {
      const found = await read('csv', text);
      assert.equal(found.length, rows.length);
      for (const [index, row] of rows.entries()) assert.partialDeepStrictEqual(found[index], row);
    });
  }

  for (const [what, text, said] of REFUSED) {
    test(`with ${what} is refused before anything is done`, async () => {
      await assert.rejects(read('csv', text), (error: unknown) => {
        assert.ok(error instanceof SourceError, String(error));
        assert.equal(error.details.length, said.length, error.details.join('\n'));
        for (const [index, words] of said.entries()) {
          assert.match(error.details[index] ?? '', words);
        }
        return true;
      });
    });
  }

  test('of JSON lines says the same, with values of any kind', async () => {
    const rows = await read(
      'jsonl',
      '\n{"source":"a","tags":["x"],"description":null}\r\n{"source":"b","collaborators":[{"login":"l","role":"viewer"}]}',
    );
    assert.deepEqual(
      rows.map(({ line, details }) => [line, details]),
      [
        [2, { tags: ['x'] }],
        [3, { collaborations: [{ who: { login: 'l' }, role: 'viewer' }] }],
      ],
    );
    await assert.rejects(read('jsonl', '{"source":1}\n[]\n{'), (error: unknown) => {
      assert.ok(error instanceof SourceError);
      assert.match(error.details[0] ?? '', /^line 1, column source: 1 is no text/);
      assert.match(error.details[1] ?? '', /^line 2: it is no JSON object/);
      assert.match(error.details[2] ?? '', /^line 3: it is no JSON: /);
      return true;
    });
  });

  test('in other letters than those of UTF-8 is refused, and not guessed', async () => {
    const csv = Buffer.from('source,target\na,\u00dcbersicht.pdf\nb,c\n', 'latin1');
    const jsonl = Buffer.from('{"source":"a"}\n{"source":"\u00fc"}\n', 'latin1');
    const told = /^line 2(, column target)?: it has bytes that are no UTF-8/;
    for (const [format, bytes] of [
      ['csv', csv],
      ['jsonl', jsonl],
    ] as const) {
      await assert.rejects(read(format, bytes), (error: unknown) => {
        assert.ok(error instanceof SourceError);
        assert.match(error.details[0] ?? '', told);
        return true;
      });
    }
    const utf16 = Buffer.from('\ufeffsource,target\na,\u00dc\n', 'utf16le');
    assert.deepEqual((await read('csv', utf16))[0]?.target, ['\u00dc']);
  });

  test('that names no files is no manifest', async () => {
    await assert.rejects(read('csv', 'source,target\n'), /list\.csv names no files/);
    await assert.rejects(read('jsonl', '\n'), /list\.jsonl names no files/);
  });

  test('with hundreds of wrong lines shows the first, and counts the others', async () => {
    const text = `source,modified\n${'a,b\n'.repeat(300)}`;
    await assert.rejects(read('csv', text), (error: unknown) => {
      assert.ok(error instanceof SourceError);
      assert.equal(error.details.length, 21);
      assert.equal(error.details[20], '… and 280 more');
      return true;
    });
  });

  test('that is not there is named', async () => {
    const none = join(folder, 'none.csv');
    for (const format of ['csv', 'jsonl'] as const) {
      await assert.rejects(
        readManifest(none, format, () => undefined, live),
        { message: `${none} is not there` },
      );
    }
  });

  async function read(format: 'csv' | 'jsonl', text: string | Buffer): Promise<ManifestRow[]> {
    const path = join(folder, `list.${format}`);
    await writeFile(path, text);
    using kept = new KeptRows();
    const rows: ManifestRow[] = [];
    const take = (row: ManifestRow) => {
      rows.push(row);
      return kept.add(row);
    };
    await readManifest(path, format, take, live);
    return rows;
  }
});
