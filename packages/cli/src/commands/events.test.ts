import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type RunOptions, runHere } from '../testing/in-process.ts';
import { start, temporaryFolder } from '../testing/process.ts';

suite('boxhaul events', () => {
  let box: Emulator;
  let client: BoxClient;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    await make('one');
    await make('two');
  });
  after(async () => {
    await client.close();
    await box.close();
  });

  const make = (name: string) => client.folders.create({ name, parentId: '0' });
  const events = (args: readonly string[], options: RunOptions = {}) =>
    runHere(['events', ...args, '--base-url', box.url, '--token', box.token], options);
  const told = async (...args: string[]) => {
    const { code, stdout, stderr } = await events([...args, '--json', '--quiet']);
    assert.equal(code, 0, stderr);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  };
  const names = (lines: { event: { source?: { name?: string; item_name?: string } } }[]) =>
    lines.map(({ event }) => event.source?.name ?? event.source?.item_name);

  test('tells what happened, in a line each', async () => {
    const { code, stdout } = await events([]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^\d{4}-\d\d-\d\d \d\d:\d\d {2}ITEM_CREATE +one \(folder \d+\) {2}by .* <.*>\n/,
    );
    assert.equal(stdout.trim().split('\n').length, 2);
    const [first] = await told();
    assert.deepEqual(
      [first.type, first.stream, first.event.event_type, first.event.source.name],
      ['event', 'all', 'ITEM_CREATE', 'one'],
    );
  });

  test('tells only some types, and only what is new enough', async () => {
    assert.deepEqual(names(await told('--type', 'ITEM_CREATE')), ['one', 'two']);
    assert.deepEqual(await told('--type', 'ITEM_TRASH,ITEM_COPY'), []);
    assert.deepEqual(names(await told('--since', '1d')), ['one', 'two']);
    assert.deepEqual(await told('--since', '2099-01-01'), []);
    assert.deepEqual(await told('--since', 'now'), []);
  });

  test('tells those of the enterprise', async () => {
    const all = await told('--enterprise', '--since', '1d');
    assert.equal(all[0].stream, 'admin_logs');
    assert.ok(names(all).includes('two'));
    const [{ event_type: type }] = all.map(({ event }) => event);
    const some = await told('--stream', 'admin_logs_streaming', '--type', type);
    assert.deepEqual(new Set(some.map(({ event }) => event.event_type)), new Set([type]));
  });

  test('goes on under a name where it stopped, each stream by itself', async () => {
    assert.deepEqual(names(await told('--reader', 'a')), ['one', 'two']);
    assert.deepEqual(await told('--reader', 'a'), []);
    await make('three');
    assert.deepEqual(names(await told('--reader', 'a')), ['three']);
    assert.deepEqual(names(await told('--reader', 'b')), ['one', 'two', 'three']);
    assert.deepEqual(names(await told('--reader', 'a', '--stream', 'changes')), [
      'one',
      'two',
      'three',
    ]);
    // What was kept under a name is of no matter to who only looks.
    assert.equal((await told()).length, 3);
  });

  test('a reader that was killed misses nothing that happens before it is back', async (t) => {
    const home = await temporaryFolder(t);
    const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token, BOXHAUL_HOME: home };
    const args = ['events', '--follow', '--json', '--reader', 'indexer'];
    const first = start(t, [...args, '--debug'], env);
    // It waits: where it began is kept.
    await first.wrote(/OPTIONS .*\/events/);
    await make('before the kill');
    await first.wrote(/before the kill/);
    first.child.kill('SIGKILL');
    await first.ended;
    await make('while it was down');
    const second = start(t, args, env);
    await second.wrote(/while it was down/);
    await make('after it came back');
    await second.wrote(/after it came back/);
    second.child.kill('SIGINT');
    const { code, stdout } = await second.ended;
    assert.equal(code, 130);
    assert.doesNotMatch(stdout, /"name":"(one|two|three)"/);
  });

  test('who was killed before anything happened begins where they began', async (t) => {
    const home = await temporaryFolder(t);
    const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token, BOXHAUL_HOME: home };
    const first = start(t, ['events', '--follow', '--json', '--debug'], env);
    await first.wrote(/OPTIONS .*\/events/);
    first.child.kill('SIGKILL');
    await first.ended;
    await make('in between');
    const second = start(t, ['events', '--follow', '--json'], env);
    await second.wrote(/in between/);
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [['--since', 'soon'], 2, /Give a date, a time or an age/],
    [
      ['--stream', 'admin_logs', '--follow'],
      2,
      /admin_logs cannot be followed.*\n {2}→ --stream admin_logs_streaming/,
    ],
    [['--stream', 'all', '--enterprise'], 2, /both name a stream/],
    [['--stream', 'everything'], 2, /Allowed choices are all, changes/],
    [['--reader', ''], 2, /--reader is given no name\n {2}→ --reader indexer/],
    [['--type', 'A,,B'], 2, /Give words with commas/],
    [['extra'], 2, /too many arguments/],
  ];
  for (const [args, code, says] of wrong) {
    test(`events ${args.join(' ')} is told`, async () => {
      const ended = await events(args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }

  test('who is no admin is told that the enterprise is for admins', async () => {
    const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const { code, stderr } = await events(['--enterprise', '--as-user', ann.id]);
    assert.equal(code, 3);
    assert.match(stderr, /403/);
  });
});
