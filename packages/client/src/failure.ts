import type { Address } from './address.ts';
import { BoxConnectionError, BoxhaulError, type ConnectionFailure, InputError } from './errors.ts';
import type { BoxRequest } from './request.ts';

/** undici's word for an answer that is not HTTP; each kind has a code of its own, or none. */
const NOT_HTTP = 'HTTPParserError';

/** undici's and Node's codes for what can happen before anything was sent. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  // What answered does not speak TLS.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'UND_ERR_PRX_TLS',
  'UND_ERR_PRX_CONN',
  // Without a signal that fired it is the proxy's refusal of a tunnel.
  'UND_ERR_ABORTED',
]);

const FAILURES: ReadonlyMap<string, ConnectionFailure> = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers_timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'body_timeout'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'body_truncated'],
  ['UND_ERR_SOCKET', 'connection_reset'],
  ['ECONNRESET', 'connection_reset'],
  ['ECONNABORTED', 'connection_reset'],
  ['EPIPE', 'connection_reset'],
  ['ETIMEDOUT', 'connection_reset'],
  ['EPROTO', 'connection_reset'],
  ['UND_ERR_HEADERS_OVERFLOW', 'unexpected_answer'],
]);

const WORDS: Readonly<Record<ConnectionFailure, string>> = {
  connect_failed: 'could not be reached',
  connect_timeout: 'did not take the connection in time',
  connection_reset: 'closed the connection before the answer was complete',
  headers_timeout: 'did not begin to answer in time',
  body_timeout: 'stopped in the middle of its answer',
  body_truncated: 'ended its answer before all of it was sent',
  unexpected_answer: 'gave an answer that is not HTTP',
};

/**
 * What undici threw, as an error of ours. Its own error goes along as `cause` by message and code only: some
 * kinds carry what was on the wire.
 */
export function failureOf(error: unknown, request: BoxRequest, address: Address): unknown {
  const code = codeOf(error);
  if (error instanceof BoxhaulError || code === undefined) return error;
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return closedError();
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return new InputError(`${request.method} ${address.shown} cannot be sent: ${wordsOf(error)}`);
  }
  const failure = kindOf(code, error);
  if (!failure) return error;
  const who = address.host === 'download' ? 'Box’s download host' : 'Box';
  return new BoxConnectionError(
    `${who} ${WORDS[failure]} (${request.method} ${address.shown}: ${wordsOf(error)})${wayOut(code)}`,
    {
      code: failure,
      recovery: isDistrust(code) ? 'stop' : 'retry',
      method: request.method,
      path: address.shown,
      host: address.host,
      cause: Object.assign(new Error(wordsOf(error)), { code }),
    },
  );
}

/** A request to a client that is no more. */
export function closedError(): BoxhaulError {
  return new BoxhaulError('the client was closed', { code: 'client_closed', recovery: 'stop' });
}

function kindOf(code: string, error: unknown): ConnectionFailure | undefined {
  if (BEFORE_SENDING.has(code) || isDistrust(code) || isConnecting(error)) return 'connect_failed';
  if (code === NOT_HTTP) return 'unexpected_answer';
  // TLS that breaks off: a bad record, an alert of the peer's.
  if (code.startsWith('ERR_SSL_')) return 'connection_reset';
  return FAILURES.get(code);
}

/** TLS to a peer whose certificate nobody here vouches for. Trying again does not help. */
function isDistrust(code: string): boolean {
  return /CERT|UNABLE_TO_VERIFY|ERR_TLS_/.test(code);
}

function wayOut(code: string): string {
  return isDistrust(code)
    ? '; if a proxy of your company opens TLS, set NODE_EXTRA_CA_CERTS to its certificate'
    : '';
}

function isConnecting(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'connect';
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === NOT_HTTP) return NOT_HTTP;
  if (!('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of OpenSSL's line for programs, the part for people.
  if ('reason' in error && typeof error.reason === 'string') return `TLS: ${error.reason}`;
  // Several addresses were tried: the error for all of them has no words of its own.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return error.message || (inner instanceof Error ? inner.message : error.name);
}
