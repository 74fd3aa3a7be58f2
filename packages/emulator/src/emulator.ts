import type { AddressInfo } from 'node:net';
import { addAppItem } from './actions/app-item.ts';
import { addFileRequest } from './actions/file-request.ts';
import { addWorkflow } from './actions/workflow.ts';
import { urlsFor } from './addresses.ts';
import { type App, defaultRegistration, openApps } from './auth/apps.ts';
import { createAuthTables } from './auth/auth-schema.ts';
import type { Authority } from './auth/authority.ts';
import { type Access, ALL_SCOPES, hashToken, openTokens } from './auth/tokens.ts';
import type { Box } from './box.ts';
import { movableClock } from './clock.ts';
import type { EmulatorControls } from './controls.ts';
import { requestCounter } from './counts.ts';
import {
  type EmulatorOptions,
  type ResolvedEmulatorOptions,
  resolveEmulatorOptions,
} from './options.ts';
import { seedTree } from './seed.ts';
import { buildServer, type RequestListener, type ServerParts } from './server.ts';
import { openStore } from './store/store.ts';
import type { EmulatorTls, Tls } from './tls/tls.ts';
import { openWeather } from './weather/weather.ts';
import { openCourier } from './webhooks/courier.ts';

const MOST_WAIT_FOR_WORK_MS = 5000;

/** What an app needs to ask for tokens without a JWT. */
export interface AppCredentials {
  clientID: string;
  clientSecret: string;
  enterpriseID: string;
}

/** A running Box. */
export interface Emulator extends EmulatorControls {
  /** Where it listens, such as `http://127.0.0.1:4010`: the base URL of every host of Box. */
  readonly url: string;
  /** An access token of the admin that never expires: the first of those given, or one that was made. */
  readonly token: string;
  /** The app that may ask for tokens; `appConfig()` has it with a key for JWT. */
  readonly app: AppCredentials;
  readonly enterpriseId: string;
  readonly adminUserId: string;
  readonly serviceAccountUserId: string;
  /** Someone of no enterprise, whom the consent page offers too. */
  readonly externalUserId: string;
  /** With the option `tls`. */
  readonly tls?: EmulatorTls;
  /** Breaks off all connections and closes the state; asked again, it waits for the same end. */
  close(): Promise<void>;
}

/**
 * Starts a Box on this machine.
 *
 * Rejects with a `TypeError` for options that cannot be, and with what the system says when the port or the data
 * folder cannot be used.
 *
 * @example
 * ```ts
 * import { BoxClient, developerToken } from '@boxhaul/client';
 * import { startEmulator } from '@boxhaul/emulator';
 *
 * const own = await startEmulator({ limits: 'box', latencyMs: 5 });
 * const user = new BoxClient({ auth: developerToken(own.token), baseUrl: own.url });
 * console.log((await user.users.me()).login);
 * await user.close();
 * await own.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const resolved = resolveEmulatorOptions(options);
  const opened = openState(resolved);
  const { app, store } = opened;
  let tls: Tls | undefined;
  const { server, listener, work } = buildServer(opened.parts);
  const courier = openCourier(store, opened.controls.clock);
  let ended: Promise<void> | undefined;
  const end = async () => {
    await tls?.close();
    await server.close();
    opened.parts.weather.close();
    await work.ended(MOST_WAIT_FOR_WORK_MS);
    await courier.close();
    store.close();
  };
  const close = () => (ended ??= end());
  try {
    await server.listen({ port: resolved.port, host: resolved.host });
    if (resolved.tls) tls = await openTls(listener, resolved);
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = server.server.address() as AddressInfo;
  return {
    ...opened.controls,
    url: `http://${resolved.host.includes(':') ? `[${resolved.host}]` : resolved.host}:${port}`,
    token: opened.token,
    app: {
      clientID: app.clientId,
      clientSecret: app.clientSecret,
      enterpriseID: String(app.enterpriseId),
    },
    enterpriseId: String(app.enterpriseId),
    adminUserId: String(app.adminId),
    serviceAccountUserId: String(app.serviceId),
    externalUserId: String(app.externalId),
    ...(tls === undefined ? {} : { tls: tls.described }),
    close,
  };
}

/** Making certificates takes long to load; most emulators need none. */
async function openTls(listener: RequestListener, options: ResolvedEmulatorOptions): Promise<Tls> {
  const tls = await import('./tls/tls.ts');
  return tls.openTls({ listener, options });
}

/** Everything but the network. */
interface OpenedState {
  store: Box['store'];
  app: App;
  token: string;
  parts: ServerParts;
  controls: EmulatorControls;
}

function openState(options: ResolvedEmulatorOptions): OpenedState {
  const clock = movableClock(options.clock);
  const store = openStore({
    dataDir: options.dataDir,
    clock,
    seed: options.seed,
    maxUploadBytes: options.maxUploadBytes,
  });
  try {
    return openParts({ store, clock, options, urlsFor });
  } catch (error) {
    store.close();
    throw error;
  }
}

function openParts(box: Box): OpenedState {
  const { store, clock, options } = box;
  const { accessTokenLifeSeconds } = options;
  createAuthTables(store.db);
  const tokens = openTokens(store);
  const apps = openApps(store);
  const authority: Authority = { store, clock, apps, tokens, accessTokenLifeSeconds };
  const app = apps.register(options.app ?? defaultRegistration(store));
  if (options.app?.webhookKeys) {
    const { primary = null, secondary = null } = options.app.webhookKeys;
    store.webhooks.setKeys(app.clientId, { primary, secondary });
  }
  const eternal = eternalTokens(options, store);
  for (const token of eternal) tokens.addEternal(token, adminAccess(app));
  const counter = requestCounter();
  const weather = openWeather(options, clock, tokens);
  const token = eternal[0] ?? '';
  const controls: EmulatorControls = {
    clock,
    faults: weather.faults,
    counts: counter.all,
    notEmulated: counter.notEmulated,
    resetCounts: counter.reset,
    reset() {
      store.clearContents();
      weather.reset();
      counter.reset();
      clock.reset();
    },
    seed: (tree) => seedTree(box, adminCaller(app, token), tree),
    events: store.events,
    setWebhookKeys: ({ primary = null, secondary = null }) => {
      store.webhooks.setKeys(app.clientId, { primary, secondary });
    },
    addFileRequest: (request) => addFileRequest(box, adminCaller(app, token), request),
    addWorkflow: (request) => addWorkflow(box, adminCaller(app, token), request),
    addAppItem: (request) => addAppItem(box, adminCaller(app, token), request),
    expireTokens: tokens.expireAll,
    issueToken({ userId = String(app.adminId), lifeSeconds = accessTokenLifeSeconds } = {}) {
      const user = store.users.get(Number(userId));
      if (user === undefined) throw new TypeError(`There is no user ${userId}`);
      const access = { ...adminAccess(app), userId: user.id, grantId: store.chance.hex(16) };
      return tokens.issueAccess(access, lifeSeconds);
    },
    appConfig: () => apps.config(app),
  };
  return { store, app, token, parts: { box, authority, counter, weather, controls }, controls };
}

/** Those that were given, or one that stays the same for each opening of the same state. */
function eternalTokens(options: ResolvedEmulatorOptions, store: Box['store']): readonly string[] {
  if (options.tokens.length > 0) return options.tokens;
  const letters = store.secret('default token').toString('base64url').replace(/[-_]/g, 'x');
  return [letters.slice(0, 32)];
}

function adminAccess(app: App): Omit<Access, 'grantId'> {
  const { clientId, adminId, enterpriseId } = app;
  return { clientId, enterpriseId, userId: adminId, scopes: ALL_SCOPES };
}

function adminCaller(app: App, token: string): Parameters<typeof seedTree>[1] {
  return {
    userId: String(app.adminId),
    enterpriseId: String(app.enterpriseId),
    clientId: app.clientId,
    tokenHash: hashToken(token),
    scopes: ALL_SCOPES.split(' '),
    restrictedTo: undefined,
  };
}
