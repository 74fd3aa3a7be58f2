import type { Clock } from './clock.ts';
import { BoxApiError } from './errors.ts';
import type { Send } from './request.ts';

/** Decides when a request may go. In this process there is one for each client and those made from it. */
export interface Pacer {
  /**
   * Settles when it is this request's turn; the function that it gives must be called when the request is over.
   * Rejects with the signal's reason as soon as it fires.
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  /** Box asked to wait: nobody enters for so long. */
  pause(ms: number): void;
}

/**
 * Bounds how many requests wait for Box's answer at once, first come, first served; a pause holds all of them.
 * A download counts until its contents begin to arrive: how many streams are open is their reader's to decide.
 */
export function localPacer(concurrency: number, clock: Clock): Pacer {
  const queue = new Set<() => void>();
  let inside = 0;
  let pausedUntilMs = 0;

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

  return {
    async enter(signal) {
      await turn(signal);
      try {
        // A pause may be prolonged while it is waited out.
        for (let nowMs = clock.now(); nowMs < pausedUntilMs; nowMs = clock.now()) {
          await clock.sleep(pausedUntilMs - nowMs, signal);
        }
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.now() + ms);
    },
  };
}

/** Sends each request when its turn has come. When Box refuses one and says how long to wait, all wait. */
export function paced(pacer: Pacer, next: Send): Send {
  return async (request) => {
    const leave = await pacer.enter(request.signal);
    try {
      return await next(request);
    } catch (error) {
      if (error instanceof BoxApiError && error.retryAfterMs && asksAllToWait(error.status)) {
        pacer.pause(error.retryAfterMs);
      }
      throw error;
    } finally {
      leave();
    }
  };
}

function asksAllToWait(status: number): boolean {
  return status === 429 || status === 503;
}
