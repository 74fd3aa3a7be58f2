import { createHmac, timingSafeEqual } from 'node:crypto';
import { InputError } from './errors.ts';

/** An app's signature keys, from its *Webhooks* page in Box's developer console. At least one is needed. */
export interface WebhookKeys {
  readonly primary?: string | undefined;
  readonly secondary?: string | undefined;
}

/** A request's headers, as Node's servers, `fetch` or anything else have them. */
export type HeadersLike =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How old a message may be, by which clock. */
export interface VerifyOptions {
  /** @default Date.now() */
  readonly nowMs?: number;
  /** How old a message may be. @default 600_000 */
  readonly maxAgeMs?: number;
  /** How far in the future Box's clock may be. @default 60_000 */
  readonly toleranceMs?: number;
}

/** Why a message is not to be trusted. */
export type WebhookFault =
  /** No signature, no time, or another version or algorithm than Box's: 1, HmacSHA256. */
  | 'not signed'
  | 'too old'
  | 'from the future'
  /** Neither key fits: not Box's, or not the bytes that Box sent. */
  | 'wrong signature';

const MAX_AGE_MS = 10 * 60_000;
const TOLERANCE_MS = 60_000;

/**
 * Whether a message to a webhook's address was sent by Box, lately, and is whole. One fitting key is enough, so that
 * keys can be changed one after the other.
 *
 * @param rawBody the very bytes that arrived: not parsed and written again
 * @throws {InputError} no key at all
 * @see https://developer.box.com/guides/webhooks/v2/signatures-v2/
 * @example
 * ```ts
 * import { once } from 'node:events';
 * import { createServer } from 'node:http';
 * import { buffer } from 'node:stream/consumers';
 * import { verifyWebhook } from '@boxhaul/client';
 *
 * const keys = { primary: 'from the developer console' };
 * const server = createServer(async (request, response) => {
 *   const isOfBox = verifyWebhook(await buffer(request), request.headers, keys);
 *   response.writeHead(isOfBox ? 200 : 403).end();
 * });
 * await once(server.listen(), 'listening');
 * server.close();
 * ```
 */
export function verifyWebhook(
  rawBody: Uint8Array | string,
  headers: HeadersLike,
  keys: WebhookKeys,
  options: VerifyOptions = {},
): boolean {
  return webhookFault(rawBody, headers, keys, options) === undefined;
}

/**
 * As {@link verifyWebhook}; says why not. Undefined: the message is to be trusted.
 *
 * @example
 * ```ts
 * import { webhookFault } from '@boxhaul/client';
 *
 * const fault = webhookFault('{}', { 'user-agent': 'somebody' }, { primary: 'our key' });
 * if (fault !== undefined) console.log(`refused: ${fault}`); // refused: not signed
 * ```
 */
export function webhookFault(
  rawBody: Uint8Array | string,
  headers: HeadersLike,
  { primary, secondary }: WebhookKeys,
  { nowMs = Date.now(), maxAgeMs = MAX_AGE_MS, toleranceMs = TOLERANCE_MS }: VerifyOptions = {},
): WebhookFault | undefined {
  if (!primary && !secondary) {
    throw new InputError('a webhook can only be verified with one of its signature keys');
  }
  const header = reader(headers);
  const timestamp = header('box-delivery-timestamp') ?? '';
  const sentMs = Date.parse(timestamp);
  const isOurs =
    header('box-signature-version') === '1' &&
    header('box-signature-algorithm')?.toLowerCase() === 'hmacsha256';
  if (!isOurs || Number.isNaN(sentMs)) return 'not signed';
  const fits = (key: string | undefined, name: string) =>
    isSigned(rawBody, timestamp, key, header(name));
  // Both are looked at, whatever the first says.
  const byPrimary = fits(primary, 'box-signature-primary');
  const bySecondary = fits(secondary, 'box-signature-secondary');
  if (!byPrimary && !bySecondary) return 'wrong signature';
  if (sentMs < nowMs - maxAgeMs) return 'too old';
  return sentMs > nowMs + toleranceMs ? 'from the future' : undefined;
}

function isSigned(
  body: Uint8Array | string,
  timestamp: string,
  key: string | undefined,
  signature: string | undefined,
): boolean {
  if (!key || signature === undefined) return false;
  const expected = createHmac('sha256', key).update(body).update(timestamp).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function reader(headers: HeadersLike): (name: string) => string | undefined {
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined;
  const byName = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  return (name) => {
    const value = byName.get(name);
    return typeof value === 'object' ? value[0] : value;
  };
}
