/** The words of a command that the system is to run: what is wrong with them is told now, and not at night in a log. */
import { parseReference } from '@boxhaul/client';
import { type Command, CommanderError, type Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { readsInput } from '../options/option-values.ts';
import { takesSchedule } from '../options/schedule-options.ts';
import { printable } from '../output/width.ts';
import { wrongUse } from '../output/wrong-use.ts';
import { type SelectionOptions, transferFilter } from '../transfer/selection.ts';

export interface ScheduledWords {
  /** Without the address of a ping, which goes its own way. */
  readonly kept: string[];
  readonly pingUrl: string | undefined;
}

/**
 * Checks all that the command itself would find wrong in its words. What they name, here and on Box, is looked for when
 * it runs: that may yet come.
 * @throws CliError it cannot be scheduled, or not with these words
 */
export async function scheduledWords(
  words: readonly string[],
  { program, cwd }: { readonly program: Command; readonly cwd: string },
): Promise<ScheduledWords> {
  const [verb = '', ...rest] = words;
  const command = program.commands.find((one) => one.name() === verb && takesSchedule(one));
  if (!command) throw notScheduled(verb, program);
  assertOwnBefore(verb, rest, program);
  const { args, options } = await parsed(command, rest);
  assertRunsAlone(rest);
  await assertEndsSaid(verb, args, options);
  const side = verb === 'download' ? 'box' : 'disk';
  await transferFilter(options as SelectionOptions, { side, cwd });
  return pingTaken(words);
}

function notScheduled(verb: string, program: Command): CliError {
  const verbs = program.commands.filter(takesSchedule).map((one) => one.name());
  return new CliError(`"${printable(verb)}" is no command that can be scheduled`, {
    details: [`these can: ${verbs.join(', ')}`],
    ways: ['boxhaul schedule add --every 5m upload ./out/ --to /Inbox'],
  });
}

/** Of `schedule add` itself: what the command has, too, would there have another meaning, or none. */
function assertOwnBefore(verb: string, words: readonly string[], program: Command): void {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const typed = new Set(words.slice(0, end).map((word) => word.split('=', 1)[0]));
  const own = ownOptions(program).find(({ long }) => typed.has(long ?? ''));
  if (own === undefined) return;
  throw new CliError(`${own.long} is said before the command that is scheduled`, {
    ways: [`boxhaul schedule add ${own.long}${own.required ? ' …' : ''} ${verb} …`],
  });
}

/** Those for output are the command's own as well. */
function ownOptions(program: Command): readonly Option[] {
  const schedule = program.commands.find((one) => one.name() === 'schedule');
  const add = schedule?.commands.find((one) => one.name() === 'add');
  const shared = new Set(program.options.map(({ long }) => long));
  return (add?.options ?? []).filter(({ long }) => !shared.has(long));
}

/** As the command takes them, without doing it. */
async function parsed(
  command: Command,
  words: readonly string[],
): Promise<{ args: unknown[]; options: Record<string, unknown> }> {
  try {
    await command.action(() => undefined).parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode === 0) throw error;
    throw wrongUse(error, `boxhaul ${command.name()} --help`);
  }
  return { args: command.processedArgs, options: command.opts() };
}

/** Nobody is there who could be asked, and whoever can read the file of the system would see a secret. */
function assertRunsAlone(words: readonly string[]): void {
  const isGiven = (long: string) => words.some((word) => word.split('=', 1)[0] === long);
  if (isGiven('--token')) {
    throw new CliError('a token would stand in a file that others can read, and lasts an hour', {
      ways: ['-c config.json', 'boxhaul login, for an account of your own'],
    });
  }
  if (readsInput(words)) {
    throw new CliError('there is no standard input when the system runs it', {
      ways: ['name a folder, or choose with --include and --filter-from'],
    });
  }
}

/** What is sent or fetched, and where to: by the checks of each command. */
async function assertEndsSaid(
  verb: string,
  [first, second]: readonly unknown[],
  options: Record<string, unknown>,
): Promise<void> {
  for (const word of await foldersSaid(verb, first, second, options)) parseReference(word);
}

/** @returns what is named on Box */
async function foldersSaid(
  verb: string,
  first: unknown,
  second: unknown,
  options: Record<string, unknown>,
): Promise<readonly string[]> {
  switch (verb) {
    case 'upload': {
      const { assertMirrors, uploadEnds } = await import('../commands/upload.ts');
      assertMirrors(options);
      return [uploadEnds(first as string[], options).to];
    }
    case 'download': {
      const { downloadEnds } = await import('../commands/download.ts');
      const given = { source: first as string | undefined, dir: second as string | undefined };
      return [downloadEnds(given, options).source];
    }
    case 'distribute': {
      const { assertDistributes } = await import('../commands/distribute.ts');
      assertDistributes(first as string[], options);
      return (options.to as string[] | undefined) ?? [];
    }
    case 'migrate': {
      const { migrateEnds } = await import('../commands/migrate.ts');
      return [migrateEnds(first as string | undefined, options).to];
    }
    default:
      return [second as string];
  }
}

/** The last counts, as on the command line. */
function pingTaken(words: readonly string[]): ScheduledWords {
  const kept: string[] = [];
  let pingUrl: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--ping-url') pingUrl = words[++at];
    else if (word.startsWith('--ping-url=')) pingUrl = word.slice('--ping-url='.length);
    else kept.push(word);
  }
  return { kept, pingUrl };
}
