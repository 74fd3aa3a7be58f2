import type { AddressInfo } from 'node:net';
import { urlsFor } from './addresses.ts';
import { type AppConfig, defaultRegistration, openApps } from './auth/apps.ts';
import { createAuthTables } from './auth/auth-schema.ts';
import type { Authority } from './auth/authority.ts';
import { ALL_SCOPES, newGrantId, openTokens } from './auth/tokens.ts';
import type { Box } from './box.ts';
import { type EmulatorClock, movableClock } from './clock.ts';
import { type Counts, requestCounter } from './counts.ts';
import { type EmulatorOptions, resolveEmulatorOptions } from './options.ts';
import { buildServer } from './server.ts';
import { openStore } from './store/store.ts';
import { FaultBook, type Faults } from './weather/faults.ts';

/** What an app needs to ask for tokens without a JWT. */
export interface AppCredentials {
  clientID: string;
  clientSecret: string;
  enterpriseID: string;
}

/** Which token {@link Emulator.issueToken} makes. */
export interface IssueTokenOptions {
  /** @default the admin */
  userId?: string;
  /** @default the emulator's `accessTokenLifeSeconds` */
  lifeSeconds?: number;
}

/** Where things are that `seed` made, by their path. */
export type SeededItems = Record<string, { type: 'file' | 'folder'; id: string }>;

/** How to reach the emulator by HTTPS. */
export interface EmulatorTls {
  /** An HTTP proxy that leads Box's own host names to the emulator, and nothing else anywhere. */
  proxyUrl: string;
  /** A PEM file with the authority that signed the emulator's certificate. */
  caCertificatePath: string;
  /** What that file holds. */
  caCertificate: string;
  /** The emulator itself by HTTPS, for clients that let their hosts be set. */
  apiUrl: string;
}

/** A running Box. */
export interface Emulator {
  /** Where it listens, such as `http://127.0.0.1:4010`: the base URL of every host of Box. */
  readonly url: string;
  /** An access token of the admin that never expires: the first of those given, or one that was made. */
  readonly token: string;
  /** The app that may ask for tokens. */
  readonly app: AppCredentials;
  /** The app's config as Box gives it out, for JWT; its key is made at the first call. */
  appConfig(): Promise<AppConfig>;
  readonly enterpriseId: string;
  readonly adminUserId: string;
  readonly serviceAccountUserId: string;
  /** Someone of no enterprise, whom the consent page offers too. */
  readonly externalUserId: string;
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly tls?: EmulatorTls;
  /** Requests since the start or `resetCounts`, by method and pattern: `GET /folders/:id/items`. */
  counts(): Counts;
  /** Those of them that the emulator does not have. */
  notEmulated(): Counts;
  resetCounts(): void;
  /** Forgets all items, faults, counts and used-up limits, and sets the clock right. Users, apps and tokens stay. */
  reset(): void;
  /**
   * Makes files, and the folders that they need, for the admin. Keys are paths from the root folder; one that ends
   * in `/` is an empty folder, whatever its value.
   */
  seed(tree: Record<string, string | Uint8Array>): Promise<SeededItems>;
  /** Refuses all access tokens from now on but those that never expire. */
  expireTokens(): void;
  /** Hands out an access token without asking for consent. */
  issueToken(options?: IssueTokenOptions): string;
  /** Ends all connections and closes the state. */
  close(): Promise<void>;
}

/**
 * Starts a Box on this machine.
 *
 * Rejects with a `TypeError` for options that cannot be, and with what the system says when the port or the data
 * folder cannot be used.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const resolved = resolveEmulatorOptions(options);
  const clock = movableClock(resolved.clock);
  const store = openStore({ dataDir: resolved.dataDir, clock });
  createAuthTables(store.db);
  const tokens = openTokens(store);
  const apps = openApps(store);
  const app = apps.register(resolved.app ?? defaultRegistration(store));
  const authority: Authority = {
    store,
    clock,
    apps,
    tokens,
    accessTokenLifeSeconds: resolved.accessTokenLifeSeconds,
  };
  const admin = {
    clientId: app.clientId,
    userId: app.adminId,
    enterpriseId: app.enterpriseId,
    scopes: ALL_SCOPES,
  };
  const eternal =
    resolved.tokens.length > 0
      ? resolved.tokens
      : [store.secret('default token').toString('base64url').replace(/[-_]/g, 'x').slice(0, 32)];
  for (const token of eternal) tokens.addEternal(token, admin);

  const counter = requestCounter();
  const faults = new FaultBook(resolved.seed);
  const box: Box = { store, clock, options: resolved, urlsFor };
  const { app: server } = buildServer({ box, authority, counter });
  await server.listen({ port: resolved.port, host: resolved.host });
  const url = `http://${resolved.host}:${(server.server.address() as AddressInfo).port}`;
  return {
    url,
    token: eternal[0] ?? '',
    app: {
      clientID: app.clientId,
      clientSecret: app.clientSecret,
      enterpriseID: String(app.enterpriseId),
    },
    appConfig: () => apps.config(app),
    enterpriseId: String(app.enterpriseId),
    adminUserId: String(app.adminId),
    serviceAccountUserId: String(app.serviceId),
    externalUserId: String(app.externalId),
    clock,
    faults,
    counts: counter.all,
    notEmulated: counter.notEmulated,
    resetCounts: counter.reset,
    reset() {
      store.clearContents();
      faults.clear();
      counter.reset();
      clock.reset();
    },
    seed: () => Promise.reject(new Error('not yet')),
    expireTokens: tokens.expireAll,
    issueToken: ({ userId, lifeSeconds } = {}) =>
      tokens.issueAccess(
        {
          ...admin,
          grantId: newGrantId(),
          userId: userId === undefined ? app.adminId : Number(userId),
        },
        lifeSeconds ?? resolved.accessTokenLifeSeconds,
      ),
    async close() {
      await server.close();
      store.close();
    },
  };
}
