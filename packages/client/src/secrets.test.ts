import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, suite, test } from 'node:test';
import { inspect } from 'node:util';
import { appAuth } from './auth/app-auth.ts';
import { type AppConfig, readAppConfig } from './auth/app-config.ts';
import type { Authenticator } from './auth/authenticator.ts';
import { developerToken } from './auth/developer-token.ts';
import { oauth } from './auth/oauth.ts';
import { fileStore, memoryStore } from './auth/token-store.ts';
import { bodyOf } from './body.ts';
import { BoxClient } from './client.ts';
import { BoxApiError, BoxAuthError, BoxConnectionError, BoxhaulError } from './errors.ts';
import type { ExchangeRecord } from './record.ts';
import { hastyClock } from './testing/hasty-clock.ts';
import { type Peer, startPeer } from './testing/peer.ts';

/** Each secret has this word in it, whatever becomes of the characters around it. */
const MARK = 'HUSH';
const secret = (name: string) => `${MARK}+${name}/=`;
const encryption = { cipher: 'aes-256-cbc', passphrase: secret('passphrase') };
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }));
const pemLine = pem.split('\n')[3] ?? '';
const config: AppConfig = {
  boxAppSettings: {
    clientID: 'client',
    clientSecret: secret('client-secret'),
    appAuth: { publicKeyID: 'k1', privateKey: pem, passphrase: encryption.passphrase },
  },
  enterpriseID: '1',
};
const credentials: AppConfig = {
  ...config,
  boxAppSettings: { clientID: 'client', clientSecret: secret('client-secret') },
};
const tokens = {
  accessToken: secret('access'),
  refreshToken: secret('refresh'),
  expiresAtMs: 0,
};

/** How the peer answers; what it was sent is in each of these answers. */
let misbehave: (sent: string) => { status: number; body: string; cut?: boolean; location?: string };
let peer: Peer;
let assertion = '';
const records: ExchangeRecord[] = [];
const clients: BoxClient[] = [];

const listener: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('latin1');
    assertion = new URLSearchParams(body).get('assertion') ?? assertion;
    const sent = `${request.url} ${request.rawHeaders.join(' ')} ${decodeURIComponent(body)} ${body}`;
    const answer = misbehave(sent);
    if (answer.cut) {
      response.writeHead(200, { 'content-length': '100000' });
      response.write(answer.body, () => response.destroy());
    } else {
      const challenge = `Bearer realm="Service", error="invalid_token", error_description="${sent.replaceAll('"', '')}"`;
      response.writeHead(answer.status, {
        'www-authenticate': challenge.replaceAll(/[^ -~]/g, ' '),
        ...(answer.location && { location: answer.location }),
      });
      response.end(answer.body);
    }
  });
};

before(async () => {
  peer = await startPeer(listener);
});
after(() => peer.close());
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  records.length = 0;
});

function open(auth: Authenticator, baseUrl = peer.url): BoxClient {
  const client = new BoxClient({
    auth,
    baseUrl,
    env: {},
    maxRetries: 1,
    clock: hastyClock(),
    onExchange: (record) => records.push(record),
  });
  clients.push(client);
  return client;
}

/** Looks wherever a secret could come to light. */
function assertSilent(thing: unknown): void {
  const shown = [
    inspect(thing, { depth: 20, showHidden: true, getters: true }),
    inspect(thing),
    JSON.stringify(thing),
    String(thing),
    ...causesOf(thing).map((error) => `${error.message} ${error.stack} ${JSON.stringify(error)}`),
  ].join('\n');
  for (const word of [MARK, pemLine, assertion].filter(Boolean)) {
    const at = shown.indexOf(word);
    assert.equal(at, -1, `${word} in: …${shown.slice(Math.max(0, at - 200), at + 100)}…`);
  }
}

function causesOf(thing: unknown): Error[] {
  return thing instanceof Error ? [thing, ...causesOf(thing.cause)] : [];
}

async function errorOf(doing: Promise<unknown>): Promise<BoxhaulError> {
  const error: unknown = await doing.catch((thrown: unknown) => thrown);
  assert.ok(error instanceof BoxhaulError, `it did not fail as it should: ${inspect(error)}`);
  return error;
}

const oauthLogin = () =>
  oauth({
    clientId: 'client',
    clientSecret: secret('client-secret'),
    store: memoryStore(tokens),
  });

const authenticators: [name: string, make: () => Authenticator][] = [
  ['a developer token', () => developerToken(`${MARK}token`)],
  ['a JWT', () => appAuth(config)],
  ['client credentials', () => appAuth(credentials)],
  ['OAuth', oauthLogin],
];

const echo = (sent: string) =>
  JSON.stringify({
    code: 'bad_request',
    error: 'invalid_grant',
    message: sent,
    error_description: sent,
    context_info: { errors: [{ message: sent }], deep: [{ sent }] },
  });

const failures: [name: string, answer: typeof misbehave, kind: typeof BoxhaulError | object][] = [
  [
    'refuses and echoes all that it was sent',
    (sent) => ({ status: 400, body: echo(sent) }),
    Object,
  ],
  ['refuses with 401 and a challenge that echoes', () => ({ status: 401, body: '' }), Object],
  ['fails with 500 and echoes', (sent) => ({ status: 500, body: echo(sent) }), BoxApiError],
  ['asks to wait for too long', (sent) => ({ status: 429, body: echo(sent) }), BoxApiError],
  [
    'answers with what is not JSON',
    (sent) => ({ status: 200, body: `<p>${sent}` }),
    BoxConnectionError,
  ],
  ['is cut in the middle', (sent) => ({ status: 200, body: sent, cut: true }), BoxConnectionError],
  [
    'redirects to nowhere',
    (sent) => ({ status: 302, body: sent, location: `ftp://x/?${MARK}` }),
    BoxApiError,
  ],
];

for (const [name, make] of authenticators) {
  suite(`with ${name}, no secret comes to light`, () => {
    for (const [failure, answer, kind] of failures) {
      test(`when Box ${failure}`, async () => {
        misbehave = answer;
        const client = open(make()).withSharedLink('https://app.box.com/s/x', secret('password'));
        const error = await errorOf(
          client.request({
            method: 'POST',
            host: 'upload',
            path: `/files/content?access_token=${MARK}`,
            query: { upload_session_id: secret('query') },
            body: bodyOf('contents'),
            repeat: 'safe',
          }),
        );
        assert.ok(error instanceof BoxAuthError || error instanceof (kind as typeof BoxhaulError));
        assertSilent(error);
        assertSilent(records);
        assert.ok(records.length > 0);
      });
    }

    test('when Box cannot be reached, or the caller goes away', async () => {
      const client = open(make(), 'http://127.0.0.1:9');
      assertSilent(await errorOf(client.users.me()));
      assertSilent(records);
    });

    test('by looking at the client and its authenticator', async () => {
      misbehave = () => ({
        status: 200,
        body: JSON.stringify({
          access_token: secret('access'),
          refresh_token: secret('refresh'),
          expires_in: 3600,
        }),
      });
      const auth = make();
      const client = open(auth);
      const token = await auth.token();
      assertSilent(client);
      assertSilent(client.withSharedLink('https://app.box.com/s/x', secret('password')));
      assertSilent(auth);
      assert.doesNotMatch(inspect(token), new RegExp(MARK));
      assert.doesNotMatch(JSON.stringify(token), new RegExp(MARK));
    });
  });
}

suite('no secret comes to light', () => {
  test('when a download host fails: its URL is a key', async () => {
    misbehave = (sent) =>
      sent.includes('/d/')
        ? { status: 404, body: sent }
        : { status: 302, body: '', location: `${peer.url}/d/1/${MARK}/download?sig=${MARK}` };
    const error = await errorOf(open(developerToken('t')).files.download('1'));
    assert.ok(error instanceof BoxApiError);
    assert.equal(error.host, 'download');
    assertSilent(error);
    assertSilent(records);
  });

  test('when a login is exchanged or revoked in vain', async () => {
    misbehave = (sent) => ({ status: 400, body: echo(sent) });
    const login = oauthLogin();
    open(login);
    const codeVerifier = secret('verifier');
    assertSilent(await errorOf(login.exchangeCode(secret('code'), { codeVerifier })));
    misbehave = (sent) => ({ status: 500, body: echo(sent) });
    assertSilent(await errorOf(login.revoke()));
  });

  test('when Box gives a token in a form that cannot be read', async () => {
    misbehave = () => ({ status: 200, body: JSON.stringify({ access_token: secret('access') }) });
    assertSilent(await errorOf(open(appAuth(credentials)).users.me()));
  });

  test('when a config or a stored login is broken', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'boxhaul-secrets-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'broken.json');
    await writeFile(path, `${JSON.stringify(config).slice(0, -40)}`);
    assertSilent(await errorOf(readAppConfig(path)));
    assertSilent(await errorOf(fileStore(path).read()));
    const unreadable = { ...config.boxAppSettings.appAuth, publicKeyID: 'k', privateKey: pem };
    const settings = { ...config.boxAppSettings, appAuth: { ...unreadable, passphrase: MARK } };
    assertSilent(await errorOf((async () => appAuth({ ...config, boxAppSettings: settings }))()));
  });

  test('when a token, a header or an address cannot be', async () => {
    assertSilent(await errorOf((async () => developerToken(`${MARK}\nx`))()));
    const client = open(developerToken(`${MARK}token`));
    const broken = { method: 'GET', path: '/x', headers: { boxapi: `${MARK}\n` } } as const;
    assertSilent(await errorOf(client.request(broken)));
    const foreign = `https://evil.example/x?access_token=${MARK}`;
    assertSilent(await errorOf(client.request({ method: 'GET', path: foreign })));
    assertSilent(
      await errorOf((async () => open(developerToken('t'), `http://user:${MARK}@127.0.0.1`))()),
    );
  });
});
