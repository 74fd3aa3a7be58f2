import { ExitCode } from './exit-codes.ts';

export interface CliErrorOptions {
  /** More about the reason, a line each. */
  readonly details?: readonly string[];
  /** What to do now, a line each: commands that work as they stand. */
  readonly ways?: readonly string[];
  /** @default ExitCode.wrongUse */
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/**
 * An error that is already said in words for the person at the terminal: the thing and the reason in
 * the message, then details, then the ways out. Printed as it is; never with a stack unless --debug.
 */
export class CliError extends Error {
  readonly details: readonly string[];
  readonly ways: readonly string[];
  readonly exitCode: ExitCode;

  constructor(message: string, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.details = options.details ?? [];
    this.ways = options.ways ?? [];
    this.exitCode = options.exitCode ?? ExitCode.wrongUse;
  }
}
