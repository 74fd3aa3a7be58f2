import type { TransferReport } from '@boxhaul/transfer';
import type { CliError } from '../cli-error.ts';
import type { ExitCode } from '../exit-codes.ts';

/** What one run of a command came to. */
export interface RunEnd {
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly exitCode: ExitCode;
  /** Of a transfer that began. */
  readonly report?: TransferReport;
  /** What ended it, if it did not come to a report, or to an end after it. */
  readonly error?: CliError;
}

/** Another process runs the same job: this run has left it to that one. */
export function isElsewhere({ error }: RunEnd): boolean {
  const cause = error?.cause;
  return cause instanceof Error && 'code' in cause && cause.code === 'job_running';
}
