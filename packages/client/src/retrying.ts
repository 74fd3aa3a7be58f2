import { shownPath } from './address.ts';
import { retryAfterMs } from './answer.ts';
import type { Clock } from './clock.ts';
import { BoxApiError, BoxConnectionError } from './errors.ts';
import type { BoxRequest, BoxResponse, Send } from './request.ts';
import { mayBeDone, NOTHING_SPENT, type Outcome, type RetryPolicy, verdictOn } from './retry.ts';
import { type Wait, type WaitReason, whatEnds, whyWaiting } from './wait.ts';

/** What the loop needs from outside. */
export interface RetryContext {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called before each attempt after the first. */
  readonly onRetry: () => void;
  /** Called before each wait. */
  readonly onWait: (wait: Wait) => void;
}

/**
 * Sends a request until it succeeds, is refused for good, or patience ends. What is not safe to repeat is looked
 * up before it is repeated, and again if the repetition is refused: Box may have finished the first attempt
 * meanwhile, and refuses the second because of it.
 */
export function retrying(next: Send, context: RetryContext): Send {
  return async (request) => {
    let spent = NOTHING_SPENT;
    let isUncertain = false;
    for (;;) {
      const outcome = await attempt(next, request, context.clock);
      if ('response' in outcome) return outcome.response;
      const { failure } = outcome;
      isUncertain ||= mayBeDone(failure);
      const verdict = isRepeatable(request, failure)
        ? verdictOn(failure, spent, context.policy, context.random())
        : { kind: 'give-up' as const };
      if (verdict.kind === 'wait') {
        await waited(verdict.delayMs, whyWaiting(failure), request, context);
      }
      const isTimeToLook = mayBeDone(failure) || (isUncertain && verdict.kind === 'give-up');
      const found = isTimeToLook ? await lookedUp(request, failure) : undefined;
      if (found) return found;
      if (verdict.kind === 'give-up') throw errorOf(failure, request);
      spent = verdict.spent;
      context.onRetry();
    }
  };
}

async function waited(
  delayMs: number,
  why: WaitReason,
  request: BoxRequest,
  { clock, onWait }: RetryContext,
): Promise<void> {
  const nowMs = clock.now();
  const wait = { untilMs: nowMs + delayMs, why };
  const signal = whatEnds(wait, nowMs, request);
  signal?.throwIfAborted();
  onWait(wait);
  await clock.sleep(delayMs, signal);
}

async function attempt(
  next: Send,
  request: BoxRequest,
  clock: Clock,
): Promise<{ response: BoxResponse } | { failure: Outcome }> {
  try {
    const response = await next(request);
    if (!request.waitOn202 || response.status !== 202) return { response };
    const asked = retryAfterMs(response.headers, clock.now());
    return { failure: { notReady: true, retryAfterMs: asked } };
  } catch (error) {
    const isOurs = error instanceof BoxApiError || error instanceof BoxConnectionError;
    // A token that was not to be had was retried for itself: the request that wanted it was never sent.
    if (!isOurs || (error.host === 'oauth' && request.host !== 'oauth')) throw error;
    return { failure: error };
  }
}

function isRepeatable(request: BoxRequest, failure: Outcome): boolean {
  if (!mayBeDone(failure) || request.lookup) return true;
  const isUnsafe = request.method === 'POST' || request.method === 'PATCH';
  return (request.repeat ?? (isUnsafe ? 'unsafe' : 'safe')) === 'safe';
}

async function lookedUp(request: BoxRequest, failure: Outcome): Promise<BoxResponse | undefined> {
  if (!request.lookup || 'notReady' in failure) return undefined;
  const found = await request.lookup(failure);
  return found && { status: 200, headers: {}, data: found.data };
}

function errorOf(failure: Outcome, request: BoxRequest): Error {
  if (!('notReady' in failure)) return failure;
  const path = shownPath(request.path);
  return new BoxApiError(`Box is still at work on ${request.method} ${path}`, {
    code: 'not_ready',
    recovery: 'retry',
    status: 202,
    method: request.method,
    path,
    host: request.host ?? 'api',
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
  });
}
