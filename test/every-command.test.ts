/** Every command of the program, each with what every command must do. A new one needs a row in `every-command/cases.ts`. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createProgram } from '../packages/cli/src/program.ts';
import { nowhere, runHere } from '../packages/cli/src/testing/in-process.ts';
import { typesOfKnown } from './event-schema.ts';
import { type Case, cases, elsewhere } from './every-command/cases.ts';
import { type CommandStage, commandStage } from './every-command/stage.ts';

type Command = ReturnType<typeof createProgram>['commands'][number];

const commands = new Map(
  createProgram(nowhere, { exitCode: 0 }).commands.flatMap((command) => leavesOf(command, [])),
);

test('every command is tried, here or in a test of its own', () => {
  assert.deepEqual([...commands.keys()].sort(), Object.keys({ ...cases, ...elsewhere }).sort());
  for (const [name, path] of Object.entries(elsewhere)) {
    const words = name.split(' ').map((word) => `'${word}'`);
    const text = readFileSync(join(import.meta.dirname, '..', path), 'utf8');
    assert.ok(
      words.every((word) => text.includes(word)),
      `${path} has nothing of ${name}`,
    );
  }
});

suite('the command', () => {
  for (const [name, one] of Object.entries(cases)) {
    const command = commands.get(name);
    const has = (long: string) => command?.options.some((option) => option.long === long) === true;
    const verb = name.split(' ');

    test(`${name} names a wrong target, and does what is right`, async (t) => {
      const stage = await commandStage(t);
      await tellsWrong(stage, verb, one);
      const dry = has('--dry-run') && name !== 'api' ? ['--dry-run'] : [];
      for (const target of spellings(one, stage)) {
        const words = [...verb, ...filled(one.right, target), ...dry];
        const { code, stderr } = await stage.run(...words);
        assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
      }
      const right = [...verb, ...filled(one.right, one.target)];
      if (command?.options.some(({ long, short }) => long === '--yes' && short === '-y')) {
        const { code, stderr } = await stage.run(...right);
        assert.equal(code, 2, stderr);
        assert.match(
          stderr,
          /has to ask first, and there is no terminal to ask at: .*\n {2}→ --yes/,
        );
        right.push('--yes');
      }
      const { code, stdout, stderr } = await stage.run(...right, '--json');
      assert.equal(code, 0, stderr);
      const types = typesOfKnown(stdout);
      assert.ok(!types.includes('error') && (types.length > 0 || one.isSilent), stdout);
    });

    const which = one.example ?? 0;
    if (which === 'none') continue;
    test(`${name} has an example that runs as it stands`, async (t) => {
      const { cwd, env } = await commandStage(t);
      const example = examplesOf(command)[which] ?? '';
      const words = shellWords(example).filter((word) => word !== '--local');
      const isAsked = has('--yes') && !words.includes('--dry-run') && !words.includes('--yes');
      const args = [...words.slice(1), ...(isAsked ? ['--yes'] : [])];
      const { code, stderr } = await runHere(args, { cwd, env });
      assert.equal(code, 0, `${example}: ${stderr}`);
    });
  }
});

/** In words with a way out, and as an event with the same exit code, whatever else is told. */
async function tellsWrong(
  stage: CommandStage,
  verb: string[],
  { wrong, says, code: due = 2 }: Case,
) {
  const told = await stage.run(...verb, ...wrong);
  assert.equal(told.code, due, told.stderr);
  assert.match(told.stderr + (verb[0] === 'doctor' ? told.stdout : ''), says);
  const events = await stage.run(...verb, ...wrong, '--json');
  assert.equal(events.code, due);
  const last = typesOfKnown(events.stdout).at(-1);
  assert.equal(last, verb[0] === 'doctor' ? 'summary' : 'error');
  assert.equal(JSON.parse(events.stdout.trim().split('\n').at(-1) ?? '').exitCode, due);
}

/** The target by its id, its address and a glob; its path is what all else goes by. */
function spellings({ target, right, isOne }: Case, { ids }: CommandStage): string[] {
  if (target === undefined) return [];
  const { type, id } = ids[target] ?? {};
  assert.ok(id && right.includes('{}'), `${target} is not on the stage`);
  const glob = isOne ? [] : [target.replace(/.$/, '?')];
  return [id, `https://app.box.com/${type}/${id}`, ...glob];
}

function filled(words: readonly string[], target = ''): string[] {
  return words.map((word) => (word === '{}' ? target : word));
}

function leavesOf(command: Command, above: readonly string[]): [name: string, Command][] {
  const name = [...above, command.name()];
  if (command.commands.length === 0) return [[name.join(' '), command]];
  return command.commands.flatMap((second) => leavesOf(second, name));
}

function examplesOf(command: Command | undefined): string[] {
  let text = '';
  command?.configureOutput({ writeOut: (more) => (text += more) }).outputHelp();
  const [, lines = ''] = text.split('\nExamples:\n');
  return lines.split('\n').flatMap((line) => line.match(/^ {2}\$ (.*)/)?.[1] ?? []);
}

/** As a shell would split them, up to where another command or a file follows. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const end = words.findIndex((word) => word === '>' || word === '|');
  const own = words.slice(0, end < 0 ? words.length : end);
  return own.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
