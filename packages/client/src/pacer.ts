import type { Clock } from './clock.ts';
import { BoxApiError } from './errors.ts';
import type { BoxRequest, Send } from './request.ts';
import { LONGEST_WAIT_MS } from './retry.ts';
import { type Wait, whatEnds } from './wait.ts';

/**
 * What a request counts as where Box limits a user: an upload is a file's contents in one request or the beginning
 * of a session; uploads and searches are calls too.
 *
 * @see https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits/
 */
export type CallKind = 'call' | 'upload' | 'search';

/** A request that waits for its turn. */
export interface CallToPace {
  readonly kind: CallKind;
  /** The user that it names with `as-user`; empty for the token's own. */
  readonly user: string;
  /** What ends a wait of this request before its time, where that is more than the signal of `enter`. */
  endOf?(wait: Wait): AbortSignal | undefined;
}

/** How a request ended. */
export interface CallOutcome {
  /** Of Box's answer; absent if none came. */
  readonly status?: number;
  /** How long Box asked to wait. */
  readonly retryAfterMs?: number;
  /** From its turn to its end. */
  readonly durationMs: number;
}

/** Says that a request is over; must be called once. */
export type Leave = (outcome: CallOutcome) => void;

/** Decides when a request may go. */
export interface Pacer {
  /**
   * Settles when it is this request's turn. Rejects with the signal's reason as soon as it fires, or with the
   * error that keeps the request from being made at all.
   */
  enter(call: CallToPace, signal?: AbortSignal): Promise<Leave>;
}

/**
 * The client's own: bounds how many requests wait for Box's answer at once, first come, first served. When Box
 * refuses one and says how long to wait, all of that user wait. A download counts until its contents begin to
 * arrive: how many streams are open is their reader's to decide.
 */
export function localPacer(concurrency: number, clock: Clock): Pacer {
  const queue = new Set<() => void>();
  const pausedUntilMs = new Map<string, number>();
  let inside = 0;

  const leave = () => {
    inside--;
    const [first] = queue;
    first?.();
  };

  const turn = (signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    if (inside < concurrency) {
      inside++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const away = () => {
        queue.delete(come);
        reject(signal?.reason);
      };
      const come = () => {
        queue.delete(come);
        signal?.removeEventListener('abort', away);
        inside++;
        resolve();
      };
      queue.add(come);
      signal?.addEventListener('abort', away, { once: true });
    });
  };

  /** A pause may be prolonged while it is waited out. */
  const pauseOf = async ({ user, endOf }: CallToPace, signal?: AbortSignal) => {
    for (;;) {
      const untilMs = pausedUntilMs.get(user) ?? 0;
      const leftMs = untilMs - clock.now();
      if (leftMs <= 0) break;
      await clock.sleep(leftMs, endOf?.({ untilMs, why: 'asked' }) ?? signal);
    }
    pausedUntilMs.delete(user);
  };

  return {
    async enter(call, signal) {
      const { user } = call;
      await turn(signal);
      try {
        if (pausedUntilMs.has(user)) await pauseOf(call, signal);
      } catch (error) {
        leave();
        throw error;
      }
      return (outcome) => {
        const waitMs = asksAllToWait(outcome);
        if (waitMs > 0) {
          const untilMs = clock.now() + waitMs;
          pausedUntilMs.set(user, Math.max(untilMs, pausedUntilMs.get(user) ?? 0));
        }
        leave();
      };
    },
  };
}

/** Sends each request when its turn has come. */
export function paced(pacer: Pacer, clock: Clock, next: Send): Send {
  return async (request) => {
    const user = request.headers?.['as-user'] ?? '';
    const endOf = (wait: Wait) => whatEnds(wait, clock.now(), request);
    const leave = await pacer.enter({ kind: kindOf(request), user, endOf }, request.signal);
    const startedMs = performance.now();
    const durationMs = () => performance.now() - startedMs;
    try {
      const response = await next(request);
      leave({ status: response.status, durationMs: durationMs() });
      return response;
    } catch (error) {
      leave({ ...outcomeOf(error), durationMs: durationMs() });
      throw error;
    }
  };
}

/**
 * How long nobody of a user should ask again, in milliseconds; 0 if an answer says nothing of the kind, or asks for
 * more than anybody waits: then each is told so by Box itself.
 */
function asksAllToWait({ status, retryAfterMs = 0 }: CallOutcome): number {
  const isForAll = status === 429 || status === 503;
  return isForAll && retryAfterMs <= LONGEST_WAIT_MS ? retryAfterMs : 0;
}

function outcomeOf(error: unknown): Pick<CallOutcome, 'status' | 'retryAfterMs'> {
  if (!(error instanceof BoxApiError)) return {};
  const { status, retryAfterMs } = error;
  return { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

const UPLOAD = /\/files\/([^/]+\/)?(content|upload_sessions)$/;

function kindOf({ method, path }: BoxRequest): CallKind {
  if (method === 'POST' && UPLOAD.test(path)) return 'upload';
  return method === 'GET' && path === '/search' ? 'search' : 'call';
}
