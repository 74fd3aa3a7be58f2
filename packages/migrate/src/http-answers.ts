/** What servers mean by the status of an answer, for a file that is asked for. */
import { TransferFailure } from '@boxhaul/transfer';
import { SourceError } from './source-error.ts';

/**
 * @param server whom one is not let in by
 * @param ways what to do about that
 * @returns undefined for what may be otherwise when it is asked again
 */
export function answerMeans(
  status: number,
  server: string,
  ways: readonly string[],
): SourceError | TransferFailure | undefined {
  switch (status) {
    case 401:
      return new SourceError(`${server} does not let this machine in`, { ways });
    case 403:
      return new TransferFailure('no-permission', 'the server does not permit it');
    case 404:
    case 410:
      return new TransferFailure('not-found', 'it is not there (any more)');
    case 412:
      return changed('it is another');
    case 416:
      return changed('it became shorter');
    case 408:
    case 423:
    case 425:
    case 429:
      return undefined;
    default:
      if (status >= 500) return undefined;
      return new TransferFailure('unexpected', `the server answered ${status}`);
  }
}

function changed(how: string): TransferFailure {
  const words = `it changed while it was read: ${how}`;
  return new TransferFailure('changed-while-read', words, { recovery: 'restart' });
}
