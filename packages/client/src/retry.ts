import { BoxApiError, BoxConnectionError } from './errors.ts';

/** How long one request waits in all because Box asked it to, and others with it. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** Box counts in seconds. Less costs no patience: heeded again and again, it would never end. */
const LEAST_WAIT_MS = 1000;

/** How patient to be. */
export interface RetryPolicy {
  /** How often a request that failed is sent again. */
  readonly maxRetries: number;
  /** The first pause is up to this long, each later one up to twice the one before. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How long one request waits in all because Box asked it to (429, 202) before it gives up. */
  readonly longestWaitMs: number;
}

/** What a request has spent so far. */
export interface Spent {
  /** Failed attempts: 5xx and broken connections. */
  readonly failures: number;
  /** Answers that asked to wait: 429 and 202. */
  readonly waits: number;
  /** Time passed over those answers. */
  readonly waitedMs: number;
}

/** A request that has not been sent yet. */
export const NOTHING_SPENT: Spent = { failures: 0, waits: 0, waitedMs: 0 };

/** What became of an attempt, if it is not an answer to hand on. */
export type Outcome =
  | BoxApiError
  | BoxConnectionError
  /** 202: Box is at work, ask again. */
  | { readonly notReady: true; readonly retryAfterMs: number | undefined };

/** Wait and send again, or stop. */
export type Verdict =
  | { readonly kind: 'wait'; readonly delayMs: number; readonly spent: Spent }
  | { readonly kind: 'give-up' };

/**
 * Whether an attempt is followed by another, and after how long: what Box asked for, otherwise a random share
 * of a pause that doubles ("full jitter", so that many clients that failed together do not return together).
 *
 * What Box refused or put off (429, 202) is not held against the request's retries, but against its patience.
 *
 * @param random from 0 up to 1
 */
export function verdictOn(
  outcome: Outcome,
  spent: Spent,
  policy: RetryPolicy,
  random: number,
): Verdict {
  if (!('notReady' in outcome) && outcome.recovery !== 'retry') return { kind: 'give-up' };
  const asked = outcome instanceof BoxConnectionError ? undefined : outcome.retryAfterMs;
  if (isPutOff(outcome)) {
    const isEnough = asked !== undefined && asked >= LEAST_WAIT_MS;
    const delayMs = isEnough ? asked : Math.max(asked ?? 0, pauseMs(spent.waits, policy, random));
    const waitedMs = spent.waitedMs + delayMs;
    if (waitedMs > policy.longestWaitMs) return { kind: 'give-up' };
    return { kind: 'wait', delayMs, spent: { ...spent, waits: spent.waits + 1, waitedMs } };
  }
  const delayMs = asked ?? pauseMs(spent.failures, policy, random);
  if (spent.failures >= policy.maxRetries || delayMs > policy.longestWaitMs) {
    return { kind: 'give-up' };
  }
  return { kind: 'wait', delayMs, spent: { ...spent, failures: spent.failures + 1 } };
}

/** True where nobody can tell whether Box did what was asked: the connection broke, or the answer was a 5xx. */
export function mayBeDone(outcome: Outcome): boolean {
  if (outcome instanceof BoxConnectionError) return outcome.mayHaveArrived;
  return outcome instanceof BoxApiError && outcome.status >= 500;
}

function isPutOff(outcome: Outcome): boolean {
  return 'notReady' in outcome || (outcome instanceof BoxApiError && outcome.status === 429);
}

function pauseMs(count: number, policy: RetryPolicy, random: number): number {
  return Math.ceil(random * Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** count));
}
