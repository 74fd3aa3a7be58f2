import { renewing, signed } from './auth/authorized.ts';
import { type TokenEndpoint, tokenEndpoint } from './auth/token-endpoint.ts';
import { CallCounter } from './counter.ts';
import { openDispatcher } from './dispatcher.ts';
import { exchange } from './exchange.ts';
import type { ResolvedClientOptions, ResolvedConnection } from './options.ts';
import { localPacer, paced } from './pacer.ts';
import type { CallCounts } from './record.ts';
import type { Send } from './request.ts';
import { LONGEST_WAIT_MS } from './retry.ts';
import { type RetryContext, retrying } from './retrying.ts';

/** The way to Box without a token: open connections, and what goes over them. */
export interface Connection {
  /** Sends as it is, and counts. */
  readonly exchange: Send;
  /** For tokens: retried, but neither paced (what waits in the pacer waits for a token) nor signed. */
  readonly tokens: TokenEndpoint;
  readonly retry: RetryContext;
  counts(): CallCounts;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Opens the way to Box. Nothing is sent yet. */
export function openConnection(options: ResolvedConnection): Connection {
  const dispatcher = openDispatcher(options);
  const counter = new CallCounter();
  const send = exchange(dispatcher, options, (record) => {
    counter.add(record);
    options.onExchange(record);
  });
  const retry: RetryContext = {
    policy: {
      maxRetries: options.maxRetries,
      firstPauseMs: 500,
      longestPauseMs: 30_000,
      longestWaitMs: LONGEST_WAIT_MS,
    },
    clock: options.clock,
    random: options.random,
    onRetry: () => counter.addRetry(),
    onWait: options.onWait,
  };
  return {
    exchange: send,
    tokens: tokenEndpoint(retrying(send, retry), options),
    retry,
    counts: () => counter.counts(),
    close: () => dispatcher.destroy(),
  };
}

/** What a client sends its requests with: every attempt is paced and signed anew, that after a 401 too. */
export function transport(connection: Connection, options: ResolvedClientOptions): Send {
  const own = localPacer(options.concurrency, options.clock);
  const attempt = paced(own, options.clock, signed(options.auth, connection.exchange));
  const inTurn = options.pacer ? paced(options.pacer, options.clock, attempt) : attempt;
  return retrying(renewing(inTurn), connection.retry);
}
