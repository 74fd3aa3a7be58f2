/** The proof of a migration: its manifest, and what a listing of the target says of it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { type TransferEvent, upload } from '@boxhaul/transfer';
import { boxOrigin } from '../box/box-origin.ts';
import { fillAccount, openTwoBoxes, prepareTarget, type TwoBoxes } from '../testing/two-boxes.ts';
import { type MigrationRecord, openMigrationRecord } from './migration-record.ts';

describe('the record of a migration', () => {
  test('has a row for each file, folder and web link, held against the target', async (t) => {
    const { boxes, folder } = await migrated(t);
    using record = await recordOf(boxes);
    const found = await record.verify({ client: boxes.to.client, folderId: '0' });
    assert.deepEqual(found, {
      checked: 8,
      right: 8,
      unproven: 0,
      missing: 0,
      different: 0,
      unknown: 0,
      isProven: true,
    });
    const rows = await rowsOf(record, folder);
    assert.deepEqual(
      rows.map(({ path, kind, size, state, verified }) =>
        [path, kind, size ?? '', state, verified].join(' '),
      ),
      [
        'A folder  same yes',
        'A/below folder  same yes',
        'A/below/deep.txt file 6 same yes',
        'A/below/empty folder  same yes',
        'A/differs.txt file 7 same yes',
        'A/plain.txt file 5 same yes',
        'A/report.txt file 5 same yes',
        'A/site web_link 0 same yes',
      ],
    );
    const plain = rows.find(({ path }) => path === 'A/plain.txt');
    assert.equal(plain?.sha1, createHash('sha1').update('plain').digest('hex'));
  });

  test('tells what is missing, different, or cannot be seen', async (t) => {
    const { boxes, folder } = await migrated(t);
    using record = await recordOf(boxes);
    const { client } = boxes.to;
    const ids = Object.fromEntries(
      (await rowsOf(record, folder)).map(({ path, id }) => [path, String(id)]),
    );
    await client.files.delete(ids['A/plain.txt'] ?? '');
    await client.files.uploadVersion(ids['A/differs.txt'] ?? '', { body: bodyOf('others') });
    boxes.to.emulator.faults.add({
      match: { path: `/folders/${ids['A/below']}/items` },
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
    });
    const found = await record.verify({ client, folderId: '0' });
    assert.deepEqual(found, {
      checked: 8,
      right: 4,
      unproven: 0,
      missing: 1,
      different: 1,
      unknown: 2,
      isProven: false,
    });
    const rows = await rowsOf(record, folder);
    const verified = Object.fromEntries(rows.map((row) => [row.path, row.verified]));
    assert.equal(verified['A/plain.txt'], 'missing');
    assert.equal(verified['A/below/deep.txt'], 'unknown');
    const { message } = rows.find(({ path }) => path === 'A/differs.txt') ?? {};
    assert.match(String(message), /^Box has 6 bytes with SHA-1 [0-9a-f]{40}$/);
  });

  test('is a file that carries its own SHA-256 beside it, as sha256sum has it', async (t) => {
    const folder = temporary(t);
    using record = openMigrationRecord();
    for (const event of EVENTS) record.add(event);
    for (const name of ['all.csv', 'all.jsonl']) {
      const path = join(folder, name);
      const { sha256, rows } = await record.writeManifest(path);
      assert.equal(rows, 3);
      assert.equal(sha256, createHash('sha256').update(readFileSync(path)).digest('hex'));
      assert.equal(readFileSync(`${path}.sha256`, 'utf8'), `${sha256}  ${basename(path)}\n`);
    }
    assert.deepEqual(readFileSync(join(folder, 'all.csv'), 'utf8').split('\n'), [
      'path,kind,id,size,sha1,state,verified,gaps,reason,message,holds_size,holds_sha1',
      '"a, ""b"".txt",file,1,3,abc,transferred,,1,,,,',
      'd,file,,0,,failed,,0,not-found,it is gone,,',
      'f,folder,2,,,made,,0,,,,',
      '',
    ]);
    const path = join(folder, 'gaps.csv');
    await record.writeGaps(path);
    assert.equal(
      readFileSync(path, 'utf8'),
      'path,kind,id,what,reason,message,again\n"a, ""b"".txt",file,1,lock,not-carried,locked,no\n',
    );
  });

  test('of many rows is written as it comes', async (t) => {
    using record = openMigrationRecord();
    const count = 50_000;
    for (let number = 0; number < count; number++) {
      const result = {
        kind: 'file',
        path: `f/${number}`,
        state: 'transferred',
        id: String(number),
        sha1: 'abc',
        bytes: 1,
        ms: 0,
      } as const;
      record.add({ type: 'file', result });
    }
    const { rows } = await record.writeManifest(join(temporary(t), 'many.csv'));
    assert.equal(rows, count);
  });
});

const EVENTS: TransferEvent[] = [
  { type: 'folder', path: 'f', id: '2', state: 'created' },
  {
    type: 'gap',
    item: { type: 'file', id: '1', path: 'a, "b".txt', isNew: true },
    gap: { what: 'lock', code: 'not-carried', words: 'locked' },
  },
  {
    type: 'file',
    result: {
      kind: 'file',
      path: 'a, "b".txt',
      id: '1',
      sha1: 'abc',
      state: 'transferred',
      bytes: 3,
      ms: 1,
    },
  },
  {
    type: 'file',
    result: {
      kind: 'file',
      path: 'd',
      state: 'failed',
      reason: { code: 'not-found', words: 'it is gone' },
      bytes: 0,
      ms: 1,
    },
  },
];

/** A migration that is done. */
async function migrated(t: TestContext) {
  const boxes = await openTwoBoxes();
  t.after(() => boxes[Symbol.asyncDispose]());
  await fillAccount(boxes.from);
  await prepareTarget(boxes.to);
  (await recordOf(boxes))[Symbol.dispose]();
  return { boxes, folder: temporary(t) };
}

/** One more run of it. */
async function recordOf({ from, to }: TwoBoxes): Promise<MigrationRecord> {
  const record = openMigrationRecord();
  await upload({
    client: to.client,
    sources: boxOrigin({
      client: from.client,
      places: [{ type: 'folder', id: '0' }],
      account: 'from',
    }),
    folderId: '0',
    mode: 'update',
    onEvent: (event) => record.add(event),
  });
  return record;
}

async function rowsOf(record: MigrationRecord, folder: string): Promise<Record<string, unknown>[]> {
  const path = join(folder, 'rows.jsonl');
  await record.writeManifest(path);
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-proof-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
