import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { BoxClient } from '../client.ts';
import { BoxAuthError } from '../errors.ts';
import { type HastyClock, hastyClock } from '../testing/hasty-clock.ts';
import { appAuth } from './app-auth.ts';
import type { AppConfig } from './app-config.ts';
import type { Authenticator } from './authenticator.ts';
import { clientCredentialsAuth } from './client-credentials.ts';
import { developerToken } from './developer-token.ts';
import { jwtAuth } from './jwt.ts';

let box: Emulator;
let jwtConfig: AppConfig;
let credentialsConfig: AppConfig;

before(async () => {
  box = await startEmulator();
  jwtConfig = await box.appConfig();
  const { clientID, clientSecret } = jwtConfig.boxAppSettings;
  credentialsConfig = {
    boxAppSettings: { clientID, clientSecret },
    enterpriseID: box.enterpriseId,
  };
});
beforeEach(() => box.reset());
after(() => box.close());

/** Who a client is, with a clock so many milliseconds off. */
async function whoIs(
  auth: Authenticator,
  clock: HastyClock = hastyClock(Date.now()),
): Promise<{ id: string; tokens: number }> {
  const client = new BoxClient({ auth, baseUrl: box.url, clock, env: {} });
  try {
    const { id } = await client.users.me();
    return { id, tokens: client.counts().tokens };
  } finally {
    await client.close();
  }
}

async function refusalOf(auth: Authenticator, clock?: HastyClock): Promise<BoxAuthError> {
  const error: unknown = await whoIs(auth, clock).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof BoxAuthError, String(error));
  return error;
}

for (const [name, config] of [
  ['a JWT', () => jwtConfig],
  ['client credentials', () => credentialsConfig],
] as const) {
  suite(`with ${name}`, () => {
    test('the client is the app’s service account', async () => {
      assert.deepEqual(await whoIs(appAuth(config())), { id: box.serviceAccountUserId, tokens: 1 });
    });

    test('a token is renewed and ended when that is asked for', async () => {
      const auth = appAuth(config());
      const clock = hastyClock(Date.now());
      const client = new BoxClient({ auth, baseUrl: box.url, clock, env: {} });
      const first = await auth.token();
      const second = await auth.refresh();
      assert.notEqual(second.value, first.value);
      assert.equal((await auth.token()).value, second.value);
      await auth.revoke();
      await auth.revoke();
      const ended = developerToken(second.value);
      const late = new BoxClient({ auth: ended, baseUrl: box.url, clock, env: {} });
      await assert.rejects(late.users.me(), { code: 'token_refused' });
      assert.equal((await client.users.me()).id, box.serviceAccountUserId);
      await Promise.all([client.close(), late.close()]);
    });

    test('the client is the user whom the config or the options name', async () => {
      const userId = box.adminUserId;
      assert.equal((await whoIs(appAuth(config(), { userId }))).id, userId);
      assert.equal((await whoIs(appAuth({ ...config(), userID: userId }))).id, userId);
    });

    test('a wrong secret is named', async () => {
      const { boxAppSettings, ...rest } = config();
      const wrong = { ...rest, boxAppSettings: { ...boxAppSettings, clientSecret: 'WRONG' } };
      const error = await refusalOf(appAuth(wrong));
      assert.equal(error.boxError, 'invalid_client');
      assert.match(error.message, /the client id or the client secret is wrong/);
    });

    test('a user whom the app may not act for is named as the reason', async () => {
      const error = await refusalOf(appAuth(config(), { userId: '999999999' }));
      assert.equal(error.recovery, 'stop');
      assert.match(error.message, /may (not )?act for/);
    });

    test('a request for a token is repeated like any other', async () => {
      box.faults.add({ match: { host: 'oauth' }, action: { status: 503, retryAfter: 2 } });
      box.faults.add({ match: { host: 'oauth' }, action: { cut: 'before' } });
      box.faults.add({ match: { host: 'oauth' }, action: { status: 429, retryAfter: 1 } });
      const { tokens } = await whoIs(appAuth(config()));
      assert.equal(tokens, 4);
    });
  });
}

suite('a JWT', () => {
  for (const [name, offsetMs] of [
    ['ahead of', 250_000],
    ['behind', -250_000],
  ] as const) {
    test(`from a clock ${name} Box’s is made again with Box’s time, which is kept`, async () => {
      const clock = hastyClock(Date.now() + offsetMs);
      const auth = jwtAuth(jwtConfig);
      assert.equal((await whoIs(auth, clock)).tokens, 2);
      box.expireTokens();
      assert.equal((await whoIs(auth, clock)).tokens, 1);
    });
  }

  test('whose answer was lost is made anew: Box takes each only once', async () => {
    box.faults.add({ match: { host: 'oauth' }, action: { cut: 'after', of: 'request' } });
    assert.equal((await whoIs(jwtAuth(jwtConfig))).id, box.serviceAccountUserId);
  });

  test('that Box refuses for its time once more says how far the clock is off', async () => {
    const description = "Please check the 'exp' claim.";
    const body = JSON.stringify({ error: 'invalid_grant', error_description: description });
    box.faults.add({ match: { host: 'oauth' }, action: { status: 400, body }, times: 2 });
    const error = await refusalOf(jwtAuth(jwtConfig), hastyClock(Date.now() + 250_000));
    assert.equal(error.boxDescription, description);
    assert.match(error.message, /clock is 2(49|50|51) s ahead of Box's/);
  });

  test('signed with a key that is not the app’s is refused, and says so', async () => {
    const other = await startEmulator();
    const foreign = await other.appConfig();
    await other.close();
    const { appAuth: key } = foreign.boxAppSettings;
    const config = { ...jwtConfig, boxAppSettings: { ...jwtConfig.boxAppSettings, appAuth: key } };
    const error = await refusalOf(jwtAuth(config));
    assert.match(error.message, /key in the config does not belong to the app/);
  });

  test('from a config without a key cannot be made', () => {
    assert.throws(() => jwtAuth(credentialsConfig), /no appAuth/);
  });
});

test('client credentials need exactly one of enterprise and user', () => {
  const app = { clientId: 'c', clientSecret: 's' };
  assert.throws(() => clientCredentialsAuth(app), /either an enterpriseId or a userId/);
  assert.throws(
    () => clientCredentialsAuth({ ...app, enterpriseId: '1', userId: '2' }),
    /either an enterpriseId or a userId/,
  );
});

test('an authenticator without a way to Box says how to give it one', async () => {
  await assert.rejects(appAuth(credentialsConfig).token(), { code: 'not_attached' });
  const auth = appAuth(credentialsConfig, { connection: { baseUrl: box.url } });
  assert.ok((await auth.token()).value);
});
