import type { Authenticator } from './auth/authenticator.ts';
import { type Clock, systemClock } from './clock.ts';
import { InputError } from './errors.ts';
import type { Pacer } from './pacer.ts';
import type { ExchangeRecord } from './record.ts';
import type { Wait } from './wait.ts';

/** Where Box is. */
export interface BoxHosts {
  /** @default 'https://api.box.com' */
  readonly api?: string;
  /** @default 'https://upload.box.com' */
  readonly upload?: string;
  /** Of the page where a user grants access. @default 'https://account.box.com' */
  readonly account?: string;
  /** Of zip files, which Box makes as they are fetched. @default 'https://dl.boxcloud.com' */
  readonly download?: string;
}

/** How long to wait for what, in milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** For a connection. @default 10_000 */
  readonly connectMs?: number;
  /**
   * For an answer to begin once the request is sent, and for each piece of the request to be taken.
   * @default 120_000
   */
  readonly headersMs?: number;
  /** Between two pieces of an answer. @default 60_000 */
  readonly bodyIdleMs?: number;
  /** For all of an answer that is not contents, however it trickles. @default 300_000 */
  readonly answerMs?: number;
}

/** How Box is reached: what a client and an authenticator of its own have in common. */
export interface ConnectionOptions {
  /** One address for all of Box's hosts: an emulator, a gateway. Wins over `hosts`. */
  readonly baseUrl?: string | undefined;
  readonly hosts?: BoxHosts;
  /**
   * Where proxies are read from, as the usual variables name them: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in
   * either case. This machine's own addresses are never reached through one. @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** PEM certificates to trust beside the usual ones: a company's proxy, the emulator's TLS. @default none */
  readonly caCertificates?: readonly string[];
  readonly timeouts?: Timeouts;
  /** How often a request that failed is sent again; what Box merely asked to wait for does not count. @default 5 */
  readonly maxRetries?: number;
  /** Put before Boxhaul's own name: `'my-tool/2.1'`. @default none */
  readonly userAgent?: string;
  /** Called after every exchange with Box. It is given no secrets, and must not throw. @default nothing */
  readonly onExchange?: (record: ExchangeRecord) => void;
  /** Called before a request waits to be sent again, however short that is. It must not throw. @default nothing */
  readonly onWait?: (wait: Wait) => void;
  /** @default the machine's */
  readonly clock?: Clock;
  /** From 0 up to 1. @default Math.random */
  readonly random?: () => number;
}

/** What a client is made with. */
export interface ClientOptions extends ConnectionOptions {
  readonly auth: Authenticator;
  /** How many requests may be waiting for Box's answer at once. @default 32 */
  readonly concurrency?: number;
  /** Decides when each attempt may go, before the client's own bound does. @default at once */
  readonly pacer?: Pacer | undefined;
}

/** An address taken apart, once. */
interface ResolvedHost {
  readonly origin: string;
  /** What stands before every path, such as `/2.0`. */
  readonly prefix: string;
}

/** Each of Box's hosts, and the page where a user grants access. */
export interface ResolvedHosts {
  readonly api: ResolvedHost;
  readonly upload: ResolvedHost;
  /** Token and revoke: on the api host, beside its `/2.0`. */
  readonly oauth: ResolvedHost;
  readonly account: ResolvedHost;
  readonly download: ResolvedHost;
  /** The whole URL. */
  readonly authorizeUrl: string;
}

/** {@link ConnectionOptions} with everything filled in. */
export interface ResolvedConnection {
  readonly hosts: ResolvedHosts;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly caCertificates: readonly string[];
  readonly timeouts: Required<Timeouts>;
  readonly maxRetries: number;
  readonly userAgent: string;
  readonly onExchange: (record: ExchangeRecord) => void;
  readonly onWait: (wait: Wait) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

/** {@link ClientOptions} with everything filled in. */
export interface ResolvedClientOptions extends ResolvedConnection {
  readonly auth: Authenticator;
  readonly concurrency: number;
  readonly pacer: Pacer | undefined;
}

/** Said in the user agent; all of Boxhaul's packages carry the same. */
export const VERSION = '0.1.0';

/**
 * Fills in what the caller left out.
 * @throws {InputError} an address that is no URL, a number out of its range
 */
export function resolveClientOptions(options: ClientOptions): ResolvedClientOptions {
  return {
    ...resolveConnection(options),
    auth: options.auth,
    concurrency: wholeNumber('concurrency', options.concurrency ?? 32, 1),
    pacer: options.pacer,
  };
}

/**
 * Fills in what the caller left out.
 * @throws {InputError} an address that is no URL, a number out of its range
 */
export function resolveConnection(options: ConnectionOptions): ResolvedConnection {
  const own = `boxhaul/${VERSION} node/${process.versions.node}`;
  return {
    hosts: resolveHosts(options),
    env: options.env ?? process.env,
    caCertificates: options.caCertificates ?? [],
    timeouts: {
      connectMs: wholeNumber('timeouts.connectMs', options.timeouts?.connectMs ?? 10_000, 0),
      headersMs: wholeNumber('timeouts.headersMs', options.timeouts?.headersMs ?? 120_000, 0),
      bodyIdleMs: wholeNumber('timeouts.bodyIdleMs', options.timeouts?.bodyIdleMs ?? 60_000, 0),
      answerMs: wholeNumber('timeouts.answerMs', options.timeouts?.answerMs ?? 300_000, 0),
    },
    maxRetries: wholeNumber('maxRetries', options.maxRetries ?? 5, 0),
    userAgent: options.userAgent ? `${options.userAgent} ${own}` : own,
    onExchange: options.onExchange ?? (() => {}),
    onWait: options.onWait ?? (() => {}),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function resolveHosts({ baseUrl, hosts }: ConnectionOptions): ResolvedHosts {
  const base = (name: keyof BoxHosts, fallback: string) =>
    baseUrl === undefined
      ? parseBase(`hosts.${name}`, hosts?.[name] ?? fallback)
      : parseBase('baseUrl', baseUrl);
  const api = base('api', 'https://api.box.com');
  const upload = base('upload', 'https://upload.box.com');
  const account = base('account', 'https://account.box.com');
  const download = base('download', 'https://dl.boxcloud.com');
  return {
    api: { origin: api.origin, prefix: `${api.prefix}/2.0` },
    upload: { origin: upload.origin, prefix: `${upload.prefix}/api/2.0` },
    oauth: { origin: api.origin, prefix: `${api.prefix}/oauth2` },
    account: { origin: account.origin, prefix: `${account.prefix}/api/oauth2` },
    download: { origin: download.origin, prefix: `${download.prefix}/2.0` },
    authorizeUrl: `${account.origin}${account.prefix}/api/oauth2/authorize`,
  };
}

function parseBase(name: string, text: string): ResolvedHost {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new InputError(
      `${name} must be an address such as https://api.box.com or http://127.0.0.1:4010`,
    );
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') };
}

function wholeNumber(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new InputError(`${name} must be a whole number from ${least} up, and is ${value}`);
  }
  return value;
}
