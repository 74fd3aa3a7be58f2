import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

/** The profile is `context.options.profile`. */
export async function runLogout(_context: CommandContext): Promise<ExitCode> {
  throw new CliError('logout is being written');
}
