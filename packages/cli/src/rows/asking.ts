/** What is asked before something is destroyed. */
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatCount } from '../output/format.ts';
import type { Prompt } from '../prompt.ts';
import type { RowsChecked } from './checked-rows.ts';
import type { Columns, Verb } from './verb.ts';

export interface Asking {
  readonly prompt: Prompt;
  /** --yes */
  readonly isYesGiven: boolean;
  /** Standard input has the rows. */
  readonly isInputTaken: boolean;
}

/**
 * Asks a person whether it is meant, where rows destroy something. With --yes it does not.
 * @throws CliError it is not meant, or nobody is there who could say
 */
export async function askBefore<C extends Columns>(
  verb: Verb<C>,
  { destroying, forEver, names }: RowsChecked,
  { stdin, output }: Pick<CommandContext, 'stdin' | 'output'>,
  { prompt, isYesGiven, isInputTaken }: Asking,
): Promise<void> {
  if (!verb.destroys || destroying === 0 || isYesGiven) return;
  const { words, forEverWords = words } = verb.destroys;
  if (stdin.isTTY !== true || isInputTaken) {
    throw new CliError(
      `${verb.name} has to ask first, and there is no terminal to ask at: ${words(destroying)}`,
      { ways: ['--yes does it without asking', '--dry-run says what it would do'] },
    );
  }
  const warning = output.errorStyle.yellow('boxhaul:');
  if (forEver === 0) {
    const answer = await prompt.ask(
      `${warning} ${words(destroying)} (${named(names, destroying)}). Go on? [y/N] `,
    );
    if (!/^y(es)?$/i.test(answer ?? '')) throw notMeant();
    return;
  }
  const wanted = `delete ${formatCount(forEver)}`;
  const answer = await prompt.ask(
    `${warning} ${forEverWords(forEver)} (${named(names, destroying)}): nobody can bring ${forEver === 1 ? 'it' : 'them'} back. ` +
      `Type "${wanted}" to go on: `,
  );
  if (answer !== wanted) throw notMeant();
}

/** `/a, /b, /c and 9,997 more`. */
function named(names: readonly string[], count: number): string {
  const more = count - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

function notMeant(): CliError {
  return new CliError('nothing was done', { exitCode: ExitCode.failed });
}
