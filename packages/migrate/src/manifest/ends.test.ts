/** Where a file from the web ends: what was cut short is fetched again, or said where nobody can tell. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { filterOf, upload } from '@boxhaul/transfer';
import { openMigrationRecord } from '../proof/migration-record.ts';
import { rawServer } from '../testing/raw-server.ts';
import { openTwoBoxes } from '../testing/two-boxes.ts';
import { openManifest } from './manifest-origin.ts';

const live = new AbortController().signal;
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const zipped = gzipSync('what is whole');

async function listOf(t: TestContext, ...sources: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-ends-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'list.jsonl');
  const rows = sources.map((source, row) => JSON.stringify({ source, target: `${row}` }));
  await writeFile(path, rows.join('\n'));
  return { path, origin: await openManifest({ path, format: 'jsonl', env: {} }, live) };
}

const WAYS = [
  {
    words: 'in pieces',
    head: 'Transfer-Encoding: chunked\r\n',
    bodies: [chunked('what is'), `${chunked('what is whole')}0\r\n\r\n`],
    came: ['what is whole', false],
  },
  {
    words: 'in pieces, the last of which was cut',
    head: 'Transfer-Encoding: chunked\r\n',
    bodies: ['d\r\nwhat is', `${chunked('what is whole')}0\r\n\r\n`],
    came: ['what is whole', false],
  },
  {
    words: 'compressed, by its length',
    head: `Content-Encoding: gzip\r\nContent-Length: ${zipped.byteLength}\r\n`,
    bodies: [zipped.subarray(0, 9), zipped],
    came: [zipped.toString(), false],
  },
  {
    words: 'with the connection',
    head: '',
    bodies: ['what is'],
    came: ['what is', true],
  },
  {
    words: 'compressed, with the connection',
    head: 'Content-Encoding: gzip\r\n',
    bodies: [zipped],
    came: [zipped.toString(), true],
  },
];

for (const { words, head, bodies, came } of WAYS) {
  test(`an end that comes ${words}`, async (t) => {
    await using server = await rawServer(head, bodies);
    const { origin } = await listOf(t, `http://127.0.0.1:${server.port}/a`);
    const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
    const source = await origin.open(entries[0] ?? assert.fail(), live);
    assert.deepEqual([String(await source.readWhole()), source.mayBeCut === true], came);
    assert.equal(source.isSettled && source.mayBeCut, false);
    await source.close();
    await origin.close();
  });
}

test('what may be cut is told of, and called unproven in the manifest', async (t) => {
  await using boxes = await openTwoBoxes();
  await using server = await rawServer('', ['what is']);
  const { path, origin } = await listOf(t, `http://127.0.0.1:${server.port}/a`);
  using record = openMigrationRecord();
  const { client } = boxes.to;
  for (const state of ['transferred', 'same']) {
    const report = await upload({
      client,
      sources: origin,
      folderId: '0',
      mode: 'update',
      onEvent: record.add,
    });
    assert.deepEqual([report.failed, state === 'same'], [0, report.skipped === 1]);
  }
  const found = await record.verify({ client, folderId: '0' });
  assert.deepEqual([found.right, found.unproven, found.isProven], [2, 2, false]);
  await record.writeManifest(`${path}.proof.jsonl`);
  await origin.close();
});

test('a password that goes in the clear is said, and never shown', async (t) => {
  const { origin } = await listOf(
    t,
    'http://ann:topsecret@example.com/a',
    'http://bob:topsecret@example.com/b',
    'https://ann:topsecret@example.com/c',
    'http://ann:topsecret@127.0.0.1/d',
    'http://ann@example.com/e',
  );
  const told: string[] = [];
  const emit = ({ words }: { words: string }) => void told.push(words);
  await origin.top({ signal: live, filter: filterOf({}), emit });
  assert.deepEqual(told, [
    'line 1 of list.jsonl (and 1 more) has a password, which goes to example.com unencrypted: http',
  ]);
  await origin.close();
});
