import type { CommanderError } from 'commander';
import { CliError } from '../cli-error.ts';

/**
 * What commander found wrong in a command line. It says `error: unknown option '--tp'`, and below it
 * `(Did you mean --to?)`.
 * @param ways beside its own suggestion
 */
export function wrongUse(error: CommanderError, ...ways: readonly string[]): CliError {
  const [first = '', ...more] = error.message.split('\n');
  const suggestion = /\(Did you mean (.*?)\?\)/.exec(more.join(' '))?.[1];
  const meant = suggestion === undefined ? [] : [`did you mean ${suggestion}?`];
  return new CliError(first.replace(/^error: /, ''), { ways: [...meant, ...ways], cause: error });
}
