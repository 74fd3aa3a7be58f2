/**
 * Sealed transfers killed by SIGKILL: while a file is sealed, while its parts are sent, just behind the commit, while it
 * is fetched and while it is opened. One more run ends the job, sends no part again that Box had, and leaves nothing
 * behind. What is in Box then is opened by Debian's `age` and `zstd`, where they are installed.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch as watchFolder } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { unlessInstalled } from '../../packages/seal/src/testing/programs.ts';
import { type CommandOutcome, run, start } from './command.ts';
import { Watch } from './watched-box.ts';

const LARGE_BYTES = 70_000_000;

suite('sealed, and killed', () => {
  let work: string;
  let home: string;
  let tree: string;
  let box: Emulator;
  let client: BoxClient;
  let watch: Watch;
  let recipient: string;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-sealed-'));
    home = join(work, 'home');
    tree = join(work, 'tree');
    await mkdir(tree);
    await writeFile(join(tree, 'large.bin'), Buffer.alloc(LARGE_BYTES, randomBytes(1_000_003)));
    await writeFile(join(tree, 'letter.txt'), 'All is well. '.repeat(1000));
    box = await startEmulator({ bandwidthBytesPerSecond: 60_000_000 });
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    watch = new Watch();
    recipient = (await boxhaul('keygen', join(work, 'key.txt'))).stdout.split('\n')[0] ?? '';
  });

  after(async () => {
    watch.close();
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  const options = () => ({ env: { BOXHAUL_HOME: home } });
  const connection = () => ['--base-url', box.url, '--token', box.token];
  const boxhaul = async (...args: string[]): Promise<CommandOutcome> => {
    const outcome = await run(args, options());
    assert.equal(outcome.code, 0, outcome.stderr);
    return outcome;
  };
  const upload = (folderId: string) => {
    const seal = ['--encrypt-to', recipient];
    return ['upload', `${tree}/`, '--to', folderId, '--mode', 'update', ...seal, ...connection()];
  };
  const staged = () => readdir(join(home, 'state', 'sealed')).catch(() => []);

  /** Runs a command until `isDue` says so, and kills it. */
  async function killWhen(args: string[], what: string, nth: number): Promise<void> {
    const command = start(args, options());
    watch.begin(({ happened }) => {
      if ((happened.get(what) ?? 0) >= nth) command.process.kill('SIGKILL');
    });
    assert.equal((await command.outcome).code, null, 'it was killed before it ended');
  }

  async function assertAllThere(folderId: string): Promise<void> {
    const items = await Array.fromAsync(client.folders.items(folderId));
    assert.deepEqual(items.map(({ name }) => name).sort(), ['large.bin.age', 'letter.txt.age']);
    assert.deepEqual(await staged(), []);
    const before = box.counts();
    const { stdout } = await boxhaul(...upload(folderId), '--json');
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    assert.deepEqual([summary.skippedBy, summary.calls.uploads], [{ same: 2 }, 0]);
    const sent = Object.entries(box.counts()).filter(
      ([call, times]) => /^(POST|PUT) \/files/.test(call) && times !== before[call],
    );
    assert.deepEqual(sent, []);
  }

  test('while parts are sent: the next run goes on with the very same bytes', async () => {
    const { id } = await client.folders.create({ name: 'parts', parentId: '0' });
    await killWhen(upload(id), 'PUT /files/upload_sessions/:id ends', 4);
    assert.equal((await staged()).length, 1);
    const seen = watch.begin();
    await boxhaul(...upload(id));
    const parts = Math.ceil((LARGE_BYTES * 1.001) / (8 * 1024 * 1024));
    assert.ok(seen.partsSent.length <= parts - 4, `${seen.partsSent.length} of ${parts} were sent`);
    assert.equal(watch.sessions.size, 0);
    await assertAllThere(id);
  });

  test('behind the commit, before anything was told: the next run sends nothing', async () => {
    const { id } = await client.folders.create({ name: 'commit', parentId: '0' });
    await killWhen(upload(id), 'POST /files/upload_sessions/:id/commit ends', 1);
    const seen = watch.begin();
    await boxhaul(...upload(id));
    assert.deepEqual(seen.partsSent, []);
    await assertAllThere(id);
  });

  test('while it is sealed: the half file is removed', async () => {
    const { id } = await client.folders.create({ name: 'sealing', parentId: '0' });
    const folder = join(work, 'waiting');
    await mkdir(folder);
    const args = [...upload(id), '--seal-in', folder];
    const command = start(args, options());
    const watcher = watchFolder(folder, () => command.process.kill('SIGKILL'));
    assert.equal((await command.outcome).code, null);
    watcher.close();
    const [half = ''] = await readdir(folder);
    assert.equal((await stat(join(folder, half))).mode & 0o777, 0o600);
    await boxhaul(...args);
    assert.deepEqual(await readdir(folder), []);
    await assertAllThere(id);
  });

  test('while it is fetched, or opened: nothing under its name, and the next run goes on', async () => {
    const { id } = await client.folders.create({ name: 'down', parentId: '0' });
    await boxhaul(...upload(id));
    const into = join(work, 'down');
    const identity = ['--identity-file', join(work, 'key.txt'), '--zip', 'never'];
    const download = ['download', id, into, ...identity, ...connection()];
    const command = start(download, options());
    watch.begin(({ contentBytes }) => {
      if (contentBytes > LARGE_BYTES / 2) command.process.kill('SIGKILL');
    });
    assert.equal((await command.outcome).code, null);
    assert.ok(!(await readdir(into)).includes('large.bin'));
    const seen = watch.begin();
    await boxhaul(...download);
    assert.ok(seen.contentBytes < LARGE_BYTES, `${seen.contentBytes} bytes came again`);
    assert.deepEqual(await readdir(into), ['large.bin', 'letter.txt']);
    for (const name of await readdir(into)) {
      assert.ok((await readFile(join(into, name))).equals(await readFile(join(tree, name))), name);
    }
  });

  test('a stranger opens it with age and zstd', {
    skip: unlessInstalled('age', 'zstd'),
  }, async () => {
    const { id } = await client.folders.create({ name: 'stranger', parentId: '0' });
    await boxhaul(...upload(id), '--compress', 'zstd');
    const there = join(work, 'there');
    await boxhaul('download', id, there, ...connection());
    // The beginning of the large one does not get smaller.
    assert.deepEqual(await readdir(there), ['large.bin.age', 'letter.txt.zst.age']);
    const decrypt = 'age -d -i "$1" "$2"';
    for (const [sealed, plain, open] of [
      ['large.bin.age', 'large.bin', decrypt],
      ['letter.txt.zst.age', 'letter.txt', `${decrypt} | zstd -dc`],
    ] as const) {
      const files = [join(work, 'key.txt'), join(there, sealed), join(tree, plain)];
      execFileSync('bash', ['-o', 'pipefail', '-c', `${open} | cmp - "$3"`, 'open', ...files]);
    }
  });
});
