/** Work that is done once for all who ask for it at about the same time. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Whoever calls what this gives waits for work that begins after the call: what already runs may have missed what the
 * caller has just done. One who comes soon after work has ended waits a moment longer, for others to join.
 * @param work is never done twice at a time; its error goes to all who waited for it
 * @param gatherMs how long after its end it is not begun again
 */
export function shared(work: () => Promise<void>, gatherMs: number): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let endedMs = Number.NEGATIVE_INFINITY;
  const begin = async () => {
    // Those who asked for what runs hear of its failure.
    await running?.catch(() => undefined);
    const waitMs = endedMs + gatherMs - performance.now();
    if (waitMs > 0) await pause(waitMs);
    next = undefined;
    running = work().finally(() => {
      endedMs = performance.now();
    });
    await running;
  };
  return () => {
    next ??= begin();
    return next;
  };
}
