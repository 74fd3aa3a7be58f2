/** What went wrong with one part of what was asked for, while the rest goes on. */
import { BoxhaulError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { askingOf, explain } from './explain.ts';
import { sayError } from './report-error.ts';
import { printable } from './width.ts';

export interface Problems {
  /** `done`, or `failed` once there was a problem. */
  readonly exitCode: ExitCode;
  /**
   * Says an error on stderr, and as an event.
   *
   * @param at what it befell; an error that is in words for people names it itself
   * @throws the error itself, if nothing could go on after it: the command was stopped, or Box refused the sign-in
   */
  report(error: unknown, at?: string): void;
}

export function openProblems({
  output,
  log,
  options,
  env,
  signal,
}: Pick<CommandContext, 'output' | 'log' | 'options' | 'env' | 'signal'>): Problems {
  let exitCode: ExitCode = ExitCode.done;
  return {
    get exitCode() {
      return exitCode;
    },
    report(error, at) {
      if (signal.aborted || (error instanceof BoxhaulError && error.recovery === 'stop'))
        throw error;
      const said = error instanceof CliError ? error : explain(error, askingOf({ options, env }));
      const { details, ways } = said;
      const isNamed = said === error || at === undefined;
      const message = isNamed ? said.message : `${printable(at)}: ${said.message}`;
      exitCode = ExitCode.failed;
      sayError({ message, details, ways }, output);
      output.event('problem', { message, details, ways });
      log.error({ details }, message);
    },
  };
}
