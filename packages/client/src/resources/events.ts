import type { Clock } from '../clock.ts';
import { BoxhaulError } from '../errors.ts';
import type { BoxEventPage } from '../event-types.ts';
import { type EventSource, type FollowedEvent, followed, readToEnd } from '../follow.ts';
import type { Send } from '../request.ts';
import { answerOf, page } from './answers.ts';
import { boxTime, type CallOptions } from './call-options.ts';

/** The streams of one user: everything, changes to the tree, changes to folders that are synced. */
export type UserStream = 'all' | 'changes' | 'sync';
/** The streams of the enterprise: a year and complete, or two weeks and nearly at once. */
export type AdminStream = 'admin_logs' | 'admin_logs_streaming';

/** What to read of a stream. */
export interface EventListOptions extends CallOptions {
  /** @default 'all' */
  readonly stream?: UserStream | AdminStream;
  /** Where to go on, as a page said; `now` gives no events and the newest position. @default the oldest kept */
  readonly position?: string | number;
  /** Events a page, at most 500. @default 500 */
  readonly limit?: number;
  /** Only these types; in the enterprise's streams. */
  readonly eventTypes?: readonly string[];
  /** In `admin_logs`. */
  readonly createdAfter?: Date | string;
  /** In `admin_logs`. */
  readonly createdBefore?: Date | string;
}

/** What to read of what has happened. */
export type HistoryOptions = Omit<EventListOptions, 'limit'> & {
  /** Events a call, at most 500. @default 500 */
  readonly pageSize?: number;
};

/** What to follow. */
export interface FollowOptions extends CallOptions {
  /** @default 'all' */
  readonly stream?: UserStream | 'admin_logs_streaming';
  /** @default 'now' */
  readonly position?: string | number;
  /** Events a call, at most 500. @default 500 */
  readonly pageSize?: number;
  /** Only these types; of `admin_logs_streaming`. */
  readonly eventTypes?: readonly string[];
  /** How often to look at `admin_logs_streaming`, for which Box has no long polls, in milliseconds. @default 10_000 */
  readonly everyMs?: number;
}

const MOST_EVENTS = 500;
const USUAL_INTERVAL_MS = 10_000;

/** What happened in Box. */
export class Events {
  readonly #send: Send;
  readonly #poll: Send;
  readonly #clock: Clock;

  /** @param poll sends without a token, and without taking a turn from other requests: a long poll lasts minutes */
  constructor(send: Send, poll: Send, clock: Clock) {
    this.#send = send;
    this.#poll = poll;
    this.#clock = clock;
  }

  /**
   * One page of a stream. It was the last one for now when its `next_stream_position` is the position that was
   * asked for.
   *
   * @throws {BoxApiError} 403: the enterprise's streams are for admins
   * @see https://developer.box.com/reference/get-events/
   * @example
   * ```ts
   * const page = await client.events.list({ stream: 'changes', position: 0, limit: 100 });
   * for (const { event_type, source } of page.entries) console.log(event_type, source);
   * console.log('the next page begins at', page.next_stream_position);
   * ```
   */
  async list(options: EventListOptions = {}): Promise<BoxEventPage> {
    const { stream, position, limit = MOST_EVENTS, eventTypes, signal } = options;
    return await answerOf(
      this.#send,
      {
        method: 'GET',
        path: '/events',
        query: {
          stream_type: stream,
          stream_position: position,
          limit,
          event_type: eventTypes,
          created_after: boxTime(options.createdAfter),
          created_before: boxTime(options.createdBefore),
        },
        signal,
      },
      eventPage,
    );
  }

  /**
   * All that has happened up to now, page after page, without the duplicates that Box sends; then it ends. Keep the
   * `position` of the last one to go on there.
   *
   * `admin_logs` comes in order and complete, but some minutes late: an audit reads it again from a little before.
   *
   * @throws {BoxApiError} 403, at the first step of the loop: the enterprise's streams are for admins
   * @throws {BoxhaulError} `paging_loop`: Box's positions lead in a circle
   * @see https://developer.box.com/guides/events/enterprise-events/for-enterprise/
   * @example
   * ```ts
   * const uploads = client.events.history({
   *   stream: 'admin_logs',
   *   eventTypes: ['UPLOAD', 'DELETE'],
   *   createdAfter: new Date(Date.now() - 86_400_000),
   * });
   * for await (const { event } of uploads) console.log(event.created_at, event.event_type);
   * ```
   */
  async *history(options: HistoryOptions = {}): AsyncGenerator<FollowedEvent, void, void> {
    const { position = 0, pageSize, ...asked } = options;
    const limit = pageSize === undefined ? {} : { limit: pageSize };
    const read = (at: string) => this.list({ ...asked, ...limit, position: at });
    yield* readToEnd(read, String(position));
  }

  /**
   * A user's events, or the enterprise's in `admin_logs_streaming`, as they happen, for ever: until the loop is left, the signal fires, or something is wrong that
   * will not pass. Waits in long polls, survives lost connections and Box's failures, and drops the duplicates that
   * Box sends. Events may come out of order. Keep the `position` of each event that is dealt with, to go on there.
   *
   * @throws {BoxhaulError} `events_out_of_date` (recovery `restart`): events behind the position are lost for good
   * @throws {BoxApiError} Box refused, for good
   * @throws the signal's reason, soon after it fires
   * @see https://developer.box.com/guides/events/user-events/polling/
   * @example
   * ```ts
   * await client.folders.create({ name: 'News', parentId: '0' });
   * for await (const { event, position } of client.events.follow({ position: 0 })) {
   *   console.log(event.event_type, 'and after a crash from', position);
   *   if (event.event_type === 'ITEM_CREATE') break;
   * }
   * ```
   */
  async *follow(options: FollowOptions = {}): AsyncGenerator<FollowedEvent, void, void> {
    const { stream = 'all', position = 'now', pageSize = MOST_EVENTS, signal } = options;
    const { eventTypes, everyMs = USUAL_INTERVAL_MS } = options;
    const asked = { stream, limit: pageSize, signal, ...(eventTypes && { eventTypes }) };
    const read = (at: string) => this.list({ ...asked, position: at });
    const source: EventSource =
      stream === 'admin_logs_streaming'
        ? { read, wait: () => this.#pause(everyMs, signal) }
        : new LongPoll(this.#send, this.#poll, { stream, read, signal });
    yield* followed(source, String(position), this.#clock, signal);
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<'quiet'> {
    await this.#clock.sleep(ms, signal);
    return 'quiet';
  }
}

/** A page of events: with a place to go on. */
function eventPage(data: unknown): BoxEventPage | undefined {
  const found = page<BoxEventPage['entries'][number]>(data);
  return found && 'next_stream_position' in found ? (found as BoxEventPage) : undefined;
}

/** Where Box lets clients wait. */
interface RealtimeServer {
  readonly url: string;
  readonly pollsLeft: number;
  readonly patienceMs: number;
}

const USUAL_POLLS = 10;
const USUAL_PATIENCE_SECONDS = 610;

/** Waits at the realtime server that Box names, as often as that server may be asked. */
class LongPoll implements EventSource {
  readonly read: EventSource['read'];
  readonly #send: Send;
  readonly #poll: Send;
  readonly #stream: UserStream;
  readonly #signal: AbortSignal | undefined;
  #server: RealtimeServer | undefined;

  constructor(
    send: Send,
    poll: Send,
    options: { stream: UserStream; read: EventSource['read']; signal: AbortSignal | undefined },
  ) {
    this.#send = send;
    this.#poll = poll;
    this.#stream = options.stream;
    this.#signal = options.signal;
    this.read = options.read;
  }

  /** Whatever becomes of the poll, the stream can be read: a server that fails is only not asked again. */
  async wait(position: string): Promise<'news' | 'quiet' | 'out of date'> {
    const server = this.#server ?? (await this.#findServer());
    this.#server =
      server.pollsLeft > 1 ? { ...server, pollsLeft: server.pollsLeft - 1 } : undefined;
    try {
      return await this.#ask(server, position);
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (!(error instanceof BoxhaulError)) throw error;
      if (error.code !== 'headers_timeout') this.#server = undefined;
      return 'quiet';
    }
  }

  async #ask(server: RealtimeServer, position: string): Promise<'news' | 'quiet' | 'out of date'> {
    const { data } = await this.#poll({
      method: 'GET',
      path: server.url,
      query: { stream_position: position },
      isAnonymous: true,
      headersTimeoutMs: server.patienceMs,
      signal: this.#signal,
    });
    const message = messageOf(data);
    if (message === 'new_change' || message === 'new_message') return 'news';
    if (message === 'out_of_date') return 'out of date';
    this.#server = undefined;
    return 'quiet';
  }

  async #findServer(): Promise<RealtimeServer> {
    return await answerOf(
      this.#send,
      {
        method: 'OPTIONS',
        path: '/events',
        query: { stream_type: this.#stream },
        signal: this.#signal,
      },
      realtimeServer,
    );
  }
}

function realtimeServer(data: unknown): RealtimeServer | undefined {
  const [server] = page<Record<string, unknown>>(data)?.entries ?? [];
  if (typeof server?.url !== 'string') return undefined;
  return {
    url: server.url,
    // Text in Box's answers, a number in its guide.
    pollsLeft: Number(server.max_retries) || USUAL_POLLS,
    patienceMs: (Number(server.retry_timeout) || USUAL_PATIENCE_SECONDS) * 1000,
  };
}

function messageOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'message' in data ? data.message : undefined;
}
