import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

export async function runLs(_context: CommandContext, _folder: string): Promise<ExitCode> {
  throw new Error('being written');
}
