/** The last words of a command that failed: the thing, the reason, the way out. */
import type { CliError } from '../cli-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Log } from '../log.ts';
import type { Output } from './output.ts';
import { printable } from './width.ts';

/** Says what went wrong on stderr (and as an event with --json) and answers the exit code for it. */
export function reportError(error: CliError, output: Output, log: Log): ExitCode {
  sayError(error, output);
  if (output.debug)
    output.warn(
      output.errorStyle.dim(String(error.cause instanceof Error ? error.cause.stack : error.stack)),
    );
  output.event('error', {
    message: error.message,
    details: error.details,
    ways: error.ways,
    exitCode: error.exitCode,
  });
  log.error({ details: error.details, exitCode: error.exitCode }, error.message);
  return error.exitCode;
}

/** The words alone. They may hold names from Box and from disks, and what a server answered. */
export function sayError(
  { message, details, ways }: Pick<CliError, 'message' | 'details' | 'ways'>,
  { errorStyle, warn }: Pick<Output, 'errorStyle' | 'warn'>,
): void {
  const { red, dim, cyan } = errorStyle;
  warn(`${red('boxhaul:')} ${printableLines(message)}`);
  for (const detail of details) warn(`  ${dim(printableLines(detail))}`);
  for (const way of ways) warn(`  ${cyan('→')} ${printableLines(way)}`);
}

function printableLines(words: string): string {
  return words.split('\n').map(printable).join('\n');
}
