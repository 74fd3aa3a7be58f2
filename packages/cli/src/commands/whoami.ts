import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

export async function runWhoami(_context: CommandContext): Promise<ExitCode> {
  throw new CliError('whoami is being written');
}
