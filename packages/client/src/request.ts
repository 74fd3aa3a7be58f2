import type { RequestBody } from './body.ts';
import type { BoxApiError, BoxConnectionError } from './errors.ts';

/** Which of Box's hosts a request is for: `account` shows the page where a user grants access. */
export type BoxHost = 'api' | 'upload' | 'oauth' | 'account' | 'download';

/** What a query parameter may be; undefined leaves it out, a list is joined with commas. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One request to Box, in terms that can be sent more than once. */
export interface BoxRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /**
   * A path under the host's base (`/folders/0/items`), or a whole URL as Box handed it out (`upload_url`,
   * `session_endpoints`). A whole URL must be on one of Box's hosts, or on the configured ones: it gets the token.
   */
  readonly path: string;
  /** @default 'api' */
  readonly host?: BoxHost;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Names in lower case; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. Not together with `body`. */
  readonly json?: unknown;
  /** Sent as it is, opened anew for each attempt. */
  readonly body?: RequestBody;
  /** Of `body`. @default 'application/octet-stream' */
  readonly contentType?: string;
  /** `json`: the answer is read and decoded; `stream`: it is handed on as it arrives. @default 'json' */
  readonly answer?: 'json' | 'stream';
  /**
   * May it be sent again when nobody can tell whether Box did it (a broken connection, a 5xx)?
   * `safe`: doing it twice is the same as once. `unsafe`: not, unless `lookup` says what happened.
   * @default 'unsafe' for POST and PATCH, 'safe' for the others
   */
  readonly repeat?: 'safe' | 'unsafe';
  /** Finds out whether an attempt that nobody saw the answer of was done after all. See {@link Lookup}. */
  readonly lookup?: Lookup | undefined;
  /** A 202 with `Retry-After` means "not yet, ask again" (downloads, commits). @default false */
  readonly waitOn202?: boolean;
  /** What becomes of a redirect: `follow` it without the token, or `answer` with it, unfollowed. @default 'follow' */
  readonly redirect?: 'follow' | 'answer';
  /** How long Box may take to begin its answer, in milliseconds. @default the client's `headersMs` */
  readonly headersTimeoutMs?: number;
  /** Sent without a token, wherever its URL leads: Box knows by other means who asks. @default false */
  readonly isAnonymous?: boolean;
  /** What must not be repeated in an error, should Box's answer echo it: tokens, passwords. */
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /**
   * Once it fires the request is waited for no more, neither to be sent again nor for its turn, but for a few seconds;
   * what is under way is finished. It then rejects with this signal's reason.
   */
  readonly ending?: AbortSignal | undefined;
  /** Called as bytes of the body are handed to the network; starts at 0 again with each attempt. */
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
}

/**
 * Asked after an attempt that may have been done unseen (a broken connection or a 5xx), and once more when a
 * later attempt is refused (the name is in use now: by us?).
 *
 * @param failure what the last attempt ended with
 * @returns `{ data }`, the answer that was lost, if Box did it; undefined if it did not, or nobody can tell:
 *   the request is then sent again after a broken connection or 5xx, and the refusal is thrown after a refusal.
 *   What it throws ends the request.
 */
export type Lookup = (
  failure: BoxApiError | BoxConnectionError,
) => Promise<{ readonly data: unknown } | undefined>;

/** Bytes as they arrive. Iterating throws a BoxConnectionError when they end early, break off or stall. */
export interface AnswerStream extends AsyncIterable<Uint8Array> {
  /** All of them in one piece, in place of iterating: for what is small. Throws what iterating throws. */
  bytes(): Promise<Uint8Array>;
  /** Ends it unread: the connection is closed. Harmless when it has ended. */
  cancel(): void;
}

/** An answer that is no refusal (2xx or 304). */
export interface BoxResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Box's JSON, unchanged; undefined where the body is empty, or was asked for as a stream. */
  readonly data: unknown;
  /** Where the request asked for `answer: 'stream'`. Must be read to its end or cancelled. */
  readonly stream?: AnswerStream;
}

/**
 * Sends one request. The client's is `retrying(renewing(paced(signed(exchange))))`: each layer has this signature,
 * so every attempt is paced and signed anew.
 *
 * @throws {BoxApiError} Box refused
 * @throws {BoxConnectionError} the network failed
 * @throws {BoxAuthError} there is no token to be had
 * @throws the signal's reason, soon after it fires
 */
export type Send = (request: BoxRequest) => Promise<BoxResponse>;
