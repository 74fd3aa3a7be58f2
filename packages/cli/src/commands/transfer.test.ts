/** upload, download and ls against a Box, in this process: what they do, say and end with. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

interface Event {
  v: number;
  type: string;
  [field: string]: unknown;
}

function events(stdout: string): Event[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

suite('upload, download and ls', () => {
  let box: Emulator;
  let connection: string[];
  before(async () => {
    box = await startEmulator();
    connection = ['--base-url', box.url, '--token', box.token];
  });
  after(() => box.close());

  async function tree(t: Parameters<typeof temporaryFolder>[0]): Promise<string> {
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, 'weekly', 'deep'), { recursive: true });
    await writeFile(join(folder, 'weekly', 'a.txt'), 'one');
    await writeFile(join(folder, 'weekly', 'b.zip'), 'two');
    await writeFile(join(folder, 'weekly', 'deep', 'c é.txt'), 'three');
    return folder;
  }

  test('a folder goes up and comes down, and is not sent twice', async (t) => {
    const cwd = await tree(t);
    const up = await runHere(['upload', 'weekly', '--to', '/round', ...connection], { cwd });
    assert.deepEqual([up.code, up.stderr], [0, '']);
    assert.match(
      up.stdout,
      /^made the folder \/round\n↑ weekly → \/round \(upload\) {3}job \w+\ndone in /,
    );
    assert.match(up.stdout, / transferred +3 +3 new\n/);

    const again = await runHere(['upload', 'weekly', '--to', '/round', ...connection], { cwd });
    assert.equal(again.code, 0);
    assert.match(again.stdout, /nothing had to be sent\n.* skipped +3 +3 unchanged/s);

    const down = await runHere(['download', '/round', ...connection], { cwd });
    assert.equal(down.code, 0, down.stderr);
    assert.equal(await readFile(join(cwd, 'round/weekly/deep/c é.txt'), 'utf8'), 'three');
  });

  test('a wait that nobody waits out is told, and holds up no later command', async (t) => {
    const cwd = await tree(t);
    const away = { status: 503, retryAfter: 86_400 };
    box.faults.add({ match: { path: '/folders/0/items' }, action: away });
    const refused = await runHere(['ls', '/', ...connection]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /with 503.*\n {2}Box asks to wait 24 h\n/);
    assert.equal((await runHere(['ls', '/', ...connection])).code, 0);

    box.faults.add({ match: { path: '/files/content' }, action: away });
    const up = ['upload', 'weekly', '--to', '/away', '--concurrency', '1', ...connection];
    const stopped = await runHere(up, { cwd });
    assert.equal(stopped.code, 1);
    assert.match(stopped.stderr, /Box asked for no more calls before 2\d{3}-/);
    assert.equal((await runHere(up, { cwd })).code, 0);
  });

  test('the spellings of older scripts work: -c, -u, -d, contents only', async (t) => {
    const cwd = await tree(t);
    const ids = await box.seed({ '/old/': '' });
    const config = join(cwd, 'config.json');
    await writeFile(config, JSON.stringify(await box.appConfig()), { mode: 0o600 });
    const address = `https://acme.box.com/folder/${ids['/old/']?.id ?? ids['/old']?.id}`;
    const asAdmin = ['--base-url', box.url, '--as-user', box.adminUserId];
    const spelt = ['-c', 'config.json', '-u', address, '-d', './weekly', '--mode', 'update'];
    const up = await runHere(['upload', ...spelt, ...asAdmin], { cwd });
    assert.equal(up.code, 0, up.stderr);
    const env = { BOX_CONFIG_PATH: 'config.json', BOX_BASE_URL: box.url };
    const fetched = [
      '-u',
      address,
      '-d',
      './in',
      '--ext',
      '.ZIP,.isx',
      '--as-user',
      box.adminUserId,
    ];
    const down = await runHere(['download', ...fetched], { cwd, env });
    assert.equal(down.code, 0, down.stderr);
    assert.deepEqual(await readdir(join(cwd, 'in')), ['b.zip']);

    await chmod(config, 0o644);
    const refused = await runHere(['upload', ...spelt, ...asAdmin], { cwd });
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /mode 644.*\n {2}→ chmod 600 .*--insecure-config/);
    const goesOn = await runHere(['upload', ...spelt, ...asAdmin, '--insecure-config'], { cwd });
    assert.equal(goesOn.code, 0, goesOn.stderr);
  });

  test('names to send come from standard input, settings from .env', async (t) => {
    const cwd = await tree(t);
    const settings = `BOX_DEVELOPER_TOKEN=${box.token}\nBOX_BASE_URL=${box.url}\n`;
    await writeFile(join(cwd, '.env'), settings, { mode: 0o644 });
    const args = ['upload', '-', '--to', '/named'];
    const stdin = 'weekly/a.txt\nweekly/deep/c é.txt\n';
    const { code, stdout, stderr } = await runHere(args, { cwd, stdin });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /↑ a\.txt, c é\.txt → \/named/);
    assert.match(stderr, /^warning: \.env can be read by other users.*chmod 600 \.env\)\n$/);
  });

  test('with --json stdout is one event a line, and words for people go to stderr', async (t) => {
    const cwd = await tree(t);
    const args = ['upload', 'weekly/', '--to', '/json', '--json', ...connection];
    const { code, stdout, stderr } = await runHere(args, { cwd });
    assert.equal(code, 0, stderr);
    const all = events(stdout);
    assert.ok(all.every(({ v, type }) => v === 1 && typeof type === 'string'));
    assert.equal(all[0]?.type, 'started');
    const files = all.filter(({ type }) => type === 'file');
    assert.deepEqual(files.map(({ path }) => path).sort(), ['a.txt', 'b.zip', 'deep/c é.txt']);
    for (const file of files) {
      assert.match(String(file.sha1), /^[0-9a-f]{40}$/);
      assert.deepEqual([file.state, file.action], ['transferred', 'new']);
      assert.ok(typeof file.id === 'string' && typeof file.bytes === 'number');
    }
    const summary = all.at(-1);
    assert.deepEqual(
      [summary?.type, summary?.transferred, summary?.failed, summary?.ended],
      ['summary', 3, 0, 'complete'],
    );
    assert.match(stderr, /done in/);
    const quiet = await runHere([...args, '--quiet'], { cwd });
    assert.equal(quiet.stderr, '');
    assert.equal(events(quiet.stdout).at(-1)?.skipped, 3);
  });

  test('a file that fails is named with the reason, and the exit code is 1', async (t) => {
    const cwd = await tree(t);
    const fault = box.faults.add({
      match: { method: 'POST', path: '/files/content' },
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
      times: 'always',
    });
    try {
      const args = ['upload', 'weekly/a.txt', '--to', '/', ...connection];
      const { code, stdout } = await runHere(args, { cwd });
      assert.equal(code, 1);
      assert.match(stdout, / failed +1\n/);
      assert.match(stdout, / {2}failed {2}a\.txt {3}\S.*\n +→ /);
      const quiet = await runHere([...args, '--quiet'], { cwd });
      assert.deepEqual([quiet.code, quiet.stdout], [1, '']);
      assert.match(quiet.stderr, /^failed {2}a\.txt {3}/);
    } finally {
      fault.remove();
    }
  });

  test('what is not there, or is something else, ends with 2 before anything is sent', async (t) => {
    const cwd = await tree(t);
    const table: [args: string[], says: RegExp][] = [
      [['upload', 'weekly', '--to', '/no/such/folder'], /--parents/],
      [['upload', 'weekly', '--to', '999999'], /999999.*\n {2}→ boxhaul ls \//],
      [
        ['upload', 'weekly', '--to', 'https://acme.box.com/folder/backups'],
        /not a number\)\n {2}→ open it in Box/,
      ],
      [['upload', 'weekly', '--to', 'https://example.com/folder/1'], /example\.com/],
      [['upload', 'weekly', '--to', 'Backups'], /\/Backups/],
      [['download', '/nothing', 'in'], /holds no "nothing"\n {2}→ boxhaul ls \//],
      [['ls', 'https://app.box.com/files'], /app\.box\.com/],
    ];
    box.resetCounts();
    for (const [args, says] of table) {
      const { code, stderr } = await runHere([...args, ...connection], { cwd });
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, says);
    }
    const changes = Object.keys(box.counts()).filter((call) => !call.startsWith('GET '));
    assert.deepEqual(changes, []);
  });

  test('a filter that lets nothing through is said to have done so', async (t) => {
    const cwd = await tree(t);
    const args = ['upload', 'weekly/', '--to', '/filtered', '--ext', '.pdf', ...connection];
    const { code, stdout } = await runHere(args, { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /\n {2}no file passed --ext: is that/);
  });

  test('the summary counts every call that the command made', async (t) => {
    const cwd = await tree(t);
    box.resetCounts();
    const args = ['upload', 'weekly', '--to', '/counted', '--json', ...connection];
    const { stdout } = await runHere(args, { cwd });
    const made = Object.values(box.counts()).reduce((sum, count) => sum + count, 0);
    const { calls } = events(stdout).at(-1) as Event & { calls: { calls: number } };
    assert.equal(calls.calls, made);
  });

  test('a file that has the name of the folder to send to is said to be one', async (t) => {
    const cwd = await tree(t);
    await box.seed({ '/taken.txt': 'x' });
    for (const to of ['/taken.txt', '/taken.txt/sub']) {
      const args = ['upload', 'weekly', '--to', to, '--parents', ...connection];
      const { code, stderr } = await runHere(args, { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /taken\.txt is there, and it is a file, not a folder/);
    }
  });

  test('--parents makes every folder of the path', async (t) => {
    const cwd = await tree(t);
    const args = ['upload', 'weekly/a.txt', '--to', '/p/q/r', '--parents', ...connection];
    assert.equal((await runHere(args, { cwd })).code, 0);
    const { stdout } = await runHere(['ls', '/p/q/r', ...connection]);
    assert.match(stdout, /^ +3 bytes {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\d+ +a\.txt\n$/);
  });

  test('a dry run changes nothing, here or there', async (t) => {
    const cwd = await tree(t);
    await box.seed({ '/dry/a.txt': 'other' });
    box.resetCounts();
    const up = ['upload', 'weekly/', '--to', '/dry', '--mode', 'update', '--dry-run'];
    const { code, stdout } = await runHere([...up, ...connection], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /^↑ .*\ndry run: nothing was changed\n/);
    const missing = ['upload', 'weekly/', '--to', '/dry/er', '--dry-run', '--verbose'];
    const told = await runHere([...missing, '--exclude', 'a.txt', ...connection], { cwd });
    assert.match(told.stdout, /^\/dry\/er is not there yet: it would be made\n/);
    assert.match(told.stdout, /\n {2}new +deep\/c é\.txt /);
    assert.ok(!told.stdout.includes('a.txt'), told.stdout);
    const down = await runHere(['download', '/dry', 'in', '-n', ...connection], { cwd });
    assert.equal(down.code, 0, down.stderr);
    assert.ok(!(await readdir(cwd)).includes('in'));
    const changes = Object.keys(box.counts()).filter((call) => !call.startsWith('GET '));
    assert.deepEqual(changes, []);
  });

  test('a dry run into a folder that is not there predicts what making and filling it takes', async (t) => {
    const cwd = await tree(t);
    for (const [to, ...more] of [
      ['/foretold'],
      ['/fore/told/deep', '--parents'],
      ['/mirrored', '--mode', 'update', '--delete-extra'],
      ['/sealed', '--compress', 'zstd'],
    ] as const) {
      const args = ['upload', 'weekly', '--to', to, ...more, ...connection];
      const dry = await runHere([...args, '--dry-run'], { cwd });
      const [, predicted] = /\n {2}(\d+) API calls\n/.exec(dry.stdout) ?? [];
      const { stdout } = await runHere(args, { cwd });
      assert.match(
        stdout,
        new RegExp(` API calls +${predicted} +${predicted} predicted`),
        dry.stdout,
      );
    }
  });

  test('a token that Box refuses ends with 3, and is not shown', async (t) => {
    const cwd = await tree(t);
    for (const verb of [['ls'], ['upload', 'weekly', '--to', '/'], ['download', '/', 'in']]) {
      const args = [...verb, '--base-url', box.url, '--token', 'wrongtoken123', '--debug'];
      const { code, stdout, stderr } = await runHere(args, { cwd });
      assert.equal(code, 3, stderr);
      assert.match(stderr, /boxhaul doctor/);
      assert.doesNotMatch(stdout + stderr, /wrongtoken123/);
    }
  });

  test('the log file has every call and file as JSON lines, and no secret', async (t) => {
    const cwd = await tree(t);
    const args = ['upload', 'weekly', '--to', '/logged', '--log-file', 'run.log', ...connection];
    assert.equal((await runHere(args, { cwd })).code, 0);
    const path = join(cwd, 'run.log');
    const log = await readFile(path, 'utf8');
    const lines = events(log);
    assert.ok(lines.some(({ msg }) => msg === 'file transferred: weekly/a.txt'));
    assert.ok(lines.some(({ msg, status }) => msg === 'exchange' && status === 201));
    assert.ok(!log.includes(box.token));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  test('colours and moving lines appear on a terminal only, and never with NO_COLOR', async (t) => {
    const cwd = await tree(t);
    const args = ['upload', 'weekly', '--to', '/colours', ...connection];
    const codes = async (
      more: string[],
      options: { columns?: number; env?: Record<string, string> },
    ) => (await runHere([...args, ...more], { cwd, ...options })).stdout.includes('\u001b');
    assert.equal(await codes([], {}), false);
    assert.equal(await codes([], { columns: 80 }), true);
    assert.equal(await codes([], { columns: 80, env: { NO_COLOR: '1' } }), false);
    assert.equal(await codes([], { columns: 80, env: { TERM: 'dumb' } }), false);
    assert.equal(await codes(['--no-color'], { columns: 80 }), false);
  });

  test('ls says of an empty folder that it is, to people only', async () => {
    await box.seed({ '/empty/': '' });
    const args = ['ls', '/empty', ...connection];
    assert.equal((await runHere(args, { columns: 80 })).stdout, 'the folder is empty\n');
    assert.equal((await runHere(args)).stdout, '');
    assert.equal((await runHere([...args, '--json'])).stdout, '');
  });

  test('ls takes several places and globs; what a glob matches is a line each', async () => {
    await box.seed({ '/some/a.txt': 'a', '/some/b.txt': 'b', '/some/in/c.txt': 'c' });
    const ls = async (...args: string[]) => {
      const { stdout, stderr, code } = await runHere(['ls', ...args, ...connection]);
      assert.equal(code, 0, stderr);
      return stdout.split('\n').map((line) => line.split('  ').at(-1)?.trim());
    };
    assert.deepEqual(await ls('/some/*'), ['/some/in/', '/some/a.txt', '/some/b.txt', '']);
    assert.deepEqual(await ls('/some/in', '/some/a.txt'), [
      '/some/in:',
      'c.txt',
      '/some/a.txt',
      '',
    ]);
    const none = await runHere(['ls', '/some/*.zip', ...connection]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /"\/some\/\*\.zip" matches nothing on this Box\n {2}→ boxhaul ls \//);
  });

  test('ls lists files, folders and web links, also for programs', async () => {
    await box.seed({ '/list/b.txt': 'four', '/list/sub/': '' });
    const { stdout } = await runHere(['ls', '/list', ...connection]);
    assert.match(stdout, / - {2}\S+ \S+ {2}\d+ +sub\/\n/);
    assert.match(stdout, / 4 bytes {2}\S+ \S+ {2}\d+ +b\.txt\n/);
    const { stdout: json } = await runHere(['ls', '/list', '--json', ...connection]);
    assert.deepEqual(
      events(json).map(({ type, kind, name, bytes }) => [type, kind, name, bytes]),
      [
        ['item', 'folder', 'sub', 0],
        ['item', 'file', 'b.txt', 4],
      ],
    );
  });
});
