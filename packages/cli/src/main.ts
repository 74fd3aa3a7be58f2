/** argv in, exit code out. */
import { CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import type { Surroundings } from './context.ts';
import { ExitCode } from './exit-codes.ts';
import { noLog } from './log.ts';
import { openOutput } from './output/output.ts';
import { reportError } from './output/report-error.ts';
import { createProgram, type Outcome } from './program.ts';

/**
 * Runs one command line to its end. Never throws: what went wrong has been said on `stderr` when the
 * exit code arrives.
 *
 * @param argv what stands behind `boxhaul`.
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const outcome: Outcome = { exitCode: ExitCode.done };
  const program = createProgram(surroundings, outcome);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync([...argv], { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.done;
    const output = outcome.context?.output ?? openOutput({}, surroundings);
    return reportError(await asCliError(error), output, outcome.context?.log ?? noLog);
  } finally {
    await outcome.context?.log.close();
  }
}

/** Wrong use in commander's words, or an error that still has to be put into words. */
async function asCliError(error: unknown): Promise<CliError> {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return wrongUse(error);
  const { explain } = await import('./output/explain.ts');
  return explain(error);
}

/** commander says `error: unknown option '--tp'`, and below it `(Did you mean --to?)`. */
function wrongUse(error: CommanderError): CliError {
  const [first = '', ...more] = error.message.split('\n');
  const suggestion = /\(Did you mean (.*?)\?\)/.exec(more.join(' '))?.[1];
  const ways = suggestion === undefined ? [] : [`did you mean ${suggestion}?`];
  return new CliError(first.replace(/^error: /, ''), {
    ways: [...ways, 'boxhaul --help'],
    cause: error,
  });
}

/** The command `boxhaul`: this process's arguments, streams, signals and exit code. */
export async function main(): Promise<void> {
  const interruption = new AbortController();
  process.exitCode = await run(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interruption.signal,
  });
}
