import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { BoxApiError, BoxClient, developerToken } from '@boxhaul/client';
import { run, start, temporaryFolder } from '../testing/process.ts';

interface Listening {
  url: string;
  token: string;
  appConfigPath: string | null;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`prints a URL that works, and ends cleanly on ${signal}`, async (t) => {
    const emulator = start(t, ['emulator', '--port', '0', '--token', 'secret-of-mine']);
    const [, url = ''] = await emulator.wrote(/Box is at (http:\S+)/);
    const [, config = ''] = await emulator.wrote(/app config {4}(\S+)/);
    await emulator.wrote(/Ctrl-C ends it/);
    assert.equal((await clientOf(t, url, 'secret-of-mine').folders.get('0')).id, '0');
    assert.equal(statSync(config).mode & 0o777, 0o600);

    emulator.child.kill(signal);
    const { code, stdout, stderr } = await emulator.ended;
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /ended\n$/);
    assert.ok(!existsSync(config), 'the temporary config is gone');
  });
}

test('the lines that it prints to copy work as they stand', async (t) => {
  const emulator = start(t, ['emulator', '--port', '0']);
  await emulator.wrote(/Ctrl-C ends it/);
  const [, url = '', token = ''] = await emulator.wrote(
    /BOX_BASE_URL=(\S+) BOX_DEVELOPER_TOKEN=(\S+) boxhaul ls/,
  );
  const listed = await run(t, ['ls', '/'], { BOX_BASE_URL: url, BOX_DEVELOPER_TOKEN: token });
  assert.deepEqual([listed.code, listed.stderr], [0, '']);

  const [, line = ''] = await emulator.wrote(/boxhaul (whoami .*)/);
  const who = await run(t, line.split(' '));
  assert.equal(who.code, 0, who.stderr);
  assert.match(who.stdout, /AutomationUser_/);
});

test('one that listens on all addresses names one that can be called', async (t) => {
  const emulator = start(t, ['emulator', '--host', '0.0.0.0', '--port', '0', '--token', 'mine']);
  const [, url = ''] = await emulator.wrote(/BOX_BASE_URL=(http:\/\/127\.0\.0\.1:\d+) /);
  assert.equal((await clientOf(t, url, 'mine').folders.get('0')).id, '0');
});

test('with --json one event says everything, and what is for people goes to stderr', async (t) => {
  const emulator = start(t, ['emulator', '--port', '0', '--json']);
  const { url, token } = await listening(emulator);
  assert.equal((await clientOf(t, url, token).folders.get('0')).id, '0');
  emulator.child.kill('SIGINT');
  const { stdout, stderr } = await emulator.ended;
  for (const line of stdout.trim().split('\n')) assert.equal(JSON.parse(line).v, 1);
  assert.match(stderr, /Box is at/);
});

test('keeps its contents, its app and its token in --data', async (t) => {
  const data = join(await temporaryFolder(t), 'box');
  const first = start(t, ['emulator', '--port', '0', '--json', '--data', data]);
  const before = await listening(first);
  await clientOf(t, before.url, before.token).folders.create({ name: 'Kept', parentId: '0' });
  first.child.kill('SIGTERM');
  await first.ended;

  const after = await listening(start(t, ['emulator', '--port', '0', '--json', '--data', data]));
  assert.equal(after.token, before.token);
  assert.equal(after.appConfigPath, join(data, 'app-config.json'));
  const names: string[] = [];
  for await (const item of clientOf(t, after.url, after.token).folders.items('0'))
    names.push(item.name);
  assert.deepEqual(names, ['Kept']);
});

test('registers the app of --app and makes the weather of --faults', async (t) => {
  const folder = await temporaryFolder(t);
  const app = join(folder, 'app.json');
  const faults = join(folder, 'faults.json');
  writeFileSync(
    app,
    JSON.stringify({
      clientID: 'my-app',
      clientSecret: 's',
      enterpriseID: '77',
      enterpriseName: 'Mine',
    }),
  );
  writeFileSync(
    faults,
    JSON.stringify([{ match: { path: '/folders/0' }, action: { status: 418 } }]),
  );
  const emulator = start(t, [
    'emulator',
    '--port',
    '0',
    '--json',
    '--app',
    app,
    '--faults',
    faults,
  ]);
  const { url, token, appConfigPath } = await listening(emulator);
  assert.equal(appConfigPath, null);
  await assert.rejects(
    clientOf(t, url, token).folders.get('0'),
    (error: unknown) => error instanceof BoxApiError && error.status === 418,
  );
});

test('says what is wrong with a port that is taken', async (t) => {
  const { url } = await listening(start(t, ['emulator', '--port', '0', '--json']));
  const { port } = new URL(url);
  const second = await run(t, ['emulator', '--port', port]);
  assert.equal(second.code, 1);
  assert.match(second.stderr, new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken`));
  assert.match(second.stderr, /--port 0/);
});

test('says what is wrong with its options before it starts', async (t) => {
  const folder = await temporaryFolder(t);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const table: [args: string[], message: RegExp][] = [
    [['--latency', '120'], /Give a duration with its unit/],
    [['--bandwidth', 'fast'], /Give a rate/],
    [['--limits', 'some'], /Allowed choices are none, box/],
    [['--port', '70000'], /from 0 to 65,?535/],
    [['--app', join(folder, 'absent.json')], /--app .*absent\.json: there is no such file/],
    [['--app', file('half.json', '{"clientID":"a"}')], /--app .*clientSecret/],
    [['--faults', file('broken.json', '[')], /--faults .*not JSON/],
    [['--faults', file('object.json', '{}')], /--faults .*list of fault rules/],
    [
      ['--faults', file('rule.json', '[{"action":{"status":503}},{"action":{}}]')],
      /--faults .*rule 2/,
    ],
    [['--host', '192.0.2.1'], /192\.0\.2\.1 is not an address of this machine/],
  ];
  for (const [args, message] of table) {
    const { code, stderr } = await run(t, ['emulator', '--port', '0', ...args]);
    assert.match(stderr, message);
    assert.equal(code, 2, args.join(' '));
  }
});

async function listening(running: ReturnType<typeof start>): Promise<Listening> {
  const [line] = await running.wrote(/\{.*"type":"listening".*\}\n/);
  return JSON.parse(line);
}

function clientOf(t: TestContext, url: string, token: string): BoxClient {
  const client = new BoxClient({ auth: developerToken(token), baseUrl: url });
  t.after(() => client.close());
  return client;
}

test('a data folder that cannot be one is named', async (t) => {
  const file = join(await temporaryFolder(t), 'file');
  writeFileSync(file, '');
  const { code, stderr } = await run(t, ['emulator', '--port', '0', '--data', file]);
  assert.equal(code, 2);
  assert.ok(stderr.includes(`${file} cannot be the folder for --data`), stderr);
  assert.match(stderr, /\n {2}→ --data <folder>/);
});
