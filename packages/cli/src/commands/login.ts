import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

export interface LoginCommandOptions {
  readonly profile: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly config?: string;
  /** The loopback port of the redirect address. */
  readonly port?: number;
  /** False with --no-browser. */
  readonly browser: boolean;
  readonly baseUrl?: string;
  readonly insecureConfig?: boolean;
}

export async function runLogin(
  _context: CommandContext,
  _options: LoginCommandOptions,
): Promise<ExitCode> {
  throw new CliError('login is being written');
}
