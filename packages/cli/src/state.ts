/** What this user's commands remember between them. */
import { openState, type TransferState } from '@boxhaul/transfer';
import type { CommandContext } from './context.ts';
import { userDirectories } from './directories.ts';

/**
 * The user's state. A home that cannot be written to is no reason to stop: everything works without, but nothing
 * is remembered, and that is said.
 */
export async function openUserState({ env, output, log }: CommandContext): Promise<TransferState> {
  const { state: directory } = await userDirectories(env);
  try {
    return openState(directory);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    log.warn({ error }, 'state');
    const warning = output.errorStyle.yellow('warning:');
    output.warn(`${warning} ${words}; nothing will be remembered of this run`);
    return openState();
  }
}
