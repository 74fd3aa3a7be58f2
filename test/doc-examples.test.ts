/**
 * The examples in doc comments: each is type-checked and run, on a Box of its own. CONTRIBUTING.md says what they
 * find there.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { BoxClient, type Clock, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';
import {
  type Program,
  placeOf,
  runProgram,
  typeFaults,
  writePrograms,
} from './doc-examples/program.ts';
import { readDocs } from './doc-examples/read.ts';

/** Nobody waits for what Box would take its time with. */
const hastyClock: Clock = { now: Date.now, sleep: () => setImmediate() };

const root = join(import.meta.dirname, '..');
const LIBRARIES = ['client', 'emulator', 'migrate', 'seal', 'transfer'];
const { examples } = readDocs('packages/*/src/**/*.ts');
const folder = await mkdtemp(join(root, '.doc-examples-'));
const programs = await writePrograms(folder, examples);
const started = process.cwd();
let work: string;

suite('the examples in doc comments', () => {
  let faults: Promise<readonly string[]>;
  before(async () => {
    // The compiler is done long before the last example.
    faults = typeFaults(folder, programs);
    work = await mkdtemp(join(tmpdir(), 'boxhaul-doc-examples-'));
  });
  after(async () => {
    process.chdir(started);
    await rm(work, { recursive: true });
    await rm(folder, { recursive: true });
  });

  for (const program of programs) {
    test(placeOf(program.example), () => runAlone(program));
  }

  test('are right by their types', async () => {
    assert.equal((await faults).join('\n'), '');
  });

  for (const library of LIBRARIES) {
    test(`are there for every function and method that ${library} exports`, () => {
      const index = readFileSync(join(root, `packages/${library}/src/index.ts`), 'utf8');
      const exported = new Set(index.replaceAll(/'.*'/g, '').match(/\w+/g));
      const { callables } = readDocs(`packages/${library}/src/**/*.ts`);
      const own = callables.filter(({ name }) => exported.has(name.split('.')[0] ?? ''));
      assert.ok(own.length > 2, `${own.length} were found`);
      const without = own.filter(({ hasExample }) => !hasExample);
      assert.equal(without.map(({ file, name }) => `${name} in ${file}`).join('\n'), '');
    });
  }
});

/** Runs an example on a Box and in a folder that no other has seen. */
async function runAlone(program: Program): Promise<void> {
  process.chdir(await mkdtemp(join(work, 'example-')));
  const box = await startEmulator();
  const auth = developerToken(box.token);
  const client = new BoxClient({ auth, baseUrl: box.url, clock: hastyClock });
  const seeded = await box.seed({ '/Reports/report.txt': 'All is well.' });
  await writeFile('report.txt', 'All is better.');
  // Its key takes longer than most examples.
  if (program.example.code.includes('config.json')) {
    await writeFile('config.json', JSON.stringify(await box.appConfig()), { mode: 0o600 });
  }
  try {
    const folderId = seeded['/Reports']?.id ?? '';
    const fileId = seeded['/Reports/report.txt']?.id ?? '';
    await runProgram(program, { client, box, folderId, fileId, console: { log() {} } });
  } finally {
    await client.close();
    await box.close();
  }
}
