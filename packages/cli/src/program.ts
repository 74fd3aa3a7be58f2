/**
 * Every verb, its options and its help. Nothing here loads what a command needs to do its work:
 * `boxhaul --version` and `--help` cost a commander program and no more.
 */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { CommandContext, Surroundings } from './context.ts';
import { readEnvironment } from './environment.ts';
import type { ExitCode } from './exit-codes.ts';
import { noLog, openLog, type Rotation } from './log.ts';
import { addConnectionOptions, addGlobalOptions } from './options/global-options.ts';
import { isScheduled } from './options/schedule-options.ts';
import { openOutput } from './output/output.ts';
import { addAccountVerbs } from './verbs/account.ts';
import { addLsAndSearch, addUploadAndDownload } from './verbs/everyday.ts';
import { addJobVerbs } from './verbs/jobs.ts';
import { addLookingVerbs } from './verbs/looking.ts';
import { addSealingVerbs } from './verbs/sealing.ts';
import type { Start } from './verbs/start.ts';
import { addTidyVerbs } from './verbs/tidy.ts';
import { addToolVerbs } from './verbs/tools.ts';
import { version } from './version.ts';

/** What a run of the program ended with; `done` when no command ran (help, version). */
export interface Outcome {
  exitCode: ExitCode;
  /** Closed by whoever runs the program, after the last error was written to it. */
  context?: CommandContext;
}

interface Group {
  readonly verbs: readonly string[];
  readonly add: (program: Command, start: Start) => void;
}

/** Every command, in the order of the overview. */
export const GROUPS: readonly Group[] = [
  { verbs: ['upload', 'download'], add: addUploadAndDownload },
  { verbs: ['ls', 'search'], add: addLsAndSearch },
  {
    verbs: ['distribute', 'migrate', 'verify', 'jobs', 'resume', 'retry', 'schedule'],
    add: addJobVerbs,
  },
  { verbs: ['find', 'du', 'tree', 'cat', 'head', 'who', 'thumb'], add: addLookingVerbs },
  {
    verbs: [
      ...['copy', 'move', 'rm', 'mkdir', 'dedupe', 'trash', 'versions', 'share', 'unshare'],
      ...['invite', 'meta', 'comment', 'lock', 'unlock'],
    ],
    add: addTidyVerbs,
  },
  { verbs: ['keygen', 'reseal', 'setup'], add: addSealingVerbs },
  {
    verbs: ['login', 'logout', 'whoami', 'doctor', 'calls', 'users', 'groups'],
    add: addAccountVerbs,
  },
  { verbs: ['emulator', 'events', 'api', 'demo', 'completion'], add: addToolVerbs },
];

/** They look at all the other commands. */
const WHOLE: readonly (string | undefined)[] = ['schedule', 'completion'];

/** They are answered before any command is looked for. */
const ANSWERED_AT_ONCE: readonly (string | undefined)[] = ['-V', '--version'];

/**
 * All the options of all the commands take as long to make as Node takes to start: where the first word is a command,
 * those of its group will do.
 */
function groupsFor([verb]: readonly string[]): readonly Group[] {
  if (ANSWERED_AT_ONCE.includes(verb)) return [];
  const one = GROUPS.filter(({ verbs }) => verb !== undefined && verbs.includes(verb));
  return one.length === 0 || WHOLE.includes(verb) ? GROUPS : one;
}

/**
 * The program, ready to parse. A wrong command line throws commander's `CommanderError`; a command
 * that ran leaves its exit code in `outcome`, and what it throws passes through.
 */
export function createProgram(
  surroundings: Surroundings,
  outcome: Outcome,
  argv: readonly string[] = [],
  runInstead: CommandContext['runInstead'] = async () => outcome.exitCode,
): Command {
  const program = new Command('boxhaul')
    .description('Move files between this machine and Box.')
    .version(version(), '-V, --version', 'print the version')
    .usage('<command> [options]')
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
      getOutHelpWidth: () => surroundings.stdout.columns ?? 100,
      getErrHelpWidth: () => surroundings.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // Whoever catches the error says it, in our own form.
      outputError: () => {},
    });
  addConnectionOptions(program);
  addGlobalOptions(program);

  const start: Start = async (command, work) => {
    const context = {
      ...(await openContext(surroundings, program, command)),
      argv,
      runInstead,
    };
    outcome.context = context;
    const isOneOfMany = surroundings.witness !== undefined;
    outcome.exitCode =
      !isOneOfMany && isScheduled(command, context.options, context.env)
        ? await (await import('./schedule/keeping-on.ts')).keepOn(context)
        : await work(context);
  };
  for (const { add } of groupsFor(argv)) add(program, start);
  const plainHelp = program.createHelp();
  program.configureHelp({
    formatHelp: (command, help) =>
      command === program ? overview(program) : plainHelp.formatHelp(command, help),
  });
  for (const command of program.commands) command.configureHelp({});
  return program;
}

async function openContext(
  surroundings: Surroundings,
  program: Command,
  command: Command,
): Promise<Omit<CommandContext, 'argv' | 'runInstead'>> {
  const options = mergedOptions(program, command);
  const output = openOutput(options, surroundings);
  return {
    ...surroundings,
    ...(await readEnvironment(surroundings.env, surroundings.cwd)),
    options,
    output,
    log:
      options.logFile === undefined
        ? noLog
        : await openLog(
            resolve(surroundings.cwd, options.logFile),
            rotationOf(options),
            output.warn,
          ),
  };
}

function rotationOf({ logMaxSize, logKeep }: CommandContext['options']): Rotation {
  return { maxBytes: logMaxSize ?? 50_000_000, keep: logKeep ?? 5 };
}

/** Options may stand before the verb or behind it; what was typed beats a default. */
function mergedOptions(program: Command, command: Command): CommandContext['options'] {
  const merged = { ...program.opts(), ...command.opts() };
  for (const [name, value] of Object.entries(program.opts())) {
    const typedBefore = program.getOptionValueSource(name) === 'cli';
    const typedBehind = command.getOptionValueSource(name) === 'cli';
    if (typedBefore && !typedBehind) merged[name] = value;
  }
  return merged;
}

/** The help of the program itself: what people want to do, and three commands to copy. */
function overview(program: Command): string {
  const groups = new Map<string, string[]>();
  for (const command of program.commands) {
    const names = groups.get(command.helpGroup()) ?? [];
    groups.set(command.helpGroup(), [...names, command.name()]);
  }
  const verbs = [...groups].flatMap(([group, names]) =>
    inLines(names).map((line, at) => `  ${(at === 0 ? group : '').padEnd(11)}  ${line}`),
  );
  return `${[
    program.description(),
    '',
    ...verbs,
    '',
    '  boxhaul download https://acme.box.com/folder/123 ./in --ext .zip,.isx',
    '  boxhaul upload ./weekly --to /Backups --mode update',
    '  boxhaul demo                       nothing configured? watch it work on a built-in Box',
    '',
    'boxhaul <command> --help   ·   --local runs any of them on a Box on this machine',
  ].join('\n')}\n`;
}

/** So wide is a line of verbs: with its group it fits into a terminal of 80 columns. */
const VERBS_COLUMNS = 64;

function inLines(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    const longer = line === undefined ? name : `${line}  ${name}`;
    if (line === undefined || longer.length > VERBS_COLUMNS) lines.push(name);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
