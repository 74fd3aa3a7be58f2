import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

export interface DemoCommandOptions {
  readonly keep?: boolean;
}

export async function runDemo(
  _context: CommandContext,
  _dir: string | undefined,
  _options: DemoCommandOptions,
): Promise<ExitCode> {
  throw new CliError('demo is being written');
}
