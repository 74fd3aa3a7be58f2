/** Errors of the libraries, put into words for the person at the terminal. */
import { BoxAuthError, BoxhaulError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** What to print for an error that no command has put into words itself. */
export function explain(error: unknown): CliError {
  if (error instanceof BoxAuthError) {
    return new CliError(error.message, {
      ways: ['boxhaul doctor'],
      exitCode: ExitCode.notAuthorised,
      cause: error,
    });
  }
  const message = error instanceof BoxhaulError ? error.message : String(error);
  return new CliError(message, { exitCode: ExitCode.failed, cause: error });
}
