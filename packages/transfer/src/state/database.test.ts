/** What becomes of a run whose state fails under it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openBox } from '../testing/box.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { upload } from '../upload/upload-tree.ts';
import { StateDatabase } from './database.ts';
import { openState } from './state.ts';

test('a state that fails in the middle costs no file, and is told once', async (t) => {
  await using box = await openBox();
  const folder = await temporaryFolder(t);
  const names = Array.from({ length: 20 }, (_, number) => `tree/${number}`);
  await makeTree(folder, Object.fromEntries(names.map((name) => [name, name])));
  const troubles: Error[] = [];
  const state = openState(join(folder, 'state'), (error) => troubles.push(error));
  t.after(() => state.close());
  const report = await upload({
    client: box.client,
    sources: [join(folder, 'tree/')],
    folderId: '0',
    mode: 'upload',
    remember: { state, account: 'a', title: 'tree', command: { argv: [], cwd: '/' } },
    onEvent: (event) => {
      if (event.type === 'file-started') spoil(join(folder, 'state'));
    },
  });
  assert.deepEqual([report.ended, report.transferred, report.failed], ['complete', 20, 0]);
  assert.equal(troubles.length, 1);
  assert.match(String(troubles[0]), /no such table/);
});

/** As a Boxhaul with other tables would. */
function spoil(directory: string): void {
  const database = new DatabaseSync(join(directory, 'state.sqlite'));
  for (const table of ['hashes', 'jobs', 'upload_sessions', 'job_failures']) {
    database.exec(`DROP TABLE IF EXISTS ${table}`);
  }
  database.close();
}

test('a transaction that fails for what the disk does is done again as a whole', async (t) => {
  const folder = await temporaryFolder(t);
  const database = new StateDatabase(folder);
  t.after(() => database.close());
  database.create('CREATE TABLE IF NOT EXISTS one (n); CREATE TABLE IF NOT EXISTS two (n)');
  const one = database.prepare('INSERT INTO one VALUES (?)');
  const two = database.prepare('INSERT INTO two VALUES (?)');
  const other = new DatabaseSync(join(folder, 'state.sqlite'));
  other.exec('DROP TABLE two');
  other.close();
  database.transaction(() => {
    one.run(1);
    two.run(1);
  });
  const count = database.prepare<{ n: number }>(
    'SELECT (SELECT count(*) FROM one) + (SELECT count(*) FROM two) AS n',
  );
  assert.equal(count.get()?.n, 2);
});

test('what is wrong in a statement is an error, on the disk as in memory', async (t) => {
  const database = new StateDatabase(await temporaryFolder(t));
  t.after(() => database.close());
  assert.throws(() => database.prepare('SELECT 1 FROM nowhere').get(), /no such table/);
});

test('what is no database, or of a newer Boxhaul, is not opened', async (t) => {
  const folder = await temporaryFolder(t);
  mkdirSync(join(folder, 'spoilt'));
  writeFileSync(join(folder, 'spoilt', 'state.sqlite'), 'this is no database, and never was one');
  assert.throws(() => openState(join(folder, 'spoilt')), {
    name: 'InputError',
    message: /cannot be opened: .*; move that folder away/,
  });

  openState(join(folder, 'newer')).close();
  const database = new DatabaseSync(join(folder, 'newer', 'state.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  assert.throws(() => openState(join(folder, 'newer')), { message: /of a newer Boxhaul/ });
});

test('where there can be no state the error has a way out', async (t) => {
  const folder = await temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  const message = /cannot be opened: .*; it must be a folder that can be written to/;
  assert.throws(() => openState(join(folder, 'file')), { message });
  mkdirSync(join(folder, 'taken', 'state.sqlite'), { recursive: true });
  assert.throws(() => openState(join(folder, 'taken')), { message });
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

test('a disk that is full is called so', {
  skip: !isRoot && 'only root may mount a small disk',
}, async (t) => {
  const folder = await temporaryFolder(t);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]);
  try {
    const state = join(folder, 'state');
    openState(state).close();
    const fill = () => writeFileSync(join(folder, 'fill'), Buffer.alloc(2 ** 20));
    assert.throws(fill, { code: 'ENOSPC' });
    const message = /cannot be opened: .*; free some space there/;
    assert.throws(() => openState(state), { message });
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('whoever deletes the folder while it is open loses nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  const state = openState(join(folder, 'state'));
  rmSync(join(folder, 'state'), { recursive: true });
  state.ledger.add('a', ['call'], false);
  state.flush();
  state.close();
  assert.deepEqual(openAndList(join(folder, 'state')), []);
});

function openAndList(directory: string): unknown[] {
  const state = openState(directory);
  const jobs = state.jobs.list();
  state.close();
  return jobs;
}
