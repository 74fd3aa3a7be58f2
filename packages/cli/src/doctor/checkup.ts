import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { type Asking, explain } from '../output/explain.ts';
import type { Output } from '../output/output.ts';

/** A check failed and has been told: nothing behind it can be judged. */
export class Broken extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super('a check failed');
    this.exitCode = exitCode;
  }
}

/** Checks that are told as they end, one line each, and as events with --json. */
export interface Checkup {
  /**
   * Does one check.
   *
   * @param name for programs: `key`
   * @param passed what to say of a result that is good
   * @throws Broken when `work` throws: why, and what to do, has been told by then.
   */
  check<T>(name: string, work: () => Promise<T>, passed: (value: T) => string): Promise<T>;
  /** Something that works, and is not as it should be. */
  warn(name: string, message: string, ways: readonly string[]): void;
}

/** @param asking how Box is asked */
export function openCheckup(output: Output, signal: AbortSignal, asking: Asking = {}): Checkup {
  const { cyan, dim, green, red, yellow } = output.style;
  // Trouble is told even where --quiet drops everything else.
  const trouble = output.quiet ? output.warn : output.say;
  return {
    check: async (name, work, passed) => {
      try {
        const value = await work();
        output.event('check', { name, ok: true, message: passed(value) });
        output.say(`${green('✓')} ${passed(value)}`);
        return value;
      } catch (error) {
        if (signal.aborted) throw error;
        const { message, details, exitCode, ways } = explained(error, asking);
        output.event('check', { name, ok: false, message, details, ways });
        trouble(`${red('✗')} ${message}`);
        for (const detail of details) trouble(`  ${dim(detail)}`);
        for (const way of ways) trouble(`  ${cyan('→')} ${way}`);
        throw new Broken(exitCode === ExitCode.notAuthorised ? exitCode : ExitCode.failed);
      }
    },
    warn: (name, message, ways) => {
      output.event('check', { name, ok: true, warning: true, message, ways });
      trouble(`${yellow('!')} ${message}`);
      for (const way of ways) trouble(`  ${cyan('→')} ${way}`);
    },
  };
}

/** In the words that every command uses, without the advice to run the doctor. */
function explained(error: unknown, asking: Asking): CliError {
  if (error instanceof CliError) return error;
  const { message, details, ways, exitCode } = explain(error, asking);
  const others = ways.filter((way) => !way.startsWith('boxhaul doctor'));
  return new CliError(message, { details, ways: others, exitCode, cause: error });
}
