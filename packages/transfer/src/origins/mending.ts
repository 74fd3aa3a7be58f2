/** What is asked of a server far away, asked again when the connection was lost on the way. */
import { BoxhaulError, type Clock, systemClock } from '@boxhaul/client';
import { TransferFailure } from '../reason.ts';

/** What asking again takes. */
export interface MendingOptions {
  /** Fires when nothing more is wanted. */
  readonly signal: AbortSignal;
  /** @default the machine's own */
  readonly clock?: Clock;
}

/** How long to wait before the same is asked for again in vain; after the last one it has failed. */
const PAUSES_MS = [250, 1_000, 4_000, 10_000, 20_000];

/**
 * Does something that needs a connection, again if that was lost: six times at most, in 36 s.
 *
 * @param work throws one of our errors where asking again is of no use; whatever else it throws is taken for a lost
 *   connection
 * @throws {TransferFailure} `connection`: it was lost each time
 * @example
 * ```ts
 * import { mended } from '@boxhaul/transfer';
 *
 * const signal = AbortSignal.timeout(60_000);
 * let tries = 0;
 * const answer = await mended(
 *   async () => {
 *     tries += 1;
 *     if (tries < 2) throw new Error('socket hang up');
 *     return 'here it is';
 *   },
 *   { signal },
 * );
 * console.log(answer);
 * ```
 */
export async function mended<T>(work: () => Promise<T>, options: MendingOptions): Promise<T> {
  for (let losses = 0; ; losses++) {
    try {
      return await work();
    } catch (error) {
      await pauseAfterLoss(error, losses, options);
    }
  }
}

/**
 * Waits before another try.
 * @param losses how often it was lost before, and nothing came of it
 * @throws the error, if trying again is of no use
 */
export async function pauseAfterLoss(
  error: unknown,
  losses: number,
  { signal, clock = systemClock }: MendingOptions,
): Promise<void> {
  signal.throwIfAborted();
  if (error instanceof BoxhaulError) throw error;
  const pauseMs = PAUSES_MS[losses];
  if (pauseMs === undefined) throw connectionLost(error);
  await clock.sleep(pauseMs, signal);
}

function connectionLost(cause: unknown): TransferFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  const words = `the connection to where it comes from was lost, ${PAUSES_MS.length + 1} times: ${why}`;
  return new TransferFailure('connection', words, { cause });
}
