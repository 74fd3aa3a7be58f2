/** Each way to sign in runs a whole job, up and down, through a token that expires in the middle of it. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type CommandOutcome, run, start } from './command.ts';
import { differences } from './diff.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');

suite('a token that expires in the middle of the job', () => {
  let work: string;
  let box: Emulator;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-auth-'));
    box = await startEmulator();
  });
  beforeEach(() => box.reset());
  after(async () => {
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  test('JWT', async () => {
    const config = await configFile('jwt.json', await box.appConfig());
    await assertJobSurvives(['--config', config]);
  });

  test('client credentials', async () => {
    const { clientID, clientSecret, enterpriseID } = box.app;
    const app = { boxAppSettings: { clientID, clientSecret }, enterpriseID };
    await assertJobSurvives(['--config', await configFile('credentials.json', app)]);
  });

  test('OAuth, and ten commands that meet the expired token together refresh it once', async () => {
    const home = join(work, 'home');
    const { clientID, clientSecret } = box.app;
    const env = { BOXHAUL_HOME: home, BOX_CLIENT_ID: clientID, BOX_CLIENT_SECRET: clientSecret };
    await logIn(env);
    await assertJobSurvives([], env);

    box.expireTokens();
    box.resetCounts();
    const crowd = Array.from({ length: 10 }, () => command(['whoami'], env));
    const outcomes = await Promise.all(crowd);
    assert.deepEqual(
      outcomes.map(({ code, stderr }) => [code, stderr]),
      outcomes.map(() => [0, '']),
    );
    assert.equal(box.counts()['POST /oauth2/token'], 1);
  });

  function command(args: string[], env: Record<string, string> = {}): Promise<CommandOutcome> {
    return run([...args, '--base-url', box.url], { env });
  }

  async function configFile(name: string, json: unknown): Promise<string> {
    const path = join(work, name);
    await writeFile(path, JSON.stringify(json));
    await chmod(path, 0o600);
    return path;
  }

  /** Uploads the documentation in each mode and brings it back; each time the token expires under way. */
  async function assertJobSurvives(credentials: string[], env?: Record<string, string>) {
    for (const mode of ['upload', 'overwrite', 'update']) {
      const expiry = box.faults.add({
        match: {
          method: 'POST',
          path: mode === 'update' ? '/files/:id/content' : '/files/content',
        },
        action: { expireToken: true },
        skip: 2,
      });
      const args = ['upload', `${docs}/`, '--to', '/docs', '--parents', '--mode', mode];
      const up = await command([...args, '--force', ...credentials], env);
      assert.equal(up.code, 0, up.stderr);
      assert.equal(expiry.hits, 1, `the token expired (${mode})`);
    }
    const down = await mkdtemp(join(work, 'down-'));
    const expiry = box.faults.add({
      match: { method: 'GET', path: '/files/:id/content' },
      action: { expireToken: true },
      skip: 2,
    });
    // As an archive it would take too few calls for a token to expire between them.
    const download = ['download', '/docs', down, '--zip', 'never'];
    const fetched = await command([...download, ...credentials], env);
    assert.equal(fetched.code, 0, fetched.stderr);
    assert.equal(expiry.hits, 1, 'the token expired (download)');
    assert.equal(await differences(docs, down), '');
  }

  /** Plays the person at the browser: opens the address that `boxhaul login` prints, and agrees. */
  async function logIn(env: Record<string, string>): Promise<void> {
    const login = start(['login', '--no-browser', '--base-url', box.url], { env, isTyping: true });
    const address = await addressPrinted(login.process.stdout);
    const agreed = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'grant' }),
      redirect: 'manual',
    });
    login.process.stdin.end(`${agreed.headers.get('location')}\n`);
    const outcome = await login.outcome;
    assert.equal(outcome.code, 0, outcome.stderr);
    const stored = await readFile(
      join(env.BOXHAUL_HOME ?? '', 'config/profiles/default.json'),
      'utf8',
    );
    assert.match(stored, /clientId/);
  }
});

async function addressPrinted(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stdout.on('data', (chunk) => {
      text += chunk;
      const address = /https?:\S+authorize\S+/.exec(text)?.[0];
      if (address) resolve(address);
    });
    stdout.once('end', () => reject(new Error(`no address was printed: ${text}`)));
  });
}
