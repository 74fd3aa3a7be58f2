import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { addConnectionOptions, addGlobalOptions } from '../options/global-options.ts';

/**
 * Runs a command's code: makes its context from the options that were parsed, keeps the exit code.
 * The code itself is imported inside `work`, so that only what was asked for is loaded.
 */
export type Start = (
  command: Command,
  work: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>;

/** The end of a command's help: commands that work as they stand. */
export function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ ${line}`)].join('\n');
}

/**
 * Ends a command that talks to Box: the options of all such commands, and examples.
 *
 * @param before text above the examples
 */
export function finish(command: Command, lines: readonly string[], before = ''): Command {
  addConnectionOptions(command);
  addGlobalOptions(command);
  return command.addHelpText('after', `${before}${examples(...lines)}`);
}
