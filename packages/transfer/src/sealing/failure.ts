import { SealError } from '@boxhaul/seal';
import { TransferFailure } from '../reason.ts';

/** What keeps a sealed file from being opened, as the reason of a failure; any other error as it is. */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof SealError)) return error;
  return new TransferFailure('not-opened', `it cannot be opened: ${error.message}`, {
    cause: error,
  });
}
