import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { FaultRule } from './weather/faults.ts';

/** How many calls each user may make in any minute. Uploads, searches and metadata queries count among all calls, too. */
export interface CallLimits {
  callsPerMinute: number;
  uploadsPerMinute: number;
  /** @default no limit of their own, as with the following */
  searchesPerMinute?: number;
  searchesPerSecond?: number;
  /** Of all users of an enterprise together. */
  enterpriseSearchesPerSecond?: number;
  enterpriseMetadataQueriesPerSecond?: number;
}

/** What the emulator can be told when it starts; everything may be left out. */
export interface EmulatorOptions {
  /** The TCP port. @default 0 (any free one) */
  port?: number;
  /** The address to listen on. @default '127.0.0.1' */
  host?: string;
  /** Where the state is kept; it is made if absent. @default none: everything is in memory and gone after `close()` */
  dataDir?: string;
  /** Access tokens of the admin user that never expire. @default one that is made up, see `Emulator.token` */
  tokens?: readonly string[];
  /** The app that may ask for tokens. @default one that is made up, see `Emulator.app` and `Emulator.appConfig()` */
  app?: AppRegistration;
  /**
   * Call limits: Box's own (for each user 1,000 calls, 240 uploads and 60 searches a minute, and 6 searches a second),
   * others, or none.
   *
   * @default 'none'
   */
  limits?: 'none' | 'box' | CallLimits;
  /** The largest file that new users may upload; their space is set by `PUT /users/{id}`. @default 50 GiB */
  maxUploadBytes?: number;
  /** Each answer waits this long before it is worked out. @default 0 */
  latencyMs?: number;
  /** The most bytes a second that each connection carries, in each direction. @default unlimited */
  bandwidthBytesPerSecond?: number;
  /** Faults to begin with; see {@link FaultRule}. */
  faults?: readonly FaultRule[];
  /**
   * Seeds all that is drawn by chance: ids, tokens and links, and which requests a rule with a `probability` hits. The
   * same calls then get the same answers in every run, if `clock` stands still too. Secrets are none any more.
   *
   * @default true chance, but for the rules, which have the seed 1
   */
  seed?: number;
  /** Also offer HTTPS under Box's own host names, through a proxy; see `Emulator.tls`. @default false */
  tls?: boolean;
  /** Where the time comes from. @default the machine's clock */
  clock?: Clock;
  /** How long access tokens live, in seconds. @default 3600 */
  accessTokenLifeSeconds?: number;
  /** How long a long poll for events waits until it is told to reconnect, by the machine's clock. @default 300000 */
  longPollMs?: number;
}

/** The options with every default filled in. */
export interface ResolvedEmulatorOptions {
  port: number;
  host: string;
  dataDir: string | undefined;
  tokens: readonly string[];
  app: AppRegistration | undefined;
  limits: CallLimits | undefined;
  maxUploadBytes: number | undefined;
  latencyMs: number;
  bandwidthBytesPerSecond: number | undefined;
  faults: readonly FaultRule[];
  seed: number | undefined;
  tls: boolean;
  clock: Clock;
  accessTokenLifeSeconds: number;
  longPollMs: number;
}

/** Box's own. https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits/ */
const BOX_LIMITS: CallLimits = {
  callsPerMinute: 1000,
  uploadsPerMinute: 240,
  searchesPerMinute: 60,
  searchesPerSecond: 6,
  enterpriseSearchesPerSecond: 12,
  enterpriseMetadataQueriesPerSecond: 10,
};

/** Fills in the defaults. Throws a `TypeError` that names the option that cannot be. */
export function resolveEmulatorOptions(options: EmulatorOptions = {}): ResolvedEmulatorOptions {
  const resolved: ResolvedEmulatorOptions = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    dataDir: options.dataDir,
    tokens: options.tokens ?? [],
    app: options.app === undefined ? undefined : readAppRegistration(options.app),
    limits: resolveLimits(options.limits ?? 'none'),
    maxUploadBytes: options.maxUploadBytes,
    latencyMs: options.latencyMs ?? 0,
    bandwidthBytesPerSecond: options.bandwidthBytesPerSecond,
    faults: options.faults ?? [],
    seed: options.seed,
    tls: options.tls ?? false,
    clock: options.clock ?? { now: Date.now },
    accessTokenLifeSeconds: options.accessTokenLifeSeconds ?? 3600,
    longPollMs: options.longPollMs ?? 300_000,
  };
  requireNumber('port', resolved.port, 0, 65_535);
  requireNumber('latencyMs', resolved.latencyMs, 0);
  requireNumber('accessTokenLifeSeconds', resolved.accessTokenLifeSeconds, 1);
  requireNumber('longPollMs', resolved.longPollMs, 1, 2 ** 31 - 1);
  if (resolved.maxUploadBytes !== undefined) {
    requireNumber('maxUploadBytes', resolved.maxUploadBytes, 1, Number.MAX_SAFE_INTEGER);
  }
  if (resolved.bandwidthBytesPerSecond !== undefined) {
    requireNumber('bandwidthBytesPerSecond', resolved.bandwidthBytesPerSecond, 1);
  }
  return resolved;
}

function resolveLimits(limits: 'none' | 'box' | CallLimits): CallLimits | undefined {
  if (limits === 'none') return undefined;
  if (limits === 'box') return BOX_LIMITS;
  const { callsPerMinute, uploadsPerMinute, ...others } = limits;
  requireNumber('limits.callsPerMinute', callsPerMinute, 1);
  requireNumber('limits.uploadsPerMinute', uploadsPerMinute, 1);
  for (const [name, most] of Object.entries(others)) requireNumber(`limits.${name}`, most, 1);
  return limits;
}

function requireNumber(name: string, value: number, least: number, most = Infinity): void {
  if (!(value >= least && value <= most)) {
    throw new TypeError(`${name} must be a number of at least ${least}, not ${value}`);
  }
}

const person = z.object({
  id: z.string().regex(/^\d+$/, 'must be a decimal id'),
  name: z.string().min(1),
  login: z.string().min(1),
});

const appRegistration = z.object({
  clientID: z.string().min(1),
  clientSecret: z.string().min(1),
  enterpriseID: z.string().regex(/^\d+$/, 'must be a decimal id'),
  enterpriseName: z.string().min(1),
  publicKeys: z.array(z.object({ id: z.string().min(1), pem: z.string().min(1) })).optional(),
  grants: z
    .array(
      z.enum([
        'jwt',
        'client_credentials',
        'authorization_code',
        'refresh_token',
        'token_exchange',
      ]),
    )
    .optional(),
  redirectURIs: z.array(z.url()).optional(),
  corsOrigins: z.array(z.url()).optional(),
  webhookKeys: z
    .object({ primary: z.string().min(1).optional(), secondary: z.string().min(1).optional() })
    .optional(),
  admin: person.optional(),
  externalUser: person.optional(),
});

/**
 * An app as it is registered, in the JSON that `--app FILE` reads. `publicKeys` verify its JWTs; `grants` are
 * what it may ask for (by default all); without `redirectURIs` any loopback address is taken; `corsOrigins`
 * are those of web pages that may call, without them any on this machine; `admin` is the enterprise's admin,
 * `webhookKeys` sign its webhooks, `externalUser` is someone of no enterprise who may sign in on the consent page.
 */
export type AppRegistration = z.input<typeof appRegistration>;

/** A way to ask for a token, in the words of {@link AppRegistration}. */
export type Grant = NonNullable<AppRegistration['grants']>[number];

/**
 * Checks an app registration read from anywhere; throws a `TypeError` that names the key that is wrong.
 *
 * @example
 * ```ts
 * import { readAppRegistration, startEmulator } from '@boxhaul/emulator';
 *
 * const app = readAppRegistration({
 *   clientID: 'my-app',
 *   clientSecret: 'known to my tests',
 *   enterpriseID: '42',
 *   enterpriseName: 'Acme',
 * });
 * const own = await startEmulator({ app });
 * console.log(own.enterpriseId); // 42
 * await own.close();
 * ```
 */
export function readAppRegistration(json: unknown): AppRegistration {
  const result = appRegistration.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'app'}: ${issue.message}`,
  );
  throw new TypeError(`The app registration is not right: ${faults.join('; ')}`);
}
