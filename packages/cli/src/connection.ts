/**
 * From options and environment to a client that is ready to talk to Box. What was typed beats what
 * the environment says; in each of the two the order is: --local, a config file, a token, a profile.
 */
import type { BoxClient } from '@boxhaul/client';
import type { CommandContext } from './context.ts';
import type { Credentials } from './credentials.ts';

/** A client and what it stands on. */
export interface Connection {
  readonly client: BoxClient;
  readonly kind: Credentials['kind'];
  /** Whose credentials these are, in words, without secrets: `profile work`, `config ~/box.json`. */
  describe(): string;
  /** Lets go of the client, and of the built-in Box with --local. */
  close(): Promise<void>;
}

/**
 * Opens the connection that `context.options` and the environment ask for. No call is made to Box.
 *
 * @throws CliError when there are no credentials, or the file that holds them is wrong or can be read
 * by others.
 */
export async function openConnection(_context: CommandContext): Promise<Connection> {
  throw new Error('being written');
}
