import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { fileStore } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { writeProfile } from '../connection/profile.ts';
import { profilePath, tokensPath } from '../connection/profile-path.ts';
import { type Ended, run, temporaryFolder } from '../testing/process.ts';

let box: Emulator;
before(async () => {
  box = await startEmulator();
});
after(() => box.close());

test('says yes to every step of a JWT app that works', async (t) => {
  const { '/Own/': folder } = await seededFor(box.serviceAccountUserId);
  const { code, stdout, stderr } = await doctor(t, [folder], { BOX_CONFIG_PATH: await config(t) });
  assert.deepEqual([code, stderr], [0, '']);
  const steps = stdout.trim().split('\n');
  assert.ok(
    steps.every((line) => line.startsWith('✓ ')),
    stdout,
  );
  const expected = [
    /Node 24/,
    /credentials: the config .*from the environment/,
    /mode 600/,
    /JWT, enterprise \d+, app /,
    /key opens/,
    /reaches Box/,
    /clock within \d s of Box/,
    /token granted: service account <AutomationUser_/,
    /folder Own \(id \d+\) is reached/,
  ];
  assert.equal(steps.length, expected.length, stdout);
  for (const [index, pattern] of expected.entries()) assert.match(steps[index] ?? '', pattern);
});

test('stops at the first thing that is broken, says what to do, and how bad it is', async (t) => {
  const whole: { boxAppSettings: { appAuth: object } } = JSON.parse(
    readFileSync(await config(t), 'utf8'),
  );
  const { boxAppSettings } = whole;
  const changed = (settings: object) => ({
    ...whole,
    boxAppSettings: { ...boxAppSettings, ...settings },
  });
  const wrongPassphrase = changed({ appAuth: { ...boxAppSettings.appAuth, passphrase: 'wrong' } });
  const table: [what: string, args: string[], code: number, said: RegExp, way: RegExp][] = [
    ['no credentials', [], 3, /✗ no credentials/, /boxhaul login/],
    [
      'no such config',
      ['-c', '/nowhere/c.json'],
      1,
      /✗ there is no config file/,
      /BOX_CONFIG_PATH/,
    ],
    ['open to others', ['-c', await config(t, whole, 0o644)], 1, /✗ .*mode 644/, /chmod 600/],
    [
      'not a config',
      ['-c', await config(t, {})],
      1,
      /✗ .*boxAppSettings is missing/,
      /developer console/,
    ],
    [
      'wrong passphrase',
      ['-c', await config(t, wrongPassphrase)],
      1,
      /✗ .*privateKey cannot be opened/,
      /→ download the config again/,
    ],
    [
      'wrong secret',
      ['-c', await config(t, changed({ clientSecret: 'wrong' }))],
      3,
      /✗ Box refused the JWT/,
      /developers\/console/,
    ],
    [
      'wrong token',
      ['--token', 'nobodys'],
      3,
      /✗ Box does not take the access token/,
      /BOX_DEVELOPER_TOKEN=/,
    ],
    [
      'no such profile',
      ['--profile', 'work'],
      3,
      /✗ there is no profile "work"/,
      /boxhaul login --profile work/,
    ],
    [
      'a user whom the app may not act for',
      ['-c', await config(t), '--as-user', '99'],
      3,
      /✗ .*403.*as the user 99/,
      /check the id of --as-user/,
    ],
    [
      'no such folder',
      ['--token', box.token, '404404'],
      1,
      /✗ folder 404404: not found/,
      /invite /,
    ],
    ['no folder at all', ['--token', box.token, 'nonsense'], 1, /✗ .*nonsense/, /copy the address/],
  ];
  for (const [what, args, code, said, way] of table) {
    const ended = await doctor(t, args);
    assert.match(ended.stdout, said, what);
    assert.match(ended.stdout.slice(ended.stdout.indexOf('✗')), way, what);
    assert.equal(ended.code, code, what);
    assert.equal(ended.stdout.match(/✗/g)?.length, 1, `${what}: one thing is said to be broken`);
  }
});

test('names the service account that a folder must be shared with', async (t) => {
  const { '/Private': item } = await box.seed({ '/Private/': '' });
  const { code, stdout } = await doctor(t, ['-c', await config(t), item?.id ?? '']);
  assert.equal(code, 1);
  assert.match(stdout, /the app's service account sees only/);
  assert.match(stdout, /→ in Box, invite AutomationUser_\S+ to the folder, or use --as-user/);
});

test('tells that the clock is wrong, and that boxhaul works all the same', async (t) => {
  box.clock.advance(-250_000);
  t.after(() => box.clock.reset());
  const { code, stdout } = await doctor(t, ['-c', await config(t)]);
  assert.match(stdout, /! this machine's clock is 4 min \d+ s ahead of Box's/);
  assert.match(stdout, /✓ token granted/);
  assert.equal(code, 0);
});

test('tells a Box that cannot be reached from one that refuses', async (t) => {
  const closed = await startEmulator();
  await closed.close();
  const { code, stdout } = await doctor(t, ['--token', 'any', '--base-url', closed.url]);
  assert.equal(code, 1);
  assert.match(stdout, /✗ .*ECONNREFUSED|✗ .*could not be reached|✗ .*connect/i);
  assert.match(
    stdout,
    /→ is anything there\? --base-url or BOX_BASE_URL says http:\/\/127\.0\.0\.1:\d+\n/,
  );
});

test('works with the Box on this machine', async (t) => {
  const { code, stdout } = await doctor(t, ['--local', '/'], { BOX_BASE_URL: '' });
  assert.equal(code, 0, stdout);
});

test('checks the files of a stored login, and whether it is still good', async (t) => {
  const env = { BOXHAUL_HOME: await temporaryFolder(t) };
  const path = await profilePath('work', env);
  await writeProfile(path, { clientId: box.app.clientID, clientSecret: 'secret', login: 'ann' });
  const empty = await doctor(t, ['--profile', 'work'], env);
  assert.equal(empty.code, 3);
  assert.match(
    empty.stdout,
    /✗ the profile work holds no login[\s\S]*→ boxhaul login --profile work/,
  );

  const store = fileStore(tokensPath(path));
  const expiresAtMs = Date.now() + 3_600_000;
  await store.write({ accessToken: box.issueToken(), refreshToken: 'spent', expiresAtMs });
  const good = await doctor(t, ['--profile', 'work'], env);
  assert.equal(good.code, 0, good.stdout);
  assert.match(
    good.stdout,
    /✓ profile can be read by you only[\s\S]*✓ profile is complete \(ann, app/,
  );

  chmodSync(tokensPath(path), 0o640);
  const open = await doctor(t, ['--profile', 'work'], env);
  assert.equal(open.code, 1);
  assert.match(
    open.stdout,
    /✗ .*can be read by other users[\s\S]*→ chmod 600 .*work\.tokens\.json/,
  );
});

test('with --json each check is an event', async (t) => {
  const { code, stdout } = await doctor(t, ['--token', box.token, '404404', '--json']);
  assert.equal(code, 1);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const names = events.filter(({ type }) => type === 'check').map(({ name }) => name);
  assert.deepEqual(names, ['node', 'credentials', 'network', 'clock', 'token', 'folder']);
  assert.equal(events.at(-2).ok, false);
  assert.deepEqual(events.at(-1), { v: 1, type: 'summary', ok: false, exitCode: 1 });
});

test('no secret is told, whatever is broken', async (t) => {
  const { code, stdout, stderr } = await doctor(t, ['--token', 'very-secret-token', '--debug']);
  assert.equal(code, 3);
  assert.ok(!`${stdout}${stderr}`.includes('very-secret-token'));
});

async function doctor(
  t: TestContext,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const home = await temporaryFolder(t);
  return run(t, ['doctor', ...args], { BOXHAUL_HOME: home, BOX_BASE_URL: box.url, ...env });
}

async function config(t: TestContext, contents?: unknown, mode = 0o600): Promise<string> {
  const path = join(await temporaryFolder(t), 'config.json');
  writeFileSync(path, JSON.stringify(contents ?? (await box.appConfig())));
  chmodSync(path, mode);
  return path;
}

/** A folder of a user's own. */
async function seededFor(userId: string): Promise<{ '/Own/': string }> {
  const answer = await fetch(`${box.url}/2.0/folders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${box.issueToken({ userId })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'Own', parent: { id: '0' } }),
  });
  const { id } = (await answer.json()) as { id: string };
  return { '/Own/': id };
}
