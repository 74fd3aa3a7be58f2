/** What only a process shows: Ctrl-C, a pipe that closes, two commands at once. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import { run, start, temporaryFolder } from '../testing/process.ts';

async function startBox(t: TestContext, options: EmulatorOptions): Promise<Emulator> {
  const box = await startEmulator(options);
  t.after(() => box.close());
  return box;
}

function environment(box: Emulator): Record<string, string> {
  return { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
}

/** Settles when the emulator has seen so many requests of a kind. */
async function seen(box: Emulator, call: string, times: number): Promise<void> {
  while ((box.counts()[call] ?? 0) < times) await new Promise((resolve) => setImmediate(resolve));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} in the middle of an upload ends it with 130, and nothing half is left`, async (t) => {
    const box = await startBox(t, { bandwidthBytesPerSecond: 200_000 });
    const cwd = await temporaryFolder(t);
    await mkdir(join(cwd, 'photos'));
    for (const name of ['a', 'b', 'c', 'd']) {
      await writeFile(join(cwd, 'photos', name), Buffer.alloc(150_000, name));
    }
    const args = ['upload', 'photos/', '--to', '/', '--concurrency', '1'];
    const command = start(t, args, environment(box), cwd);
    await seen(box, 'POST /files/content', 2);
    command.child.kill(signal);
    const { code, stdout, stderr } = await command.ended;
    assert.equal(code, 130, stdout + stderr);
    const job = /job (\w+)\n/.exec(stdout)?.[1];
    assert.match(stdout, new RegExp(`\n {2}finishing what is in flight; boxhaul resume ${job} `));
    assert.match(
      stdout,
      new RegExp(`\ninterrupted after [^]* left +[12]\n[^]*→ boxhaul resume ${job}:`),
    );
    assert.doesNotMatch(stdout + stderr, /\n\s+at /, 'no stack');

    box.faults.clear();
    const listed = await run(t, ['ls', '/', '--json'], environment(box));
    const sizes = listed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).bytes);
    assert.ok(sizes.length < 4 && sizes.every((bytes) => bytes === 150_000), String(sizes));
  });
}

test('Ctrl-C in the middle of a download leaves no half file and no temporary one', async (t) => {
  const box = await startBox(t, { bandwidthBytesPerSecond: 200_000 });
  const cwd = await temporaryFolder(t);
  await box.seed({
    '/in/a': Buffer.alloc(150_000, 1),
    '/in/b': Buffer.alloc(150_000, 2),
    '/in/c': Buffer.alloc(150_000, 3),
  });
  const args = ['download', '/in', 'in', '--concurrency', '1'];
  const command = start(t, args, environment(box), cwd);
  await seen(box, 'GET /files/:id/content', 2);
  command.child.kill('SIGINT');
  const { code, stdout, stderr } = await command.ended;
  assert.equal(code, 130, stdout + stderr);
  for (const name of await readdir(join(cwd, 'in'))) {
    assert.match(name, /^[abc]$/);
    assert.equal((await readFile(join(cwd, 'in', name))).length, 150_000);
  }
});

test('a reader that goes away ends the command quietly', async (t) => {
  const box = await startBox(t, {});
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`/many/${i}.txt`, '']));
  await box.seed(many);
  const command = start(t, ['ls', '/many'], environment(box));
  await once(command.child.stdout, 'data');
  command.child.stdout.destroy();
  const { code, stderr } = await command.ended;
  assert.deepEqual([code, stderr], [0, '']);
});

test('a transfer whose reader goes away does not claim to be done', async (t) => {
  const box = await startBox(t, { bandwidthBytesPerSecond: 200_000 });
  const cwd = await temporaryFolder(t);
  for (const name of ['a', 'b', 'c']) await writeFile(join(cwd, name), Buffer.alloc(150_000));
  const args = ['upload', 'a', 'b', 'c', '--to', '/', '--json', '-q', '--concurrency', '1'];
  const command = start(t, args, environment(box), cwd);
  await once(command.child.stdout, 'data');
  command.child.stdout.destroy();
  const { code, stderr } = await command.ended;
  assert.deepEqual([code, stderr], [130, '']);
});

const skip = existsSync('/dev/full') ? false : 'no disk here is always full';

test('an answer that cannot be written is a failure, and says why', { skip }, async (t) => {
  const box = await startBox(t, {});
  await box.seed({ '/a.txt': 'a' });
  const full = await open('/dev/full', 'w');
  t.after(() => full.close());
  const command = join(import.meta.dirname, '../../bin/boxhaul.js');
  const child = spawn(process.execPath, [command, 'ls'], {
    env: environment(box),
    stdio: ['ignore', full.fd, 'pipe'],
  });
  assert.ok(child.stderr);
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.match(stderr, /standard output.*ENOSPC/);
  assert.equal(code, 1);
});

test('two commands with --local share one Box, at the same time and later', async (t) => {
  const home = await temporaryFolder(t);
  const cwd = await temporaryFolder(t);
  for (const side of ['left', 'right']) {
    await mkdir(join(cwd, side));
    for (let i = 0; i < 40; i++) await writeFile(join(cwd, side, `${i}.txt`), `${side} ${i}`);
  }
  const env = { BOXHAUL_HOME: home };
  const ended = await Promise.all(
    ['left', 'right'].map((side) => run(t, ['upload', side, '--to', '/both', '--local'], env, cwd)),
  );
  for (const { code, stdout, stderr } of ended) assert.equal(code, 0, stdout + stderr);
  const down = await run(t, ['download', '/both', 'back', '--local', '--json', '-q'], env, cwd);
  assert.equal(down.code, 0, down.stderr);
  assert.equal(JSON.parse(down.stdout.trim().split('\n').at(-1) ?? '').transferred, 80);
});

test('without a terminal, in a pipe, the output is plain lines', async (t) => {
  const home = await temporaryFolder(t);
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'a'), 'x');
  const shell = spawn('sh', ['-c', '"$@" | cat', 'sh', process.execPath, ...bin, '--local'], {
    cwd,
    env: { PATH: process.env.PATH, BOXHAUL_HOME: home, TERM: 'xterm-256color' },
  });
  let text = '';
  shell.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await once(shell, 'close');
  assert.match(text, /^made the folder \/new\n↑ a → \/new \(upload\) {3}job \w+\ndone in /);
  assert.ok(!text.includes('\u001b'));
});

const bin = [join(import.meta.dirname, '../../bin/boxhaul.js'), 'upload', 'a', '--to', '/new'];
