/** What this user's commands remember between them. */
import { openState, type TransferState } from '@boxhaul/transfer';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { userDirectories } from './files/directories.ts';

/**
 * The user's state. A home that cannot be written to is no reason to stop: everything works without, but nothing
 * is remembered, and that is said.
 */
export async function openUserState({ env, output, log }: CommandContext): Promise<TransferState> {
  const { state: directory } = await userDirectories(env);
  const warn = (error: unknown, words: string) => {
    log.warn({ error }, 'state');
    output.warn(`${output.errorStyle.yellow('warning:')} ${words}`);
  };
  try {
    return openState(directory, (error) =>
      warn(
        error,
        `the state in ${directory} failed: ${error.message}; nothing more will be remembered of this run. ` +
          'If it fails again, move that folder away',
      ),
    );
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    warn(error, `${words}; nothing will be remembered of this run`);
    return openState();
  }
}

/**
 * The user's state, for a command that shows what is in it.
 * @throws {InputError} it cannot be opened
 * @throws CliError, then and later, when it fails: what cannot be read is not nothing
 */
export async function openStateToShow({ env }: CommandContext): Promise<TransferState> {
  const { state: directory } = await userDirectories(env);
  return openState(directory, (cause) => {
    throw new CliError(`the state in ${directory} cannot be read: ${cause.message}`, {
      ways: [
        'try again; if it fails again, move that folder away: only what is remembered is lost',
      ],
      cause,
    });
  });
}
