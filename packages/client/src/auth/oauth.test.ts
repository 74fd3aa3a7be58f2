import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { BoxClient } from '../client.ts';
import { BoxAuthError } from '../errors.ts';
import type { Pacer } from '../pacer.ts';
import { type HastyClock, hastyClock } from '../testing/hasty-clock.ts';
import { logIn } from '../testing/log-in.ts';
import { type OAuth, oauth } from './oauth.ts';
import { fileStore, memoryStore, type OAuthTokens, type TokenStore } from './token-store.ts';

let box: Emulator;
let clock: HastyClock;
let client: BoxClient;
let login: OAuth;
let store: TokenStore;
let told: OAuthTokens[];

before(async () => {
  box = await startEmulator();
});
after(() => box.close());

beforeEach(async () => {
  box.reset();
  clock = hastyClock(Date.now());
  store = memoryStore();
  told = [];
  ({ login, client } = open(store));
  await logIn(login);
  box.resetCounts();
});
afterEach(() => client.close());

function open(shared: TokenStore): { login: OAuth; client: BoxClient } {
  const { clientID, clientSecret } = box.app;
  const auth = oauth({
    clientId: clientID,
    clientSecret,
    store: shared,
    onTokens: (tokens) => void told.push(tokens),
  });
  return { login: auth, client: new BoxClient({ auth, baseUrl: box.url, clock, env: {} }) };
}

function tokenRequests(): number {
  return box.counts()['POST /oauth2/token'] ?? 0;
}

suite('a login', () => {
  test('is stored, and told of, before it is used', async () => {
    assert.equal((await client.users.me()).id, box.adminUserId);
    assert.deepEqual(told, [await store.read()]);
    assert.equal(tokenRequests(), 0);
  });

  test('asks Box’s page with state and a PKCE challenge of method S256', () => {
    const url = new URL(
      login.authorizationUrl({
        redirectUri: 'http://127.0.0.1:1/cb',
        state: 'st',
        codeChallenge: 'ch',
        scopes: ['root_readwrite'],
      }),
    );
    assert.equal(url.origin + url.pathname, `${box.url}/api/oauth2/authorize`);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      response_type: 'code',
      client_id: box.app.clientID,
      redirect_uri: 'http://127.0.0.1:1/cb',
      state: 'st',
      scope: 'root_readwrite',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
  });

  test('with a code that Box does not know is refused in words', async () => {
    await assert.rejects(login.exchangeCode('none'), (error) => {
      assert.ok(error instanceof BoxAuthError);
      assert.equal(error.boxError, 'invalid_grant');
      assert.match(error.message, /log in again/);
      return true;
    });
  });

  test('that nobody has made is missed', async (t) => {
    const empty = open(memoryStore());
    t.after(() => empty.client.close());
    await assert.rejects(empty.client.users.me(), { code: 'not_logged_in', recovery: 'stop' });
  });

  test('that is ended is ended at Box and in the store', async () => {
    const tokens = await store.read();
    await login.revoke();
    assert.equal(await store.read(), undefined);
    await assert.rejects(client.users.me(), { code: 'not_logged_in' });
    const old = open(memoryStore(tokens));
    await assert.rejects(old.client.users.me(), { code: 'login_ended' });
    await old.client.close();
  });
});

suite('the end of a login', () => {
  test('is not believed where Box does not know the app', async (t) => {
    const auth = oauth({ clientId: box.app.clientID, clientSecret: 'wrong', store });
    const wrong = new BoxClient({ auth, baseUrl: box.url, clock, env: {} });
    t.after(() => wrong.close());
    await assert.rejects(auth.revoke(), { name: 'BoxAuthError', code: 'invalid_client' });
    assert.ok(await store.read());
    assert.equal((await client.users.me()).id, box.adminUserId);
  });

  test('succeeds where Box knows of it already', async (t) => {
    const other = open(memoryStore(await store.read()));
    t.after(() => other.client.close());
    await login.revoke();
    await other.login.revoke();
    await assert.rejects(other.client.users.me(), { code: 'not_logged_in' });
  });
});

suite('asked for by hand, a renewal', () => {
  test('gives a new token though the old one is good', async () => {
    const old = await login.token();
    const renewed = await login.refresh();
    assert.notEqual(renewed.value, old.value);
    assert.equal((await store.read())?.accessToken, renewed.value);
    assert.deepEqual(told.at(-1), await store.read());
    assert.equal((await client.users.me()).id, box.adminUserId);
    assert.equal(tokenRequests(), 1);
  });

  test('happens once, by however many and from whatever state', async (t) => {
    box.expireTokens();
    const tokens = await Promise.all([login.refresh(), login.refresh()]);
    assert.equal(new Set(tokens.map(({ value }) => value)).size, 1);
    assert.equal(tokenRequests(), 1);
    const other = open(store);
    t.after(() => other.client.close());
    const renewed = await other.login.refresh();
    assert.equal(tokenRequests(), 2);
    assert.notEqual((await login.refresh()).value, renewed.value);
    assert.equal(tokenRequests(), 3);
  });

  test('is missed where nobody is logged in', async (t) => {
    const empty = open(memoryStore());
    t.after(() => empty.client.close());
    await assert.rejects(empty.login.refresh(), { code: 'not_logged_in' });
  });
});

suite('a renewal', () => {
  test('is brought to its end, and stored, when all who waited for it have gone away', async () => {
    const before = await store.read();
    box.expireTokens();
    const leaving = new AbortController();
    const fault = box.faults.add({ match: { host: 'oauth' }, action: { delayMs: 200 } });
    const other = open(store);
    const me = other.client.users.me({ signal: leaving.signal });
    while (fault.hits === 0) await new Promise(setImmediate); // Box has the renewal in hand
    leaving.abort(new Error('gone'));
    await assert.rejects(me, /gone/);
    await other.client.close();
    const now = await store.read();
    assert.notEqual(now?.refreshToken, before?.refreshToken);
    assert.equal((await client.users.me()).id, box.adminUserId);
  });

  test('happens before the access token expires', async () => {
    await client.users.me();
    clock.advance(3_590_000);
    await client.users.me();
    assert.equal(tokenRequests(), 1);
    assert.deepEqual(told.at(-1), await store.read());
    assert.equal(told.length, 2);
  });

  test('happens once for a hundred requests that meet an expired token', async () => {
    box.expireTokens();
    const users = await Promise.all(Array.from({ length: 100 }, () => client.users.me()));
    assert.equal(users.length, 100);
    assert.equal(tokenRequests(), 1);
  });

  test('is followed by a call that waits for its turn like any other', async (t) => {
    const outcomes: (number | undefined)[] = [];
    const pacer: Pacer = { enter: async () => (outcome) => void outcomes.push(outcome.status) };
    const auth = oauth({ clientId: box.app.clientID, clientSecret: box.app.clientSecret, store });
    const counted = new BoxClient({ auth, baseUrl: box.url, clock, pacer, env: {} });
    t.after(() => counted.close());
    await counted.users.me();
    box.expireTokens();
    await counted.users.me();
    assert.deepEqual(outcomes, [200, 401, 200]);
  });

  test('takes what another has renewed meanwhile', async (t) => {
    await client.users.me();
    const other = open(store);
    t.after(() => other.client.close());
    box.expireTokens();
    await other.client.users.me();
    await client.users.me();
    assert.equal(tokenRequests(), 1);
  });

  test('that finds its token used up reads the store once more: someone may have logged in again', async () => {
    const tokens = await store.read();
    assert.ok(tokens);
    box.expireTokens();
    const fresh = memoryStore();
    const again = open(fresh);
    await logIn(again.login);
    await again.client.close();
    // The store changes without the lock, between the reading under it and Box's refusal.
    let reads = 0;
    const changing: TokenStore = {
      ...store,
      read: async () => (++reads <= 3 ? { ...tokens, refreshToken: 'used' } : await fresh.read()),
    };
    const late = open(changing);
    assert.equal((await late.client.users.me()).id, box.adminUserId);
    await late.client.close();
  });

  test('whose answer was lost is tried again with the same token', async () => {
    box.expireTokens();
    box.faults.add({ match: { host: 'oauth' }, action: { cut: 'before' } });
    assert.equal((await client.users.me()).id, box.adminUserId);
    assert.equal(tokenRequests(), 2);
  });

  test('whose answer was lost after Box used the token up says so, and what to do', async () => {
    box.expireTokens();
    box.faults.add({ match: { host: 'oauth' }, action: { cut: 'after', of: 'request' } });
    await assert.rejects(client.users.me(), (error) => {
      assert.ok(error instanceof BoxAuthError);
      assert.equal(error.code, 'login_ended');
      assert.match(error.message, /answer to an earlier renewal was lost.*log in again/);
      return true;
    });
  });

  test('that the store cannot keep is not lost: it is stored at the next try', async () => {
    let isFull = false;
    const full: TokenStore = {
      ...store,
      write: async (tokens) => {
        if (isFull) throw new Error('the disk is full');
        await store.write(tokens);
      },
    };
    const unlucky = open(full);
    box.expireTokens();
    isFull = true;
    await assert.rejects(unlucky.client.users.me(), /the disk is full/);
    isFull = false;
    assert.equal((await unlucky.client.users.me()).id, box.adminUserId);
    assert.equal(tokenRequests(), 1);
    await unlucky.client.close();
  });

  test('happens once for ten processes that share a store', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'boxhaul-oauth-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'tokens.json');
    const tokens = await store.read();
    assert.ok(tokens);
    await fileStore(path).write(tokens);
    box.expireTokens();
    const script = new URL('../testing/use-login.ts', import.meta.url);
    const { clientID, clientSecret } = box.app;
    const children = Array.from({ length: 10 }, () =>
      fork(script, [path, box.url, clientID, clientSecret]),
    );
    const exits = children.map((child) => once(child, 'exit'));
    await Promise.all(children.map((child) => once(child, 'message')));
    for (const child of children) child.send('go');
    const codes = (await Promise.all(exits)).map(([code]) => code);
    assert.deepEqual(codes, Array(10).fill(0));
    assert.equal(tokenRequests(), 1);
  });
});
