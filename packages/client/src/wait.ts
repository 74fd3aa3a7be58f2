import { BoxApiError } from './errors.ts';
import type { Outcome } from './retry.ts';

/**
 * Why a call waits: Box asked for it; Box takes so many calls a minute and no more; Box is at work on what was sent
 * (202); it failed and is made again.
 */
export type WaitReason = 'asked' | 'limit' | 'at-work' | 'failed';

/** A call that is not made at once. */
export interface Wait {
  /** Milliseconds since 1970. */
  readonly untilMs: number;
  readonly why: WaitReason;
}

/** Why a request that ended like this is not sent again at once. */
export function whyWaiting(outcome: Outcome): WaitReason {
  if ('notReady' in outcome) return 'at-work';
  const isAsked = outcome instanceof BoxApiError && outcome.retryAfterMs !== undefined;
  return isAsked ? 'asked' : 'failed';
}

/** What is over so soon is waited out even when the end is wanted. */
const SHORT_MS = 5000;

/**
 * What ends a wait: the request's signal and, unless it is short, that its caller wants to come to an end. Box may be at
 * work on something for minutes, and asks for a short wait each time.
 */
export function whatEnds(
  { untilMs, why }: Wait,
  nowMs: number,
  {
    signal,
    ending,
  }: { readonly signal?: AbortSignal | undefined; readonly ending?: AbortSignal | undefined },
): AbortSignal | undefined {
  const isShort = why !== 'at-work' && untilMs - nowMs <= SHORT_MS;
  if (!ending || isShort) return signal;
  return signal ? AbortSignal.any([signal, ending]) : ending;
}
