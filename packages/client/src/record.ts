import type { AnsweringHost } from './errors.ts';

/** What happened in one exchange with Box, for logs. Holds no secrets. */
export interface ExchangeRecord {
  readonly method: string;
  readonly host: AnsweringHost;
  /** With its query, secrets taken out. */
  readonly path: string;
  /** Absent if no answer came. */
  readonly status?: number;
  /** The error's code, where the exchange ended with one. */
  readonly errorCode?: string;
  readonly requestId?: string;
  /** From the start until the answer's header, or the error. */
  readonly durationMs: number;
  readonly sentBytes: number;
  /** Box's clock (its `Date` header), in milliseconds since 1970. */
  readonly serverTimeMs?: number;
}

/** Calls spent since the client was made. */
export interface CallCounts {
  /** Requests to Box's api and upload hosts, repeated ones too: what Box's limits count. */
  readonly calls: number;
  /** Of these, requests to the upload host. */
  readonly uploads: number;
  /** Requests to download hosts, which Box does not count. */
  readonly downloads: number;
  /** Requests for access tokens. */
  readonly tokens: number;
  /** Attempts after the first of a request. */
  readonly retried: number;
  /** Answers of 429. */
  readonly refused: number;
}
