import { type Address, secretsIn } from './address.ts';
import { type ApiErrorDetails, BoxApiError, BoxConnectionError, type Recovery } from './errors.ts';
import type { BoxRequest } from './request.ts';

/** The head of an answer. */
export interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How long an answer asks to wait: whole seconds or a date, which is held against the server's own clock.
 * @param nowMs this machine's time, for an answer without `Date`
 * @returns milliseconds, 0 or more; undefined where there is no such header, or none that can be read
 * @see https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits/
 */
export function retryAfterMs(headers: AnswerHead['headers'], nowMs: number): number | undefined {
  const text = headers['retry-after']?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const dateMs = Date.parse(text);
  if (Number.isNaN(dateMs)) return undefined;
  return Math.max(0, dateMs - (serverTimeMs(headers) ?? nowMs));
}

/** The server's clock when it answered, in milliseconds since 1970. */
export function serverTimeMs(headers: AnswerHead['headers']): number | undefined {
  const ms = Date.parse(headers.date ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * The JSON of an answer; undefined for an empty one.
 * @throws {BoxConnectionError} `unexpected_answer`: something between here and Box answered in its place
 */
export function decodeAnswer(text: string, request: BoxRequest, address: Address): unknown {
  if (text === '') return undefined;
  const data = parseJson(request.path === '/events' ? exactPositions(text) : text);
  if (data !== undefined) return data;
  throw new BoxConnectionError(
    `the answer to ${request.method} ${address.shown} is not JSON: something between here and Box answered`,
    { code: 'unexpected_answer', method: request.method, path: address.shown, host: address.host },
  );
}

/**
 * The error that a refusal is (status 400 and up, or a redirect that leads nowhere).
 * @param text the body: Box's JSON, empty, or anything at all
 * @param secrets what must not be repeated, should the answer echo it
 */
export function refusal(
  head: AnswerHead,
  text: string,
  request: BoxRequest,
  address: Address,
  nowMs: number,
): BoxApiError {
  const hide = hiding([...(request.secrets ?? []), ...secretsIn(address)]);
  const body = asRecord(parseJson(text, hide));
  const challenge = challengeOf(hide(head.headers['www-authenticate'] ?? ''));
  const boxCode = textOf(body?.code) ?? textOf(body?.error) ?? challenge.error;
  const boxMessage =
    textOf(body?.message) ?? textOf(body?.error_description) ?? challenge.error_description;
  const contextInfo = asRecord(body?.context_info);
  const details: ApiErrorDetails = {
    code: boxCode ?? `http_${head.status}`,
    recovery: hasRunOut(head, request)
      ? 'restart'
      : // Who asked the download host itself has no API to ask for another address.
        recoveryOf(head.status, boxCode, request.host === 'download' ? 'api' : address.host),
    status: head.status,
    method: request.method,
    path: address.shown,
    host: address.host,
    ...defined({
      boxCode,
      boxMessage,
      contextInfo,
      requestId: textOf(body?.request_id) ?? head.headers['box-request-id'],
      retryAfterMs: retryAfterMs(head.headers, nowMs),
      serverTimeMs: serverTimeMs(head.headers),
    }),
  };
  return new BoxApiError(messageOf(details), details);
}

/**
 * Whether it is the address that Box knows no more: it was a key in itself (a zip's, a long poll's), and no token was
 * shown that could have been refused.
 */
function hasRunOut({ status }: AnswerHead, { isAnonymous, host }: BoxRequest): boolean {
  return status === 401 && isAnonymous === true && host !== 'oauth';
}

/** What can be done about a refusal, from its status and Box's code. */
export function recoveryOf(
  status: number,
  boxCode: string | undefined,
  host: Address['host'],
): Recovery {
  const byCode = boxCode === undefined ? undefined : RECOVERY_BY_CODE.get(boxCode);
  if (byCode) return byCode;
  // Download URLs live minutes: a refusal by their host is answered by asking the API for a new one.
  if (host === 'download' && [401, 403, 404, 410].includes(status)) return 'retry';
  if (status === 429 || status === 408 || (status >= 500 && status !== 501 && status !== 507)) {
    return 'retry';
  }
  if (status === 401 || status === 507) return 'stop';
  return status === 410 || status === 412 ? 'restart' : 'skip';
}

const RECOVERY_BY_CODE: ReadonlyMap<string, Recovery> = new Map([
  ['operation_blocked_temporary', 'retry'],
  ['name_temporarily_reserved', 'retry'],
  ['bad_digest', 'restart'],
  ['storage_limit_exceeded', 'stop'],
  ['insufficient_scope', 'stop'],
  ['access_from_location_blocked', 'stop'],
  ['terms_of_service_required', 'stop'],
  ['password_reset_required', 'stop'],
  ['user_email_confirmation_required', 'stop'],
]);

function messageOf(details: ApiErrorDetails): string {
  const { method, path, host, status, boxCode, boxMessage } = details;
  const who = host === 'download' ? 'Box’s download host' : 'Box';
  const words = [boxMessage, boxCode && `(${boxCode})`].filter(Boolean).join(' ');
  // For a person the query is noise: `path` has it.
  const [place] = path.split('?');
  return `${who} refused ${method} ${place} with ${status}${words && `: ${words}`}${faultsOf(details)}`;
}

/** Box often says "Bad Request" and names what is bad only in `context_info.errors`. */
function faultsOf({ contextInfo }: ApiErrorDetails): string {
  const errors: unknown = contextInfo?.errors;
  if (!Array.isArray(errors)) return '';
  const messages = errors.map((error) => textOf(asRecord(error)?.message)).filter(Boolean);
  return messages.length > 0 ? `: ${messages.join('; ')}` : '';
}

/** `Bearer realm="Service", error="invalid_token", …`: all that Box says with an empty-bodied 401 or 403. */
function challengeOf(header: string): { error?: string; error_description?: string } {
  const pairs = [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  return Object.fromEntries(pairs);
}

/** Takes secrets out of texts, as they are and as they stand in forms and queries. */
function hiding(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter(Boolean).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text) => hidden.reduce((safe, secret) => safe.replaceAll(secret, '[hidden]'), text);
}

/**
 * Undefined for what is not JSON, and for `null`: neither is an answer of Box's.
 * @param change what becomes of each text in it; by default all stay
 */
function parseJson(json: string, change?: (text: string) => string): unknown {
  // A reviver costs much on a long listing: there is none where nothing changes.
  const reviver =
    change && ((_: string, value: unknown) => (typeof value === 'string' ? change(value) : value));
  try {
    return JSON.parse(json, reviver) ?? undefined;
  } catch {
    // What the text holds must not get into an error, so the parser's own words are dropped.
    return undefined;
  }
}

/** A stream's position may be a number beyond what JavaScript holds exactly: it is kept as text. */
function exactPositions(json: string): string {
  return json.replace(/("next_stream_position"\s*:\s*)(\d{16,})/, '$1"$2"');
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return { ...value };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
