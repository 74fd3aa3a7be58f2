/**
 * What can be typed after `boxhaul`, read off the commander program itself, so that a completion
 * script and the command pages never differ from what the program accepts.
 */
import type { Argument, Command, Option } from 'commander';

/** What stands in the place of a value: one of some words, a path, or something only a person knows. */
export type ValueKind =
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'file' }
  | { kind: 'directory' }
  | { kind: 'text' };

/** One option, with each spelling as typed: `--mode`, `-m`. */
export interface OptionWords {
  spellings: readonly string[];
  description: string;
  /** Absent for a switch, which takes no value. */
  value?: ValueKind;
  /** The placeholder's name: `mode` in `--mode <mode>`. */
  valueName?: string;
}

/** One positional argument. */
export interface ArgumentWords {
  name: string;
  value: ValueKind;
  required: boolean;
  /** Takes all that follow. */
  variadic: boolean;
}

/** A verb and all the options that may follow it. */
export interface VerbWords {
  name: string;
  description: string;
  options: readonly OptionWords[];
  arguments: readonly ArgumentWords[];
}

/** The whole command line. */
export interface Grammar {
  name: string;
  /** Options that may stand before the verb. */
  globals: readonly OptionWords[];
  verbs: readonly VerbWords[];
}

/** Reads a program: its verbs, options and arguments, without the hidden ones. */
export function grammarOf(program: Command): Grammar {
  return {
    name: program.name(),
    globals: optionsOf(program),
    verbs: program.createHelp().visibleCommands(program).map(verbWords),
  };
}

function verbWords(command: Command): VerbWords {
  const seconds = command.createHelp().visibleCommands(command);
  return {
    name: command.name(),
    description: sentence(command.summary() || command.description()),
    options: uniqueOptions([command, ...seconds.flatMap(withAllBelow)]),
    arguments:
      seconds.length === 0
        ? command.registeredArguments.map(argumentWords)
        : [secondWord(seconds.map((one) => one.name()))],
  };
}

function withAllBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withAllBelow)];
}

/** Of a verb with a second word: the options of all of them, each once. */
function uniqueOptions(commands: readonly Command[]): OptionWords[] {
  const known = new Map<string, OptionWords>();
  for (const option of commands.flatMap(optionsOf)) {
    const name = option.spellings.join(' ');
    if (!known.has(name)) known.set(name, option);
  }
  return [...known.values()];
}

function secondWord(words: readonly string[]): ArgumentWords {
  return { name: 'command', value: { kind: 'words', words }, required: true, variadic: false };
}

function optionsOf(command: Command): OptionWords[] {
  return command.createHelp().visibleOptions(command).map(optionWords);
}

function optionWords(option: Option): OptionWords {
  const spellings = [option.short, option.long].filter((spelling) => spelling !== undefined);
  const base = { spellings, description: sentence(option.description) };
  if (!option.required && !option.optional) return base;
  const valueName = /[<[]([^>\]]+?)(?:\.\.\.)?[>\]]/.exec(option.flags)?.[1] ?? 'value';
  return { ...base, valueName, value: valueKind(valueName, option.argChoices) };
}

function argumentWords(argument: Argument): ArgumentWords {
  return {
    name: argument.name(),
    value: valueKind(argument.name(), argument.argChoices),
    required: argument.required,
    variadic: argument.variadic,
  };
}

/** Placeholders are named for what they take: `<dir>`, `<file>`, `<path...>`; others are text. */
function valueKind(placeholder: string, choices: readonly string[] | undefined): ValueKind {
  if (choices !== undefined) return { kind: 'words', words: choices };
  if (/^(dir|directory)$/i.test(placeholder)) return { kind: 'directory' };
  if (/^(file|path|config|config\.json)$/i.test(placeholder)) return { kind: 'file' };
  return { kind: 'text' };
}

/** The first line of a description: what fits behind a word in a menu. */
function sentence(description: string): string {
  return description.split('\n', 1)[0]?.trim() ?? '';
}
