/** `boxhaul schedule`, with programs in the place of systemctl and crontab that write down what they are asked. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { type RunOptions, runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

const SYSTEMCTL =
  '#!/bin/sh\necho "$@" >> "$HOME/asked"\n[ -z "$REFUSES" ] || { echo "no bus" >&2; exit 1; }\n';
const CRONTAB =
  '#!/bin/sh\nif [ "$1" = -l ]; then cat "$HOME/crontab" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }\n' +
  'else cat > "$HOME/crontab"; fi\n';

async function machine(t: TestContext) {
  const home = await temporaryFolder(t);
  const bin = join(home, 'bin');
  await mkdir(bin);
  for (const [name, text] of [
    ['systemctl', SYSTEMCTL],
    ['crontab', CRONTAB],
  ] as const) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: '',
    PATH: [bin, process.env.PATH].join(delimiter),
  };
  const schedule = (args: readonly string[], options: RunOptions = {}) =>
    runHere(['schedule', ...args], {
      cwd: home,
      ...options,
      env: { ...env, ...options.env },
    });
  const units = join(home, '.config/systemd/user');
  const asked = async () => (await readFile(join(home, 'asked'), 'utf8')).trim().split('\n');
  return { home, units, schedule, asked };
}

const upload = ['upload', './out/', '--to', '/In', '-c', 'config.json'];

suite('boxhaul schedule', () => {
  test('keeps no address of a ping among the words, however often it is given', async (t) => {
    const { schedule } = await machine(t);
    const pings = ['--ping-url', 'https://hc.example/one', '--ping-url=https://hc.example/two'];
    const shown = await schedule([
      'add',
      '--every',
      '5m',
      '--crontab',
      '--print',
      ...upload,
      ...pings,
    ]);
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(
      shown.stdout,
      /^# .*\/config\/schedules\/upload-out\.env\nexport BOXHAUL_PING_URL=https:\/\/hc\.example\/two\n\n# crontab\n\*\/5 /,
    );
    assert.ok(!shown.stdout.includes('--ping-url') && !shown.stdout.includes('/one'));
  });

  test('writes a timer of systemd and starts it, lists it, and takes it away', async (t) => {
    const { schedule, units, asked } = await machine(t);
    const ping = ['--ping-url', 'https://hc.example/secret-uuid'];
    const added = await schedule([
      'add',
      '--every',
      '5m',
      '--systemd',
      '--yes',
      ...upload,
      ...ping,
    ]);
    assert.equal(added.code, 0, added.stderr);
    assert.match(added.stdout, /\nscheduled {2}upload-out {3}every 5 min, by systemd \(user\)\n/);
    assert.ok(!added.stdout.includes('secret-uuid'));
    const names = ['env', 'service', 'timer'].map((suffix) => `boxhaul-upload-out.${suffix}`);
    assert.deepEqual((await readdir(units)).sort(), names);
    assert.equal((await stat(join(units, 'boxhaul-upload-out.env'))).mode & 0o777, 0o600);
    const service = await readFile(join(units, 'boxhaul-upload-out.service'), 'utf8');
    assert.match(service, /"upload" "\.\/out\/" "--to" "\/In" "-c" "config\.json"\n/);
    assert.deepEqual(await asked(), [
      '--user daemon-reload',
      '--user enable --now boxhaul-upload-out.timer',
    ]);

    const again = await schedule(['add', '--every', '1h', '--systemd', '--yes', ...upload]);
    assert.equal(again.code, 2);
    assert.match(
      again.stderr,
      /there is a schedule upload-out already\n {2}→ boxhaul schedule remove upload-out/,
    );
    const list = await schedule(['list']);
    assert.match(
      list.stdout,
      /^upload-out {3}every 5 min, by systemd \(user\)\n {2}boxhaul upload \.\/out\/ --to \/In -c config\.json\n$/,
    );
    const removed = await schedule(['remove', 'upload-out', '--yes']);
    assert.equal(removed.code, 0, removed.stderr);
    assert.deepEqual(await readdir(units), []);
    assert.equal((await asked()).at(-2), '--user disable --now boxhaul-upload-out.timer');
    assert.match((await schedule(['list'])).stdout, /^nothing is scheduled/);
  });

  test('writes a line of the crontab beside those that are there', async (t) => {
    const { schedule, home } = await machine(t);
    const mine = '# mine\n5 4 * * * true\n';
    await writeFile(join(home, 'crontab'), mine);
    const cron = ['--cron', '0 2 * * *', '--crontab', '--yes', '--name', 'nightly'];
    const added = await schedule(['add', ...cron, ...upload]);
    assert.equal(added.code, 0, added.stderr);
    const crontab = await readFile(join(home, 'crontab'), 'utf8');
    assert.ok(crontab.startsWith(`${mine}0 2 * * * cd ${home} && `), crontab);
    assert.ok(crontab.endsWith(' upload ./out/ --to /In -c config.json # boxhaul:nightly\n'));
    const { stdout } = await schedule(['list', '--json']);
    const { state, name, place, when } = JSON.parse(stdout);
    assert.deepEqual(
      [state, name, place, when],
      ['listed', 'nightly', 'crontab', 'cron 0 2 * * *'],
    );
    await schedule(['remove', 'nightly', '--yes']);
    assert.equal(await readFile(join(home, 'crontab'), 'utf8'), mine);
  });

  test('keeps the address of a ping out of the crontab, which cron writes into logs and mails', async (t) => {
    const { schedule, home } = await machine(t);
    const crontab = ['--every', '5m', '--crontab', '--yes'];
    const ping = ['--ping-url', 'https://hc.example/secret-uuid'];
    const env = { BOXHAUL_HOME: join(home, 'kept') };
    const added = await schedule(['add', ...crontab, ...upload, ...ping], { env });
    assert.equal(added.code, 0, added.stderr);
    const secret = join(home, 'kept/config/schedules/upload-out.env');
    const line = await readFile(join(home, 'crontab'), 'utf8');
    assert.ok(!line.includes('secret-uuid') && line.includes(` && . ${secret} && `), line);
    assert.match(await readFile(secret, 'utf8'), /^export BOXHAUL_PING_URL=.*secret-uuid\n$/);
    assert.equal((await stat(secret)).mode & 0o777, 0o600);
    const { stdout } = await schedule(['list']);
    assert.match(stdout, /\n {2}cd \S+ && BOXHAUL_HOME=\S+ exec /);
    await schedule(['remove', 'upload-out', '--yes'], { env });
    await assert.rejects(stat(secret), { code: 'ENOENT' });
  });

  test('only shows with --print, and writes nothing that was not agreed to', async (t) => {
    const { schedule, home } = await machine(t);
    const shown = await schedule(['add', '--every', '5m', '--systemd', '--print', ...upload]);
    assert.match(shown.stdout, /boxhaul-upload-out\.timer\n[\s\S]*OnUnitActiveSec=300s/);
    const line = await schedule(['add', '--every', '5m', '--crontab', '--print', ...upload]);
    assert.match(line.stdout, /^\*\/5 \* \* \* \* cd .*# boxhaul:upload-out\n$/);
    const refused = await schedule(['add', '--every', '5m', '--systemd', ...upload]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /has to ask before .*\n {2}→ --yes/);
    assert.deepEqual(await readdir(home), ['bin']);
  });

  test('says what systemctl said when it refuses, and leaves nothing that nothing starts', async (t) => {
    const { schedule, units } = await machine(t);
    const args = ['add', '--every', '5m', '--systemd', '--yes', ...upload];
    const { code, stderr } = await schedule(args, { env: { REFUSES: '1' } });
    assert.equal(code, 1);
    assert.match(stderr, /systemctl --user daemon-reload failed: no bus\n {2}→ systemctl --user/);
    assert.deepEqual(await readdir(units), []);
  });

  test('does not take a folder that cannot be read for one without timers', async (t) => {
    const { schedule, units } = await machine(t);
    await mkdir(dirname(units), { recursive: true });
    await writeFile(units, '');
    const { code, stderr } = await schedule(['list']);
    assert.equal(code, 1);
    assert.match(stderr, /systemd\/user cannot be read, so .* not known: ENOTDIR.*\n {2}→ ls /);
  });

  test('warns of variables that the system will not see', async (t) => {
    const { schedule } = await machine(t);
    const args = ['add', '--every', '5m', '--systemd', '--yes', 'upload', './out', '--to', '/In'];
    const { stdout } = await schedule(args, {
      env: { BOX_DEVELOPER_TOKEN: 'x' },
    });
    assert.match(
      stdout,
      /BOX_DEVELOPER_TOKEN of this shell will not be seen: give it -c config\.json/,
    );
  });

  test('carries along where a login is found, and says how a proxy is', async (t) => {
    const { schedule, home } = await machine(t);
    const config = join(home, 'config');
    const args = ['add', '--every', '5m', '--crontab', '--yes', 'upload', './out', '--to', '/In'];
    const env = {
      BOXHAUL_HOME: '',
      XDG_CONFIG_HOME: config,
      HTTPS_PROXY: 'http://proxy:3128',
      BOX_BASE_URL: 'http://x',
    };
    const { stdout } = await schedule(args, { env });
    assert.match(
      await readFile(join(home, 'crontab'), 'utf8'),
      / && XDG_CONFIG_HOME=\S+\/config exec /,
    );
    assert.match(stdout, /BOX_BASE_URL of this shell will not be seen: give it --base-url\n/);
    assert.match(stdout, /HTTPS_PROXY of this shell will not be seen: crontab -e, and NAME=value/);
    assert.ok(!stdout.includes('proxy:3128'));
  });

  const wrong: [args: string[], says: RegExp][] = [
    [[...upload], /it is not said when to run\n {2}→ boxhaul schedule add --every 1h upload/],
    [['--every', '5m', 'ls', '/'], /"ls" is no command that can be scheduled\n.*upload, download/],
    [
      ['--every', '5m', ...upload, '--no-such'],
      /unknown option '--no-such'\n(.*\n)* {2}→ boxhaul upload --help/,
    ],
    [
      ['--every', '5m', 'upload', './out', '-c', 'config.json'],
      /it is not said where to\n {2}→ boxhaul upload … --to/,
    ],
    [['--every', '5m', 'upload', '--to', '/In'], /it is not said what to send/],
    [
      ['--every', '5m', 'upload', './out', '--to', 'In'],
      /In.*is no address in Box, no id and no path/,
    ],
    [['--every', '5m', ...upload, '--mode', 'move'], /'move' is invalid.*upload, overwrite/],
    [['--every', '5m', ...upload, '--where', 'size >'], /--where: /],
    [['--every', '5m', ...upload, '--max-delete', '9'], /--max-delete is a limit of/],
    [['--every', '5m', 'download'], /it is not said what to fetch/],
    [['--every', '5m', 'distribute', 'a'], /it is not said where to/],
    [['--every', '5m', 'migrate', 'sftp://a/b'], /it is not said where to/],
    [['--every', '5m', 'verify', 'a'], /missing required argument 'folder'/],
    [['--every', '5m', ...upload, '--every', '1h'], /--every is said before the command/],
    [
      [...upload, '--cron=0 2 * * *'],
      /--cron is said before .*\n {2}→ boxhaul schedule add --cron … upload …/,
    ],
    [['--every', '5m', ...upload, '--print'], /→ boxhaul schedule add --print upload …/],
    [['--every', '5m', ...upload, '--token', 'x'], /a token would stand in a file/],
    [['--every', '5m', 'upload', '-', '--to', '/'], /no standard input/],
    [['--every', '5m', 'distribute', 'a', '--to-file=-'], /no standard input/],
    [['--every', '5m', '--name', '../x', ...upload], /--name \.\.\/x: give letters/],
    [['--every', '7m', '--crontab', ...upload], /minutes that divide an hour/],
    [['--every', '5m', '--crontab', '--systemd', ...upload], /say different things/],
    [['--cron', '0 0 L * *', '--systemd', ...upload], /"L" of --cron is not understood/],
    [['--cron', '99 0 * * *', ...upload], /cannot be read/],
  ];
  for (const [args, says] of wrong) {
    test(`refuses: add ${args.join(' ')}`, async (t) => {
      const { schedule, home } = await machine(t);
      const { code, stderr } = await schedule(['add', '--yes', ...args]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
      assert.deepEqual(await readdir(home), ['bin']);
    });
  }

  const withoutAdd: [args: string[], way: RegExp][] = [
    [upload, /unknown command 'upload'\n {2}→ boxhaul schedule add --every 1h upload …\n/],
    [
      ['--cron', '0 2 * * *', ...upload],
      /unknown option '--cron'\n {2}→ boxhaul schedule add --cron '0 2 \* \* \*' upload …\n/,
    ],
  ];
  for (const [args, way] of withoutAdd) {
    test(`leads from ${args[0]} to add`, async (t) => {
      const { schedule } = await machine(t);
      const { code, stderr } = await schedule(args);
      assert.equal(code, 2);
      assert.match(stderr, way);
    });
  }

  test('knows no name that is not there', async (t) => {
    const { schedule } = await machine(t);
    const { code, stderr } = await schedule(['remove', 'nothing', '--yes']);
    assert.equal(code, 2);
    assert.match(stderr, /there is no schedule nothing\n {2}→ boxhaul schedule list/);
  });
});
