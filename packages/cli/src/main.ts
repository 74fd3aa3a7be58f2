/** argv in, exit code out. */
import { type Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import type { CommandContext, Surroundings } from './context.ts';
import { ExitCode } from './exit-codes.ts';
import { interrupter, OutputClosed } from './interruption.ts';
import { noLog } from './log.ts';
import { takesSchedule } from './options/schedule-options.ts';
import { type Output, openOutput } from './output/output.ts';
import { quoted } from './output/quoted.ts';
import { reportError } from './output/report-error.ts';
import { wrongUse } from './output/wrong-use.ts';
import { createProgram, type Outcome } from './program.ts';

/**
 * Runs one command line to its end. Never throws: what went wrong has been said on `stderr` when the
 * exit code arrives.
 *
 * @param argv what stands behind `boxhaul`.
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const outcome: Outcome = { exitCode: ExitCode.done };
  const program = createProgram(surroundings, outcome, argv, (other, cwd, witness) =>
    run(other, { ...surroundings, cwd, endsProcess: false, ...(witness && { witness }) }),
  );
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync([...argv], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && isAnswered(error)) return error.exitCode === 0 ? 0 : 2;
    const output = outcome.context?.output ?? openOutput(optionsIn(argv), surroundings);
    if (surroundings.signal.aborted) return interrupted(surroundings.signal, output);
    const help = [...meantToAdd(program, argv), helpFor(program, argv)];
    const said = await asCliError(error, help, outcome.context);
    surroundings.witness?.error(said);
    return reportError(said, output, outcome.context?.log ?? noLog);
  } finally {
    await outcome.context?.log.close();
  }
}

/** Help and version: commander has written them already. */
function isAnswered(error: CommanderError): boolean {
  return error.exitCode === 0 || error.code === 'commander.help';
}

/** Enough of the options to report that the others are wrong. */
function optionsIn(argv: readonly string[]): { json: boolean; debug: boolean; color: boolean } {
  return {
    json: argv.includes('--json'),
    debug: argv.includes('--debug'),
    color: !argv.includes('--no-color'),
  };
}

/** Whatever a command throws once it was told to stop, it stopped because of that. */
function interrupted(signal: AbortSignal, output: Output): ExitCode {
  if (signal.reason instanceof OutputClosed) return ExitCode.done;
  output.warn(`${output.errorStyle.red('boxhaul:')} interrupted`);
  output.event('error', { message: 'interrupted', exitCode: ExitCode.interrupted });
  return ExitCode.interrupted;
}

/** Wrong use in commander's words, or an error that still has to be put into words. */
async function asCliError(
  error: unknown,
  help: readonly string[],
  context?: CommandContext,
): Promise<CliError> {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return wrongUse(error, ...help);
  const { askingOf, explain } = await import('./output/explain.ts');
  return explain(error, context && askingOf(context));
}

/** The command that explains what was typed: that of the verb, if there is one among the words. */
function helpFor(program: Command, argv: readonly string[]): string {
  const verbs: string[] = [];
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) continue;
    verbs.push(word);
    command = next;
  }
  return ['boxhaul', ...verbs, '--help'].join(' ');
}

/** `schedule upload …`, which `schedule add` does: what stands before `upload` says when. */
function meantToAdd(program: Command, [first, ...rest]: readonly string[]): string[] {
  const at = rest.findIndex((word) =>
    program.commands.some((one) => one.name() === word && takesSchedule(one)),
  );
  if (first !== 'schedule' || at < 0 || rest[0] === 'add') return [];
  const times = at === 0 ? ['--every', '1h'] : rest.slice(0, at);
  return [`boxhaul schedule add ${times.map(quoted).join(' ')} ${rest[at]} …`];
}

/** How long the second Ctrl-C waits for everything to be put away. */
const STOPPING_MS = 3_000;

/** The command `boxhaul`: this process's arguments, streams, signals and exit code. */
export async function main(): Promise<void> {
  const interruption = new AbortController();
  const stopNow = new AbortController();
  const exit = () => process.exit(ExitCode.interrupted);
  const onSignal = interrupter({
    end: interruption,
    stopNow,
    exit,
    nowMs: () => performance.now(),
  });
  // Whoever does not listen, or cannot, has so long.
  stopNow.signal.addEventListener('abort', () => setTimeout(exit, STOPPING_MS).unref());
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  let isOutputLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && !isOutputLost) {
      isOutputLost = true;
      process.exitCode = ExitCode.failed;
      process.stderr.write(`boxhaul: standard output cannot be written: ${error.message}\n`);
    }
    const reason = new OutputClosed();
    interruption.abort(reason);
    stopNow.abort(reason);
  });
  // Nobody is left who could be told.
  process.stderr.on('error', () => {});
  process.on('uncaughtException', (error) => {
    const { message, stack } = error;
    process.stderr.write(
      `boxhaul: unexpected: ${process.argv.includes('--debug') ? stack : message}\n  → please report it\n`,
    );
    process.exit(ExitCode.failed);
  });
  const exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interruption.signal,
    stopNow: stopNow.signal,
    endsProcess: true,
  });
  for (const stream of [process.stdout, process.stderr]) await taken(stream);
  // Node would put away, one by one, what is gone with the process.
  process.exit(isOutputLost ? ExitCode.failed : exitCode);
}

/** Settles when all that was written has been taken, or never will be. */
function taken(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
