/** Which credentials a command line asks for, and where each was found. Nothing is read or checked yet. */
import { CliError } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { ExitCode } from './exit-codes.ts';

/** Where a setting came from, in words that a person can search for. */
export type Source = '--config' | '--token' | '--profile' | 'environment' | '.env';

export type Credentials =
  | { readonly kind: 'local' }
  /** An app's JSON config; `path` is absolute. */
  | { readonly kind: 'app'; readonly path: string; readonly source: Source }
  | { readonly kind: 'token'; readonly token: string; readonly source: Source }
  /** An account that `boxhaul login` stored; `path` is its file. */
  | { readonly kind: 'profile'; readonly name: string; readonly path: string };

/**
 * Finds the credentials.
 *
 * @throws CliError when there are none (exit 3), or when two are typed at once (exit 2).
 */
export async function findCredentials(_context: CommandContext): Promise<Credentials> {
  throw new CliError('no credentials', { exitCode: ExitCode.notAuthorised });
}
