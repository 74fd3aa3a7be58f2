/** What becomes of a file that is not moved. */
import { BoxhaulError } from '@boxhaul/client';
import { type Reason, reason, reasonOf } from './reason.ts';
import type { TransferResult } from './transfer.ts';

/** A result that says why nothing was moved. */
export function settled(
  state: 'skipped' | 'failed',
  path: string,
  why: Reason,
  details: Partial<TransferResult> = {},
): TransferResult {
  return { kind: 'file', path, state, reason: why, bytes: 0, ms: 0, ...details };
}

/**
 * The result that an error amounts to.
 * @throws the error itself if it ends the run
 */
export function failureResult(
  error: unknown,
  path: string,
  signal: AbortSignal,
  details: Partial<TransferResult> = {},
): TransferResult {
  if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
  const why = signal.aborted ? reason('interrupted', 'the run was stopped') : reasonOf(error);
  return settled('failed', path, why, { error, ...details });
}
