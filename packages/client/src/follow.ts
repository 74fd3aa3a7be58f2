import type { Clock } from './clock.ts';
import { BoxhaulError } from './errors.ts';
import type { BoxEvent, BoxEventPage } from './event-types.ts';
import { pagingError } from './paging.ts';

/** An event of a stream that is followed. */
export interface FollowedEvent {
  readonly event: BoxEvent;
  /**
   * Where to go on once this event is dealt with: nothing behind it will be missed. Some that came already may come
   * again.
   */
  readonly position: string;
}

/** What following needs of Box. */
export interface EventSource {
  read(position: string): Promise<BoxEventPage>;
  /** Waits until something may have happened behind the position, or for so long as Box lets it. */
  wait(position: string): Promise<'news' | 'quiet' | 'out of date'>;
}

/** How many events are remembered, to know them when they come again. */
const REMEMBERED = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** A round that took so long needs no pause after it. */
const LONG_ENOUGH_MS = 1_000;

/**
 * Reads a stream to its end, waits, reads on, for ever. What fails and may succeed later is tried again; each round
 * that is over at once and brought nothing new is followed by a pause, longer from time to time.
 *
 * @throws {BoxhaulError} `events_out_of_date` when events were missed for good; what cannot get better by waiting;
 *   the signal's reason
 */
export async function* followed(
  source: EventSource,
  from: string,
  clock: Clock,
  signal: AbortSignal | undefined,
): AsyncGenerator<FollowedEvent, void, void> {
  const seen = new Seen();
  let position = from;
  let barren = 0;
  const orLater = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof BoxhaulError) || error.recovery !== 'retry') throw error;
      return undefined;
    }
  };
  for (;;) {
    signal?.throwIfAborted();
    const startedMs = clock.now();
    const page = await orLater(() => source.read(position));
    const next = page && nextPosition(page, position);
    if (page && next !== undefined) {
      for (const { event, position: after } of steps(page, position, next)) {
        if (!seen.add(event.event_id)) continue;
        barren = 0;
        yield { event, position: after };
      }
      // There may be more. A page that leads nowhere is no reason to ask for it again at once.
      const isMore = page.entries.length > 0 && next !== position;
      position = next;
      if (isMore) continue;
      const waited = await orLater(() => source.wait(next));
      if (waited === 'out of date') throw outOfDate(next);
    }
    barren++;
    const isLong = clock.now() - startedMs >= LONG_ENOUGH_MS;
    // The first round may well be over at once: something happened.
    if (isLong) barren = 0;
    else if (barren > 1) await clock.sleep(pauseMs(barren - 1), signal);
  }
}

/**
 * Reads a stream to its end as it is now, once.
 *
 * @throws {BoxhaulError} `paging_loop` when a position comes a second time: the stream would never end
 */
export async function* readToEnd(
  read: EventSource['read'],
  from: string,
): AsyncGenerator<FollowedEvent, void, void> {
  const seen = new Seen();
  const visited = new Set<string>();
  for (let position = from; !visited.has(position); ) {
    visited.add(position);
    const page = await read(position);
    const next = nextPosition(page, position) ?? position;
    for (const step of steps(page, position, next)) {
      if (seen.add(step.event.event_id)) yield step;
    }
    if (page.entries.length === 0 || next === position) return;
    position = next;
  }
  throw pagingError('Box gave a position in the stream of events for a second time');
}

function pauseMs(count: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (count - 1));
}

/** The events of a page. Only behind its last one is it safe to go on with the next page. */
function* steps({ entries }: BoxEventPage, start: string, next: string): Generator<FollowedEvent> {
  for (const [index, event] of entries.entries()) {
    yield { event, position: index === entries.length - 1 ? next : start };
  }
}

/** Undefined for a page that does not say where to go on. Box's 0 for "nothing new" is no position to go back to. */
function nextPosition(page: BoxEventPage, position: string): string | undefined {
  const next: unknown = page.next_stream_position;
  if (typeof next !== 'number' && typeof next !== 'string') return undefined;
  return next === 0 || next === '0' || next === '' ? position : String(next);
}

function outOfDate(position: string): BoxhaulError {
  return new BoxhaulError(
    `Box no longer has the events behind position ${position}: look at everything once, then follow from now on`,
    { code: 'events_out_of_date', recovery: 'restart' },
  );
}

/** The last events that came. */
class Seen {
  readonly #ids = new Set<string>();

  /** @returns whether it is new */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > REMEMBERED) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return true;
  }
}
