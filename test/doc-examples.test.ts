/**
 * The examples in doc comments: each is type-checked and run, on a Box of its own. CONTRIBUTING.md says what they
 * find there.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';
import {
  type Program,
  placeOf,
  runProgram,
  typeFaults,
  writePrograms,
} from './doc-examples/program.ts';
import { readDocs } from './doc-examples/read.ts';

/** Sources whose methods are still to get their examples. */
const TO_DO = [
  'client.ts',
  'resources/cascade-policies.ts',
  'resources/classifications.ts',
  'resources/collections.ts',
  'resources/comments.ts',
  'resources/events.ts',
  'resources/file-versions.ts',
  'resources/files.ts',
  'resources/folder-locks.ts',
  'resources/folders.ts',
  'resources/metadata-templates.ts',
  'resources/metadata.ts',
  'resources/recent-items.ts',
  'resources/representations.ts',
  'resources/search.ts',
  'resources/shared-items.ts',
  'resources/shared-links.ts',
  'resources/since.ts',
  'resources/task-assignments.ts',
  'resources/tasks.ts',
  'resources/thumbnails.ts',
  'resources/trash.ts',
  'resources/upload-sessions.ts',
  'resources/watermarks.ts',
  'resources/web-links.ts',
  'resources/webhooks.ts',
  'resources/zip-downloads.ts',
].map((file) => `packages/client/src/${file}`);

const { examples, methods } = readDocs('packages/*/src/**/*.ts');
const folder = await mkdtemp(join(import.meta.dirname, '..', '.doc-examples-'));
const programs = await writePrograms(folder, examples);
const started = process.cwd();
let work: string;

suite('the examples in doc comments', () => {
  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-doc-examples-'));
    process.chdir(work);
  });
  after(async () => {
    process.chdir(started);
    await rm(work, { recursive: true });
    await rm(folder, { recursive: true });
  });

  test('are right by their types', async () => {
    assert.equal((await typeFaults(folder, programs)).join('\n'), '');
  });

  for (const program of programs) {
    test(placeOf(program.example), () => runAlone(program));
  }

  test('are there for every method of the client', () => {
    const mine = methods.filter(({ file }) => /client\/src\/(resources\/|client\.ts)/.test(file));
    const without = mine.filter(({ file, hasExample }) => !hasExample && !TO_DO.includes(file));
    assert.equal(without.map(({ file, name }) => `${name} in ${file}`).join('\n'), '');
  });
});

async function runAlone(program: Program): Promise<void> {
  const box = await startEmulator();
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
  const seeded = await box.seed({ '/Reports/report.txt': 'All is well.' });
  await writeFile('report.txt', 'All is better.');
  await writeFile('config.json', JSON.stringify(await box.appConfig()), { mode: 0o600 });
  try {
    const folderId = seeded['/Reports']?.id ?? '';
    const fileId = seeded['/Reports/report.txt']?.id ?? '';
    await runProgram(program, { client, box, folderId, fileId, console: { log() {} } });
  } finally {
    await client.close();
    await box.close();
  }
}
