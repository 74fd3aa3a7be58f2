import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { addressAfter, decide } from '../testing/browser.ts';
import { type Running, run, start, temporaryFolder } from '../testing/process.ts';

let box: Emulator;
before(async () => {
  box = await startEmulator();
});
after(() => box.close());

test('signs in through the browser, and whoami then knows who it is', async (t) => {
  const env = await settings(t);
  const login = start(t, ['login'], env);
  const page = await decide(await addressOf(login), 'grant');
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Signed in/);
  const { code, stdout, stderr } = await login.ended;
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /Signed in as /);

  const who = await run(t, ['whoami', '--json'], { BOXHAUL_HOME: env.BOXHAUL_HOME });
  assert.equal(who.code, 0, who.stderr);
  const { id, via } = JSON.parse(who.stdout);
  assert.deepEqual([id, via], [box.adminUserId, 'profile']);
});

test('what it stores can be read by its owner only, and none of it is printed', async (t) => {
  const env = await settings(t);
  const { stdout, stderr } = await signedIn(t, env);
  const folder = join(env.BOXHAUL_HOME, 'config/profiles');
  for (const file of ['default.json', 'default.tokens.json']) {
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
  }
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const { accessToken, refreshToken } = storedTokens(env);
  for (const secret of [accessToken, refreshToken, env.BOX_CLIENT_SECRET]) {
    assert.ok(!`${stdout}${stderr}`.includes(secret));
  }
});

test('a stored account that others can read is refused, with the chmod that mends it', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  for (const name of ['default.json', 'default.tokens.json']) {
    const path = join(env.BOXHAUL_HOME, 'config/profiles', name);
    chmodSync(path, 0o644);
    const { code, stderr } = await run(t, ['whoami'], env);
    assert.equal(code, 2);
    assert.ok(stderr.includes(`${path} can be read by other users (mode 644)`), stderr);
    assert.ok(stderr.includes(`→ chmod 600 ${path}`), stderr);
    assert.equal((await run(t, ['whoami', '--insecure-config'], env)).code, 0);
    chmodSync(path, 0o600);
  }
});

test('a login that Box renews no more ends with 3 and says to log in', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const path = join(env.BOXHAUL_HOME, 'config/profiles/default.tokens.json');
  const expired = { ...storedTokens(env), refreshToken: 'usedUpLongAgo', expiresAtMs: 0 };
  writeFileSync(path, JSON.stringify(expired));
  const { code, stderr } = await run(t, ['whoami'], env);
  assert.equal(code, 3);
  assert.match(stderr, /does not renew the login any more.*\n {2}→ boxhaul login /);
});

test('without a browser the address is printed, and the one that comes back is pasted', async (t) => {
  const env = await settings(t);
  for (const paste of ['address', 'code']) {
    const login = start(t, ['login', '--no-browser', '--profile', paste], env);
    const address = await addressAfter(await addressOf(login), 'grant');
    assert.match(address, /^http:\/\/127\.0\.0\.1\/callback\?/);
    const code = new URL(address).searchParams.get('code');
    await login.wrote(/Address: /);
    login.child.stdin.end(`${paste === 'address' ? address : code}\n`);
    const ended = await login.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal((await run(t, ['whoami', '--profile', paste], env)).code, 0);
  }
});

test('a login that is denied says so in the terminal and in the browser, and stores nothing', async (t) => {
  const env = await settings(t);
  const login = start(t, ['login'], env);
  const page = await decide(await addressOf(login), 'deny');
  assert.equal(page.status, 400);
  assert.match(await page.text(), /Not signed in/);
  const { code, stderr } = await login.ended;
  assert.equal(code, 3);
  assert.match(stderr, /access was denied/);
  assert.ok(!existsSync(join(env.BOXHAUL_HOME, 'config/profiles/default.json')));
});

test('an answer with the state of another login is refused', async (t) => {
  const env = await settings(t);
  const login = start(t, ['login'], env);
  const address = await addressAfter(await addressOf(login), 'grant');
  const forged = new URL(address);
  forged.searchParams.set('state', 'of-another');
  assert.equal((await fetch(forged)).status, 400);
  const { code, stderr } = await login.ended;
  assert.equal(code, 3);
  assert.match(stderr, /another login/);
});

test('a code that Box does not take says why, and the login before stays', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const login = start(t, ['login', '--no-browser'], env);
  await login.wrote(/Address: /);
  login.child.stdin.end('thisIsNoCodeOfAnybody\n');
  const { code, stderr } = await login.ended;
  assert.equal(code, 3);
  assert.match(stderr, /Box refused the code/);
  assert.equal((await run(t, ['whoami'], env)).code, 0);
});

test('gives up waiting for the browser, and says what else can be done', async (t) => {
  const env = await settings(t);
  const { code, stderr } = await run(t, ['login', '--timeout', '50ms'], env);
  assert.equal(code, 3);
  assert.match(stderr, /no answer came from the browser/);
  assert.match(stderr, /--no-browser/);
});

test('Ctrl-C ends the waiting', async (t) => {
  const login = start(t, ['login'], await settings(t));
  await addressOf(login);
  login.child.kill('SIGINT');
  assert.equal((await login.ended).code, 130);
});

test('a taken port is named', async (t) => {
  const other = createServer();
  await new Promise<void>((listens) => other.listen(0, '127.0.0.1', listens));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const args = ['login', '--redirect-uri', `http://127.0.0.1:${port}/callback`];
  const { code, stderr } = await run(t, args, await settings(t));
  assert.equal(code, 2);
  assert.match(stderr, new RegExp(`port ${port} on this machine is taken`));
});

test('without an app it says where to get one', async (t) => {
  const { BOXHAUL_HOME } = await settings(t);
  const { code, stderr } = await run(t, ['login'], { BOXHAUL_HOME });
  assert.equal(code, 3);
  assert.match(stderr, /app\.box\.com\/developers\/console/);
  assert.match(stderr, /BOX_CLIENT_ID/);
});

test('the app may stand in a config file, and is remembered for the next login', async (t) => {
  const env = await settings(t);
  const config = join(await temporaryFolder(t), 'config.json');
  writeFileSync(config, JSON.stringify({ boxAppSettings: box.app }), { mode: 0o600 });
  const place = { BOXHAUL_HOME: env.BOXHAUL_HOME, BROWSER: 'true' };
  for (const args of [['login', '-c', config, '--base-url', box.url], ['login']]) {
    const login = start(t, args, place);
    await decide(await addressOf(login), 'grant');
    const ended = await login.ended;
    assert.equal(ended.code, 0, ended.stderr);
  }
});

test('ten commands at once that meet an expired token renew it once', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const before = storedTokens(env);
  box.expireTokens();
  box.resetCounts();
  const all = await Promise.all(
    Array.from({ length: 10 }, () => run(t, ['whoami', '--json'], env)),
  );
  for (const { code, stdout, stderr } of all) {
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).id, box.adminUserId);
  }
  assert.equal(box.counts()['POST /oauth2/token'], 1);
  assert.notEqual(storedTokens(env).refreshToken, before.refreshToken);
});

test('logout makes the tokens worthless at Box and leaves nothing of them here', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const { accessToken } = storedTokens(env);
  assert.equal(await statusWith(accessToken), 200);
  const { code, stdout, stderr } = await run(t, ['logout'], env);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /revoked/);
  assert.equal(await statusWith(accessToken), 401);
  const left = readdirSync(join(env.BOXHAUL_HOME, 'config/profiles'));
  assert.deepEqual(
    left.filter((name) => name.endsWith('.json')),
    [],
  );
  assert.equal((await run(t, ['whoami'], env)).code, 3);
});

test('a logout that Box does not carry out keeps the profile and says so', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const fault = box.faults.add({
    match: { path: '/oauth2/revoke' },
    action: { status: 404 },
    times: 'always',
  });
  const { code, stderr } = await run(t, ['logout'], env);
  fault.remove();
  assert.equal(code, 1);
  assert.match(stderr, /could not be revoked/);
  assert.match(stderr, /→ rm \S+default\.tokens\.json \S+default\.json /);
  assert.equal((await run(t, ['whoami'], env)).code, 0);
});

test('logout of a profile that is not there names those that are', async (t) => {
  const env = await settings(t);
  await signedIn(t, env);
  const { code, stderr } = await run(t, ['logout', '--profile', 'work'], env);
  assert.equal(code, 2);
  assert.match(stderr, /no profile "work"/);
  assert.match(stderr, /logout --profile default/);
});

/** A home of its own, the emulator's app, and a browser that does nothing: the test is the browser. */
async function settings(t: TestContext) {
  return {
    BOXHAUL_HOME: await temporaryFolder(t),
    BOX_BASE_URL: box.url,
    BOX_CLIENT_ID: box.app.clientID,
    BOX_CLIENT_SECRET: box.app.clientSecret,
    BROWSER: 'true',
  };
}

async function signedIn(t: TestContext, env: Record<string, string>) {
  const login = start(t, ['login'], env);
  await decide(await addressOf(login), 'grant');
  const ended = await login.ended;
  assert.equal(ended.code, 0, ended.stderr);
  return ended;
}

async function addressOf(login: Running): Promise<string> {
  const [, address = ''] = await login.wrote(/^ {2}(http\S+\/authorize\S+)$/m);
  return address;
}

function storedTokens(env: { BOXHAUL_HOME: string }): {
  accessToken: string;
  refreshToken: string;
} {
  const path = join(env.BOXHAUL_HOME, 'config/profiles/default.tokens.json');
  return JSON.parse(readFileSync(path, 'utf8'));
}

async function statusWith(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${box.url}/2.0/users/me`, { headers })).status;
}
