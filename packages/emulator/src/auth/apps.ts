import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Chance } from '../chance.ts';
import type { AppRegistration, Grant } from '../options.ts';
import type { Store } from '../store/store.ts';

/** An app that may ask for tokens. */
export interface App {
  clientId: string;
  clientSecret: string;
  enterpriseId: number;
  adminId: number;
  /** The app's own account. */
  serviceId: number;
  /** Someone of no enterprise, who may give consent too. */
  externalId: number;
  grants: readonly Grant[];
  /** `undefined`: any loopback address. */
  redirectUris: readonly string[] | undefined;
}

/** A public key that verifies an app's JWTs. */
export interface AppKey {
  id: string;
  pem: string;
}

/**
 * An app's credentials in Box's own JSON, as the developer console gives it out.
 * https://developer.box.com/guides/authentication/jwt/jwt-setup/
 */
export interface AppConfig {
  boxAppSettings: {
    clientID: string;
    clientSecret: string;
    appAuth: {
      publicKeyID: string;
      /** An encrypted PKCS#8 PEM. */
      privateKey: string;
      passphrase: string;
    };
  };
  enterpriseID: string;
}

/** The apps that are registered, and what it takes to register one. */
export interface Apps {
  find(clientId: string): App | undefined;
  keys(clientId: string): AppKey[];
  /** Registers an app with its enterprise and people, or brings up to date what is kept of it. */
  register(registration: AppRegistration): App;
  /** The app's config with a key that the emulator makes when it is asked the first time. */
  config(app: App): Promise<AppConfig>;
}

const EVERY_GRANT: readonly Grant[] = [
  'jwt',
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'token_exchange',
];

/** The app that an emulator has when it is given none: the same for each opening of the same state. */
export function defaultRegistration(store: Store): AppRegistration {
  const letters = (name: string, length: number) =>
    store.secret(name).toString('base64url').replace(/[-_]/g, 'x').toLowerCase().slice(0, length);
  return {
    clientID: letters('default app id', 32),
    clientSecret: letters('default app secret', 32),
    enterpriseID: '810000001',
    enterpriseName: 'Boxhaul Emulator',
  };
}

interface AppRow {
  client_id: string;
  client_secret: string;
  enterprise_id: number;
  admin_id: number;
  service_id: number;
  external_id: number;
  grants: string;
  redirect_uris: string | null;
  made_key: string | null;
}

interface MadeKey {
  publicKeyID: string;
  privateKey: string;
  passphrase: string;
}

export function openApps(store: Store): Apps {
  const { db } = store;
  const findRow = db.prepare('SELECT * FROM apps WHERE client_id = ?');
  const insert = db.prepare(
    `INSERT INTO apps VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)
     ON CONFLICT (client_id) DO UPDATE SET client_secret = excluded.client_secret,
       admin_id = excluded.admin_id, external_id = excluded.external_id,
       grants = excluded.grants, redirect_uris = excluded.redirect_uris`,
  );
  const insertKey = db.prepare('INSERT OR REPLACE INTO app_keys VALUES (?, ?, ?)');
  const listKeys = db.prepare('SELECT key_id, pem FROM app_keys WHERE client_id = ?');
  const keepMadeKey = db.prepare('UPDATE apps SET made_key = ? WHERE client_id = ?');
  const row = (clientId: string) => findRow.get(clientId) as AppRow | undefined;

  function register(registration: AppRegistration): App {
    const { clientID, clientSecret, redirectURIs } = registration;
    const known = row(clientID);
    const enterpriseId = ensureEnterprise(store, registration);
    insert.run(
      clientID,
      clientSecret,
      enterpriseId,
      ensureAdmin(store, enterpriseId, registration.admin),
      known?.service_id ?? makeServiceAccount(store, enterpriseId, clientID),
      ensureExternalUser(store, registration.externalUser),
      JSON.stringify(registration.grants ?? EVERY_GRANT),
      redirectURIs === undefined ? null : JSON.stringify(redirectURIs),
    );
    for (const key of registration.publicKeys ?? []) insertKey.run(clientID, key.id, key.pem);
    const app = find(clientID);
    if (app === undefined) throw new Error(`The app ${clientID} was not kept`);
    return app;
  }

  function find(clientId: string): App | undefined {
    const found = row(clientId);
    return found && appOf(found);
  }

  function keepKey(clientId: string, made: { key: MadeKey; publicPem: string }): MadeKey {
    return store.transaction(() => {
      // Another process may have been quicker; then its key is the one.
      const there = row(clientId)?.made_key;
      if (there != null) return JSON.parse(there) as MadeKey;
      insertKey.run(clientId, made.key.publicKeyID, made.publicPem);
      keepMadeKey.run(JSON.stringify(made.key), clientId);
      return made.key;
    });
  }

  return {
    find,
    keys: (clientId) =>
      (listKeys.all(clientId) as { key_id: string; pem: string }[]).map(({ key_id, pem }) => ({
        id: key_id,
        pem,
      })),
    register: (registration) => store.transaction(() => register(registration)),
    async config(app) {
      const there = row(app.clientId)?.made_key;
      const key =
        there == null
          ? keepKey(app.clientId, await makeKey(store.chance))
          : (JSON.parse(there) as MadeKey);
      return {
        boxAppSettings: {
          clientID: app.clientId,
          clientSecret: app.clientSecret,
          appAuth: key,
        },
        enterpriseID: String(app.enterpriseId),
      };
    },
  };
}

function appOf(row: AppRow): App {
  return {
    clientId: row.client_id,
    clientSecret: row.client_secret,
    enterpriseId: row.enterprise_id,
    adminId: row.admin_id,
    serviceId: row.service_id,
    externalId: row.external_id,
    grants: JSON.parse(row.grants) as Grant[],
    redirectUris:
      row.redirect_uris === null ? undefined : (JSON.parse(row.redirect_uris) as string[]),
  };
}

function ensureEnterprise(store: Store, registration: AppRegistration): number {
  const id = Number(registration.enterpriseID);
  const known = store.users.enterprise(id);
  return (known ?? store.users.createEnterprise({ id, name: registration.enterpriseName })).id;
}

type Person = NonNullable<AppRegistration['admin']>;

function ensureAdmin(store: Store, enterpriseId: number, person: Person | undefined): number {
  const login = person?.login ?? `admin@enterprise-${enterpriseId}.example`;
  const known = person ? store.users.get(Number(person.id)) : store.users.findByLogin(login);
  if (known) return known.id;
  return store.users.create({
    ...(person && { id: Number(person.id) }),
    enterpriseId,
    name: person?.name ?? 'Ada Admin',
    login,
    role: 'admin',
  }).id;
}

function ensureExternalUser(store: Store, person: Person | undefined): number {
  const login = person?.login ?? 'guest@elsewhere.example';
  const known = person ? store.users.get(Number(person.id)) : store.users.findByLogin(login);
  if (known) return known.id;
  return store.users.create({
    ...(person && { id: Number(person.id) }),
    enterpriseId: null,
    name: person?.name ?? 'Eve External',
    login,
    kind: 'external',
  }).id;
}

/** Box names an app's own account so. */
function makeServiceAccount(store: Store, enterpriseId: number, clientId: string): number {
  return store.users.create({
    enterpriseId,
    name: `App ${clientId.slice(0, 8)}`,
    login: `AutomationUser_${1_000_000 + (store.chance.bytes(4).readUInt32BE() % 9_000_000)}_${store.chance.secret(8)}@boxdevedition.com`,
    kind: 'service',
  }).id;
}

const makeKeyPair = promisify(generateKeyPair);

async function makeKey(chance: Chance): Promise<{ key: MadeKey; publicPem: string }> {
  const { publicKey, privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  const passphrase = chance.secret(24);
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    key: {
      publicKeyID: chance.secret(6).slice(0, 8).toLowerCase(),
      privateKey: privateKey
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
        .toString(),
      passphrase,
    },
  };
}
