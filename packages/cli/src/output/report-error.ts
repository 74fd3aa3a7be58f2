/** The last words of a command that failed: the thing, the reason, the way out. */
import type { CliError } from '../cli-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Log } from '../log.ts';
import type { Output } from './output.ts';

/** Says what went wrong on stderr (and as an event with --json) and answers the exit code for it. */
export function reportError(error: CliError, output: Output, log: Log): ExitCode {
  const { red, dim, cyan } = output.errorStyle;
  output.warn(`${red('boxhaul:')} ${error.message}`);
  for (const detail of error.details) output.warn(`  ${dim(detail)}`);
  for (const way of error.ways) output.warn(`  ${cyan('→')} ${way}`);
  if (output.debug)
    output.warn(dim(String(error.cause instanceof Error ? error.cause.stack : error.stack)));
  output.event('error', {
    message: error.message,
    details: error.details,
    ways: error.ways,
    exitCode: error.exitCode,
  });
  log.error({ details: error.details, exitCode: error.exitCode }, error.message);
  return error.exitCode;
}
