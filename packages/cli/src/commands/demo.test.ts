import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, temporaryFolder } from '../testing/process.ts';

interface DemoEvent {
  type: string;
  title?: string;
  ok?: boolean;
  claims?: { claim: string; holds: boolean }[];
  report?: { transferred: number; skipped: number; failed: number };
}

test('shows the three modes, both directions, a filter and a broken line, and proves each', async (t) => {
  const folder = await tree(await temporaryFolder(t));
  const { code, stdout, stderr } = await run(t, ['demo', folder, '--json']);
  assert.equal(code, 0, stderr);
  const events: DemoEvent[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const steps = events.filter(({ type }) => type === 'demo-step');
  assert.deepEqual(
    steps.map(({ title, report }) => [title, report?.transferred, report?.skipped, report?.failed]),
    [
      ['upload', 5, 0, 0],
      ['upload, once more', 0, 5, 0],
      ['update', 2, 3, 0],
      ['overwrite', 1, 4, 0],
      ['download', 5, 0, 0],
      ['download, filtered', 3, 0, 0],
    ],
  );
  const claims = steps.flatMap((step) => step.claims ?? []);
  assert.ok(claims.every(({ holds }) => holds));
  for (const word of [
    'broken on purpose',
    'byte for byte',
    'history',
    'trash',
    'not one upload',
    '.txt',
  ]) {
    assert.ok(
      claims.some(({ claim }) => claim.includes(word)),
      word,
    );
  }
  assert.equal(events.at(-1)?.ok, true);
});

test('leaves the folder that it was given as it is, and nothing in the temporary one', async (t) => {
  const folder = await tree(await temporaryFolder(t));
  const temporary = await temporaryFolder(t);
  const { code, stderr } = await run(t, ['demo', folder], { TMPDIR: temporary });
  assert.equal(code, 0, stderr);
  assert.deepEqual(readdirSync(temporary), []);
  assert.equal(readFileSync(join(folder, 'one.txt'), 'utf8'), 'one\n');
});

test('without a folder it shows the documentation of the project, in words for people', async (t) => {
  const { code, stdout, stderr } = await run(t, ['demo']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /the project's documentation and examples/);
  assert.match(stdout, /✓ the connection was broken on purpose/);
  assert.ok(!stdout.includes('✗'));
  assert.ok(!stdout.includes('\u001b'), 'no colours without a terminal');
});

test('works with one file, and with files without extensions', async (t) => {
  const folder = await temporaryFolder(t);
  writeFileSync(join(folder, 'README'), 'alone');
  const { code, stdout, stderr } = await run(t, ['demo', folder]);
  assert.equal(code, 0, stdout + stderr);
});

test('a folder that cannot be shown is refused before anything starts', async (t) => {
  const empty = await temporaryFolder(t);
  for (const [folder, message] of [
    [empty, /has no files/],
    [join(empty, 'absent'), /is not a folder/],
  ] as const) {
    const { code, stderr } = await run(t, ['demo', folder]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

async function tree(folder: string): Promise<string> {
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'one.txt'), 'one\n');
  writeFileSync(join(folder, 'empty.txt'), '');
  writeFileSync(join(folder, 'deep/ünï cödé ☃.txt'), 'names');
  writeFileSync(join(folder, 'deep/er/bytes.bin'), Buffer.alloc(300_000, 7));
  writeFileSync(join(folder, 'deep/er/noext'), 'x');
  return folder;
}
