import type { Authenticator } from './auth/authenticator.ts';
import type { Clock } from './clock.ts';
import type { ExchangeRecord } from './record.ts';

/** Where Box is. */
export interface BoxHosts {
  /** @default 'https://api.box.com' */
  readonly api?: string;
  /** @default 'https://upload.box.com' */
  readonly upload?: string;
  /** @default 'https://account.box.com' */
  readonly account?: string;
}

/** How long to wait for what, in milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** For a connection. @default 10_000 */
  readonly connectMs?: number;
  /** For an answer to begin once the request is sent, and for each piece of the request to be taken. @default 120_000 */
  readonly headersMs?: number;
  /** Between two pieces of an answer. @default 60_000 */
  readonly bodyIdleMs?: number;
}

/** How Box is reached: what a client and an authenticator of its own have in common. */
export interface ConnectionOptions {
  /** One address for all of Box's hosts: an emulator, a gateway. Wins over `hosts`. */
  readonly baseUrl?: string;
  readonly hosts?: BoxHosts;
  /**
   * Proxies, as the usual variables name them: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in either case. This
   * machine's own addresses are never reached through one. @default process.env
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** PEM certificates to trust beside the usual ones (a company's proxy, the emulator's TLS). */
  readonly caCertificates?: string | readonly string[];
  readonly timeouts?: Timeouts;
  /** How often a request that failed is sent again; what Box merely asked to wait for does not count. @default 5 */
  readonly maxRetries?: number;
  /** Put before Boxhaul's own: `'my-tool/2.1'`. */
  readonly userAgent?: string;
  /** Called after every exchange with Box; holds no secrets. It must not throw. */
  readonly onExchange?: (record: ExchangeRecord) => void;
  readonly clock?: Clock;
  /** Between 0 and 1, as Math.random, which is the default. */
  readonly random?: () => number;
}

/** What a client is made with. */
export interface ClientOptions extends ConnectionOptions {
  readonly auth: Authenticator;
  /** How many requests may be under way at once. @default 32 */
  readonly concurrency?: number;
}
