import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Argument, Command, Option } from 'commander';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { grammarOf } from './grammar.ts';
import { zshCompletion } from './zsh.ts';

const grammar = grammarOf(sampleProgram());
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'boxhaul-completion-'));
  writeFileSync(join(folder, 'notes one.txt'), '');
  mkdirSync(join(folder, 'nested'));
  writeFileSync(join(folder, 'box.bash'), bashCompletion(grammar));
  writeFileSync(join(folder, 'box.fish'), fishCompletion(grammar));
  writeFileSync(join(folder, '_box'), zshCompletion(grammar));
});
after(() => rmSync(folder, { recursive: true }));

const table: [typed: string, offered: string[]][] = [
  ['box up', ['upload']],
  ['box ', ['upload', 'shell']],
  ['box upload --mo', ['--mode']],
  ['box upload --mode ', ['upload', 'overwrite', 'update']],
  ['box upload --mode=up', ['upload', 'update']],
  ['box upload --config no', ['notes one.txt']],
  ['box upload --data ne', ['nested']],
  ['box upload no', ['notes one.txt']],
  ['box upload nested no', ['notes one.txt']],
  ['box --config nested up', ['upload']],
  ['box upload --mode update no', ['notes one.txt']],
  ['box upload --to ', []],
  ['box shell f', ['fish']],
];

test('bash completes verbs, options, choices and paths', () => {
  for (const [typed, expected] of table) {
    assert.deepEqual(bashOffers(typed).sort(), [...expected].sort(), typed);
  }
});

test('bash lists no hidden command or option', () => {
  assert.ok(!bashCompletion(grammar).includes('secret'));
  assert.ok(!zshCompletion(grammar).includes('secret'));
  assert.ok(!fishCompletion(grammar).includes('secret'));
});

test('fish completes the same', { skip: !has('fish') && 'fish is not installed' }, () => {
  for (const [typed, expected] of table) {
    const offers = fishOffers(typed);
    for (const word of expected) {
      assert.ok(
        offers.some((offer) => offer.replace(/^--mode=/, '').startsWith(word)),
        `${typed}: ${offers}`,
      );
    }
    if (expected.length === 0) assert.deepEqual(offers, [], typed);
  }
});

test('zsh accepts the script and offers the choices', {
  skip: !has('zsh') && 'zsh is not installed',
}, () => {
  assert.match(zshOffers('box upload --mode '), /overwrite/);
  assert.match(zshOffers('box sh'), /box shell/);
  assert.match(zshOffers('box upload --config no'), /notes\\ one\.txt/);
});

function bashOffers(typed: string): string[] {
  // As readline does it: the line split at spaces and at '='.
  const words = typed.split(/(?<==)|(?==)| /);
  const script = `
    source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _box; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf('bash', ['--norc', '-c', script, join(folder, 'box.bash'), ...words]);
}

function fishOffers(typed: string): string[] {
  const script = 'source $argv[1]; complete -C $argv[2]';
  return linesOf('fish', ['--no-config', '-c', script, join(folder, 'box.fish'), typed]);
}

/** Types into a real zsh on a pseudo-terminal (zsh completes nowhere else), and reads its screen. */
function zshOffers(typed: string): string {
  const script = `
    zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'PS1=; fpath=(${folder} $fpath); autoload -U compinit; compinit -u -D; cd ${folder}; print RE""ADY'
    zpty -r z out '*READY*'
    zpty -w -n z $'${typed}\\t\\t'
    zpty -w -n z $'\\C-a#\\n'
    zpty -w z 'print DO""NE'
    zpty -r z out '*DONE*'
    print -r -- "$out"`;
  return linesOf('zsh', ['-f', '-c', script]).join('\n');
}

function linesOf(shell: string, args: readonly string[]): string[] {
  const out = execFileSync(shell, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
    timeout: 20_000,
  });
  return out.split('\n').filter(Boolean);
}

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

function sampleProgram(): Command {
  const program = new Command('box').addOption(new Option('-c, --config <file>', 'a [JWT]: app'));
  program.addOption(new Option('--secret-switch').hideHelp()).helpCommand(false).helpOption(false);
  program
    .command('upload <path...>')
    .summary("send files: it's a tree")
    .addOption(new Option('--mode <mode>', 'how').choices(['upload', 'overwrite', 'update']))
    .addOption(new Option('--data <dir>', 'where'))
    .addOption(new Option('--to <folder>', 'which'))
    .option('--no-check', 'a switch');
  program.command('shell').addArgument(new Argument('<shell>').choices(['bash', 'fish']));
  program.command('secret', { hidden: true });
  for (const command of program.commands) command.helpOption(false);
  return program;
}
