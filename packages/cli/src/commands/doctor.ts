import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

export interface DoctorCommandOptions {
  readonly url?: string;
}

/** @param _folder a reference to the folder to reach, if one was given. */
export async function runDoctor(
  _context: CommandContext,
  _folder: string | undefined,
): Promise<ExitCode> {
  throw new CliError('doctor is being written');
}
