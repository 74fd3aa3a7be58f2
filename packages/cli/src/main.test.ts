import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Command } from 'commander';
import { createProgram, GROUPS } from './program.ts';
import { nowhere, runHere } from './testing/in-process.ts';

const bin = join(import.meta.dirname, '../bin/boxhaul.js');

suite('wrong use ends with 2, says what is wrong and what to do', () => {
  const table: [args: string[], says: RegExp][] = [
    [['uplaod'], /unknown command 'uplaod'\n {2}→ did you mean upload\?/],
    [
      ['upload', '--moed', 'update'],
      /unknown option '--moed'\n {2}→ did you mean --mode\?\n {2}→ boxhaul upload --help/,
    ],
    [
      ['upload', 'x', '--to', '/', '--mode', 'move'],
      /'move' is invalid.*upload, overwrite, update/,
    ],
    [['upload', 'x', '--to', '/', '--concurrency', '0'], /whole number from 1 to 64/],
    [['upload', 'x', '--to', '/', '--concurrency', 'many'], /whole number from 1 to 64/],
    [['download', '/x', '--ext', '*.zip'], /"\*\.zip" is not an extension.*--include/],
    [['ls', '--base-url', 'localhost:4010'], /Give a web address/],
    [['whoami', 'a'], /too many arguments/],
    [['upload', 'x'], /not said where to\n {2}→ boxhaul upload … --to/],
    [['upload', 'a', '/Backups'], /not said where to\n {2}→ boxhaul upload a --to \/Backups/],
    [['upload', '--to', '/Backups'], /not said what to send\n/],
    [['upload', 'x', '--to', '/a', '--url', '/b'], /name different folders/],
    [
      ['upload', 'no-such-file', '--to', '/'],
      /no-such-file is not there\n {2}paths are taken from \//,
    ],
    [['download'], /not said what to fetch\n/],
    [['download', 'a', 'b', '-d', 'c'], /"b" is one word too many/],
    [['completion', 'tcsh'], /'tcsh' is invalid.*bash, zsh, fish/],
    [['ls', '--local', '--token', 'x'], /--local and --token say different things/],
    [['ls', '--log-file', '/nonexistent/x.log', '--token', 'x'], /log file .* cannot be written/],
  ];
  for (const [args, says] of table) {
    test(`boxhaul ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runHere(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
      assert.match(stderr, /^boxhaul: /);
      assert.equal(stdout, '');
      assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
    });
  }
});

test('a stack is shown with --debug only', async () => {
  const { stderr } = await runHere(['ls', '--local', '--token', 'x', '--debug']);
  assert.match(stderr, /\n\s+at /);
});

test('with --json an error is also an event on stdout', async () => {
  const { code, stdout } = await runHere(['ls', '--json']);
  assert.equal(code, 3);
  const { v, type, message, exitCode } = JSON.parse(stdout);
  assert.deepEqual([v, type, message, exitCode], [1, 'error', 'no credentials', 3]);
});

test('without credentials the four ways to give some are named', async () => {
  const { code, stderr } = await runHere(['ls']);
  assert.equal(code, 3);
  for (const way of ['boxhaul login', 'BOX_DEVELOPER_TOKEN=', '-c config.json', '--local']) {
    assert.ok(stderr.includes(way), way);
  }
});

test('alone it shows every verb in its group, and commands to copy', async () => {
  const { code, stdout, stderr } = await runHere([]);
  assert.equal(code, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /Everyday +upload {2}download {2}ls {2}search\n/);
  assert.match(stdout, /Tidy [\w\s]+ copy\s+move\s+rm\s+mkdir\s/);
  assert.match(
    stdout,
    /Account +login {2}logout {2}whoami {2}doctor {2}calls {2}users {2}groups\n/,
  );
  assert.match(stdout, /Tools +emulator {2}events {2}api {2}demo {2}completion\n/);
});

test('a start with a command makes its group alone, with --version none; one that looks at the others makes all', () => {
  const made = (...argv: string[]) =>
    createProgram(nowhere, { exitCode: 0 }, argv).commands.map((command) => command.name());
  const all = GROUPS.flatMap(({ verbs }) => verbs);
  for (const { verbs } of GROUPS) {
    for (const verb of verbs) {
      const isWhole = verb === 'schedule' || verb === 'completion';
      assert.deepEqual(made(verb, '--help'), isWhole ? all : verbs, verb);
    }
  }
  for (const argv of [[], ['--json', 'ls'], ['help', 'ls'], ['sl']]) {
    assert.deepEqual(made(...argv), all, argv.join(' '));
  }
  for (const argv of [['--version'], ['-V', 'ls']]) assert.deepEqual(made(...argv), []);
});

test('the help of every command ends with examples whose options parse', async () => {
  const check = async (command: Command, above: readonly string[]) => {
    const verb = [...above, command.name()];
    const { code, stdout } = await runHere([...verb, '--help']);
    assert.equal(code, 0);
    const [, lines = ''] = stdout.split('\nExamples:\n');
    const examples = lines.trim().split('\n');
    assert.ok(examples.length >= 2, verb.join(' '));
    for (const example of examples) {
      const words = shellWords(example.trim());
      const start = words.splice(0, verb.length + 2);
      assert.deepEqual(start, ['$', 'boxhaul', ...verb]);
      if (command.commands.length > 0) continue;
      assert.deepEqual(command.parseOptions(words).unknown, [], example);
    }
    for (const second of command.commands) await check(second, verb);
  };
  for (const command of createProgram(nowhere, { exitCode: 0 }).commands) await check(command, []);
});

/** As a shell would split them, up to where another command or a file follows. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const end = words.findIndex((word) => word === '>' || word === '|');
  return words
    .slice(0, end < 0 ? words.length : end)
    .map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

test('neither --version nor --help loads what commands work with', () => {
  const loaded = (...args: string[]) => {
    const { stderr } = spawnSync(process.execPath, [bin, ...args], {
      encoding: 'utf8',
      env: { NODE_DEBUG: 'esm' },
      maxBuffer: 2 ** 26,
    });
    const heavy = ['undici', 'zod', 'fastify', 'pino', 'jose', 'dotenv'];
    return heavy.filter((name) => stderr.includes(`node_modules/${name}/`));
  };
  assert.deepEqual(loaded('--version'), []);
  assert.deepEqual(loaded('upload', '--help'), []);
  assert.deepEqual(loaded('ls'), ['undici', 'zod', 'jose'], 'this test sees what is loaded');
});

test('an old Node is told which one is needed, and how to get it', () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, bin, 'ls'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 2);
  assert.match(stderr, /Node\.js 18\.20\.4, and 24 or newer is needed/);
  assert.match(stderr, /nvm install 24/);
});
