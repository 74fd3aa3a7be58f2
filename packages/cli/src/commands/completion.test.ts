import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { createProgram } from '../program.ts';
import { nowhere } from '../testing/in-process.ts';
import { run } from '../testing/process.ts';

test('the script for bash knows every verb and the choices of the real program', async (t) => {
  const { code, stdout, stderr } = await run(t, ['completion', 'bash']);
  assert.deepEqual([code, stderr], [0, '']);
  const table: [words: string[], offered: RegExp][] = [
    [['upload', '--mode', ''], /^overwrite update upload$/],
    [['emulator', '--limits', 'b'], /^box$/],
    [['completion', ''], /^bash fish zsh$/],
    [['emulator', '--ban'], /^--bandwidth$/],
    [['login', '--no-b'], /^--no-browser$/],
    [['--local', 'do'], /^doctor download$/],
  ];
  const verbs = createProgram(nowhere, { exitCode: 0 }).commands.map((verb) => verb.name());
  assert.deepEqual(offers(stdout, ['']).split(' '), [...verbs, 'help'].sort());
  for (const [words, offered] of table) {
    assert.match(offers(stdout, words), offered, words.join(' '));
  }
});

test('a shell that there is no script for is refused with those that there are', async (t) => {
  const { code, stderr } = await run(t, ['completion', 'tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /bash, zsh, fish/);
});

/** What bash offers for the last word, sorted. */
function offers(script: string, words: readonly string[]): string {
  const use = `${script}
    COMP_WORDS=(boxhaul "$@"); COMP_CWORD=$#; _boxhaul; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', use, 'bash', ...words], { encoding: 'utf8' });
  return out.trim().split('\n').sort().join(' ');
}
