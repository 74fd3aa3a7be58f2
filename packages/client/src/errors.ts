/**
 * What a program can do about an error:
 * - `retry`: the same again, later, may work (Boxhaul's own retries are used up by then);
 * - `restart`: the same again cannot work, but starting afresh may (the file changed, a session expired);
 * - `skip`: this item cannot be done, others can;
 * - `stop`: nothing will work until a person changes something.
 */
export type Recovery = 'retry' | 'restart' | 'skip' | 'stop';

/** What every error of ours says beside its message. */
export interface ErrorDetails {
  /** For programs: snake_case, stable. */
  readonly code: string;
  readonly recovery: Recovery;
  readonly cause?: unknown;
}

/**
 * The root of every error that Boxhaul throws on purpose. The message is for a person. No token, key, password
 * or other secret is in its message, stack, cause or properties.
 */
export class BoxhaulError extends Error {
  /** For programs: snake_case, stable. For an answer of Box, Box's own code where it gave one. */
  readonly code: string;
  readonly recovery: Recovery;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.recovery = details.recovery;
  }

  /**
   * What JSON shows of it: everything but stack and cause.
   *
   * @example
   * ```ts
   * import { appendFile } from 'node:fs/promises';
   * import { BoxhaulError } from '@boxhaul/client';
   *
   * await client.files.get('404').catch(async (error: unknown) => {
   *   if (!(error instanceof BoxhaulError)) throw error;
   *   await appendFile('errors.log', `${JSON.stringify(error)}\n`);
   * });
   * ```
   */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries([['message', this.message], ...Object.entries(this)]);
  }
}

/** Bad arguments, references or configuration: the message says what was expected. */
export class InputError extends BoxhaulError {
  constructor(message: string, details: Partial<ErrorDetails> = {}) {
    super(message, { code: 'input', recovery: 'stop', ...details });
  }
}

/** Which of Box's hosts answers: `oauth` for tokens, `download` for the contents of files. */
export type AnsweringHost = 'api' | 'upload' | 'oauth' | 'account' | 'download';

/** What Box said when it refused a request. */
export interface ApiErrorDetails extends ErrorDetails {
  readonly status: number;
  readonly method: string;
  /** Without host and without secrets. */
  readonly path: string;
  /** Which of Box's hosts answered. */
  readonly host: AnsweringHost;
  readonly boxCode?: string;
  readonly boxMessage?: string;
  readonly contextInfo?: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly serverTimeMs?: number;
}

/** The item that has the name which was wanted; Box calls it a conflict. */
export interface BoxConflict {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly etag?: string | null;
  /** Of a file, lower-case hex. */
  readonly sha1?: string;
}

/**
 * Box answered, and refused.
 * @see https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/
 */
export class BoxApiError extends BoxhaulError {
  readonly status: number;
  readonly method: string;
  /** Without host and without secrets. */
  readonly path: string;
  readonly host: AnsweringHost;
  /** Box's `code` (`item_name_in_use`), or an OAuth error (`invalid_grant`); absent where Box gave none. */
  readonly boxCode: string | undefined;
  /** Box's own words. */
  readonly boxMessage: string | undefined;
  readonly contextInfo: Readonly<Record<string, unknown>> | undefined;
  /** What Box's support asks for. */
  readonly requestId: string | undefined;
  /** How long Box asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Box's clock when it answered (its `Date` header), in milliseconds since 1970. */
  readonly serverTimeMs: number | undefined;

  constructor(message: string, details: ApiErrorDetails) {
    super(message, details);
    this.status = details.status;
    this.method = details.method;
    this.path = details.path;
    this.host = details.host;
    this.boxCode = details.boxCode;
    this.boxMessage = details.boxMessage;
    this.contextInfo = details.contextInfo;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.serverTimeMs = details.serverTimeMs;
  }

  /** The item in the way of a name, whether Box sent it as an object (uploads) or in an array (folders). */
  get conflict(): BoxConflict | undefined {
    const conflicts = this.contextInfo?.conflicts;
    const first: unknown = Array.isArray(conflicts) ? conflicts[0] : conflicts;
    return isConflict(first) ? first : undefined;
  }
}

/** There is no access token to be had: what was tried, what Box said, and what to do. */
export class BoxAuthError extends BoxhaulError {
  /** Box's `error` (`invalid_grant`), where Box answered. */
  readonly boxError: string | undefined;
  /** Box's `error_description`. */
  readonly boxDescription: string | undefined;

  constructor(
    message: string,
    details: Partial<ErrorDetails> & {
      readonly boxError?: string | undefined;
      readonly boxDescription?: string | undefined;
    } = {},
  ) {
    super(message, {
      code: details.code ?? 'auth',
      recovery: details.recovery ?? 'stop',
      cause: details.cause,
    });
    this.boxError = details.boxError;
    this.boxDescription = details.boxDescription;
  }
}

/** How a connection failed. */
export type ConnectionFailure =
  /** Never reached: nothing was sent. */
  | 'connect_failed'
  | 'connect_timeout'
  /** Broken before the answer was complete: Box may or may not have done what was asked. */
  | 'connection_reset'
  | 'headers_timeout'
  | 'body_timeout'
  | 'body_truncated'
  /** An answer that is not one of Box's: a proxy's page, broken JSON. */
  | 'unexpected_answer';

/** The network failed between here and Box. */
export class BoxConnectionError extends BoxhaulError {
  declare readonly code: ConnectionFailure;
  readonly method: string;
  /** Without secrets. */
  readonly path: string;
  readonly host: AnsweringHost | undefined;
  /** False where it is certain that the request did not reach Box. */
  readonly mayHaveArrived: boolean;

  constructor(
    message: string,
    details: {
      readonly code: ConnectionFailure;
      readonly method: string;
      readonly path: string;
      /** @default unknown */
      readonly host?: AnsweringHost;
      /** @default 'retry' */
      readonly recovery?: Recovery;
      readonly cause?: unknown;
    },
  ) {
    super(message, {
      code: details.code,
      recovery: details.recovery ?? 'retry',
      cause: details.cause,
    });
    this.method = details.method;
    this.path = details.path;
    this.host = details.host;
    this.mayHaveArrived = details.code !== 'connect_failed' && details.code !== 'connect_timeout';
  }
}

/**
 * True for Box's refusals, with `code` for that one: Box's own code (`item_name_in_use`) or, where Box gave
 * none, `http_` and the status (`http_403`).
 *
 * @example
 * ```ts
 * import { isBoxError } from '@boxhaul/client';
 *
 * try {
 *   await client.folders.create({ name: 'Reports', parentId: '0' });
 * } catch (error) {
 *   if (!isBoxError(error, 'item_name_in_use')) throw error;
 *   console.log(`there already: ${error.conflict?.type} ${error.conflict?.id}`);
 * }
 * ```
 */
export function isBoxError(error: unknown, code?: string): error is BoxApiError {
  return error instanceof BoxApiError && (code === undefined || error.code === code);
}

function isConflict(value: unknown): value is BoxConflict {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'type' in value &&
    typeof value.type === 'string'
  );
}
