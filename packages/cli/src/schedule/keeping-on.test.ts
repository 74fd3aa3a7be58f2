/** --every and --cron as people use them: what is said between the runs, and what ends them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type RunOptions, runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

suite('a command that runs again and again', () => {
  let box: Emulator;
  before(async () => {
    box = await startEmulator();
  });
  after(() => box.close());

  async function site(t: Parameters<typeof temporaryFolder>[0], name: string) {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'a.txt'), 'one');
    const env = { BOXHAUL_HOME: join(cwd, 'home') };
    const connection = ['--base-url', box.url, '--token', box.token];
    const to = ['upload', 'a.txt', '--to', `/${name}`, ...connection];
    const boxhaul = (args: readonly string[], options: RunOptions = {}) =>
      runHere(args, { cwd, ...options, env: { ...env, ...options.env } });
    return { cwd, to, boxhaul, up: [...to, '--every', '1h'] };
  }

  const isWaiting = (written: string) => /\nnext run |"type":"waiting"/.test(written);

  test('says how often, which run it is and when the next one comes; Ctrl-C between them ends it well', async (t) => {
    const { up, boxhaul } = await site(t, 'often');
    const { code, stdout, stderr } = await boxhaul(up, { until: isWaiting });
    assert.deepEqual([code, stderr], [0, '']);
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
    assert.match(stdout, new RegExp(`^every 1 h, until Ctrl-C\nrun 1 {3}${time}\n`));
    assert.match(stdout, / transferred +1 /);
    assert.match(stdout, new RegExp(`\nnext run ${time}, in (1 h|60 min)\nended after 1 run\n$`));
  });

  test('with --json tells programs the same', async (t) => {
    const { up, boxhaul } = await site(t, 'json');
    const { stdout } = await boxhaul([...up, '--json'], { until: isWaiting });
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [scheduled, started, ...rest] = events;
    const [ended, waiting] = rest.slice(-2);
    assert.deepEqual([scheduled.type, scheduled.everySeconds], ['scheduled', 3600]);
    assert.deepEqual([started.type, started.state, started.number], ['run', 'started', 1]);
    assert.deepEqual([ended.type, ended.state, ended.exitCode], ['run', 'ended', 0]);
    assert.ok(Date.parse(ended.nextRunAt) - Date.parse(started.startedAt) <= 3_600_000);
    assert.deepEqual([waiting.type, waiting.until], ['waiting', ended.nextRunAt]);
  });

  test('goes on after a run that failed', async (t) => {
    const { up, boxhaul } = await site(t, 'failing');
    const fault = box.faults.add({
      match: { method: 'POST', path: '/files/content' },
      action: { status: 403 },
      times: 'always',
    });
    const { code, stdout } = await boxhaul(up, { until: isWaiting });
    fault.remove();
    assert.equal(code, 0);
    assert.match(stdout, / failed +1\n[\s\S]*next run /);
  });

  test('ends when the first run shows that something is wrong', async (t) => {
    const { cwd, to, boxhaul } = await site(t, 'wrong');
    const table: [args: string[], code: number, says: RegExp][] = [
      [['upload', 'no-such', ...to.slice(2), '--every', '1h'], 2, /no-such is not there/],
      [['upload', 'a.txt', '--to', '/x', '--every', '1h'], 3, /no credentials/],
      [['upload', 'a.txt', '--to', '/x', '--cron', '0 2 * * *'], 3, /no credentials/],
      [[...to, '--cron', '0 2 * *'], 2, /--cron '0 2 \* \*' cannot be read/],
      [
        [...to, '--cron', '0 2 * * *', '--every', '1h'],
        2,
        /--cron.*cannot be used with.*--every|--every.*--cron/,
      ],
      [[...to, '--every', '10ms'], 2, /a second or more/],
      [[...to, '--tz', 'UTC'], 2, /--tz is the time zone of --cron/],
      [['upload', '-', ...to.slice(2), '--every', '1h'], 2, /standard input can be read once/],
      [['distribute', 'a', '--to-file=-', '--every', '1h'], 2, /standard input can be read once/],
    ];
    for (const [args, code, says] of table) {
      const ended = await boxhaul(args, { until: isWaiting, stdin: 'a.txt\n' });
      assert.equal(ended.code, code, `${args.join(' ')}: ${ended.stderr}`);
      assert.match(ended.stderr, says);
      assert.doesNotMatch(ended.stdout, /next run/);
    }
    assert.equal(await readFile(join(cwd, 'a.txt'), 'utf8'), 'one');
  });

  test('is kept as the job that it is, and resumed once', async (t) => {
    const { up, boxhaul } = await site(t, 'kept');
    await boxhaul(up, { until: isWaiting });
    const { stdout } = await boxhaul(['jobs', '--json']);
    const { id, command } = JSON.parse(stdout);
    assert.deepEqual(
      command.argv.filter((word: string) => /every|1h/.test(word)),
      [],
    );
    const again = await boxhaul(['resume', id, '--token', box.token]);
    assert.equal(again.code, 0, again.stderr);
    assert.doesNotMatch(again.stdout, /next run/);
  });

  test('leaves a run to another process that is at the same job', async (t) => {
    const { to, up, boxhaul } = await site(t, 'twice');
    const held = box.faults.add({
      match: { method: 'POST', path: '/files/content' },
      action: { stall: 'before' },
    });
    const second = Promise.withResolvers<Awaited<ReturnType<typeof boxhaul>>>();
    let hasBegun = false;
    const first = boxhaul([...to, '--json', '--timeout', '2s'], {
      until: (written) => {
        if (!hasBegun && written.includes('"type":"started"')) {
          hasBegun = true;
          second.resolve(boxhaul(up, { until: isWaiting }));
        }
        return false;
      },
    });
    const waited = await second.promise;
    await first;
    held.remove();
    assert.equal(waited.code, 0);
    assert.match(waited.stderr, /boxhaul: job \w+ is running already/);
    assert.match(waited.stderr, /\nskipped: the job runs in another process, and is left to it\n$/);
  });

  test('keeps a health file and pings, with its address nowhere to be read; once is enough', async (t) => {
    const { cwd, to, boxhaul } = await site(t, 'watched');
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const pingUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-uuid`;
    const log = ['--log-file', 'run.log', '--debug'];
    const watched = ['--health-file', 'health.json', '--ping-url', pingUrl, ...log];
    const health = async () => JSON.parse(await readFile(join(cwd, 'health.json'), 'utf8'));

    const first = await boxhaul([...to, ...watched]);
    assert.equal(first.code, 0, first.stderr);
    assert.doesNotMatch(first.stdout, /until Ctrl-C/);
    const { state, lastRun, nextRunAt } = await health();
    assert.deepEqual([state, nextRunAt], ['ended', null]);
    const { exitCode, transferred, failed, bytes } = lastRun;
    assert.deepEqual([exitCode, transferred, failed, bytes], [0, 1, 0, 3]);

    const again = await boxhaul([...to, ...watched, '--every', '1h'], { until: isWaiting });
    assert.equal(again.code, 0, again.stderr);
    const wrong = await boxhaul([
      'upload',
      'a.txt',
      '--to',
      '/no/such/place',
      ...to.slice(4),
      ...watched,
    ]);
    assert.equal(wrong.code, 2);
    assert.match((await health()).lastRun.message, /there is no folder/);
    await boxhaul([...to, ...watched, '--dry-run']);
    assert.deepEqual(asked, ['/secret-uuid', '/secret-uuid', '/secret-uuid/fail']);

    const { stdout } = await boxhaul(['jobs', '--json']);
    const texts = [stdout, await readFile(join(cwd, 'run.log'), 'utf8')];
    for (const run of [first, again, wrong]) texts.push(run.stdout, run.stderr);
    assert.ok(texts.every((text) => !text.includes('secret-uuid')));
  });

  test('a ping that fails is told, and changes nothing', async (t) => {
    const { to, boxhaul } = await site(t, 'pinged');
    const server = createServer((_request, response) => response.writeHead(404).end());
    server.listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { BOXHAUL_PING_URL: `http://${host}/secret-uuid` };
    const { code, stdout, stderr } = await boxhaul([...to, '--json', '--quiet'], { env });
    assert.equal(code, 0);
    const words = `${host} was not told how the run ended: it answered 404`;
    assert.equal(stderr, `warning: ${words}\n`);
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    assert.deepEqual([last.type, last.message], ['ping-failed', words]);
    const nowhere = await boxhaul(['whoami', ...to.slice(4)], { env });
    assert.deepEqual([nowhere.code, nowhere.stderr], [0, '']);
  });
});
