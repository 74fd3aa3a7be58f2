/**
 * Bad weather and the command: what passes must leave the job done; what stays must end it with an error that says why
 * and an exit code; neither may leave a wrong file under a real name. Transfers meet more of it in matrix/.
 */
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, type FaultRule, startEmulator } from '@boxhaul/emulator';
import { upload } from '@boxhaul/transfer';
import { type CommandOutcome, run } from './command.ts';
import { differences } from './diff.ts';

type Fault = FaultRule['action'];
type Match = NonNullable<FaultRule['match']>;

const SECONDS_OF_PATIENCE = ['--timeout', '1s', '--retries', '2'];

const FAULTS: Readonly<Record<string, Fault>> = {
  '429 with Retry-After in seconds': { status: 429, retryAfter: 1, code: 'rate_limit_exceeded' },
  '429 with Retry-After as a date': { status: 429, retryAfter: 1, retryAfterDate: true },
  '500': { status: 500, code: 'internal_server_error' },
  '503 with Retry-After': { status: 503, retryAfter: 1, code: 'unavailable' },
  'connection cut before the body': { cut: 'before' },
  'connection cut in the body': { cut: 'in' },
  'connection cut after the body': { cut: 'after' },
  'wrong bytes': { wrongBytes: true },
  'stall before the answer': { stall: 'before' },
  'stall in the answer': { stall: 'in' },
  'expired token': { expireToken: true },
};

/** What is done, and which of its calls the weather befalls. */
const JOBS: Readonly<Record<string, { match: Match; arguments: (work: Work) => string[] }>> = {
  list: {
    match: { method: 'GET', path: '/folders/:id/items' },
    arguments: () => ['ls', '/there'],
  },
  upload: {
    match: { method: 'POST', path: '/files/content' },
    arguments: (work) => ['upload', `${work.tree}/`, '--to', '/up', '--mode', 'update'],
  },
  'chunked upload': {
    match: { method: 'PUT', path: '/files/upload_sessions/:id' },
    arguments: (work) => ['upload', work.large, '--to', '/up', '--mode', 'update'],
  },
  commit: {
    match: { method: 'POST', path: '/files/upload_sessions/:id/commit' },
    arguments: (work) => ['upload', work.large, '--to', '/up', '--mode', 'update'],
  },
  download: {
    match: { method: 'GET', host: 'download' },
    arguments: (work) => ['download', '/there', work.down],
  },
  'token renewal': {
    match: { method: 'POST', host: 'oauth' },
    arguments: (work) => ['upload', `${work.tree}/`, '--to', '/up', '--mode', 'update'],
  },
};

const isTransfer = (job: string) => job !== 'list' && job !== 'token renewal';

interface Work {
  root: string;
  tree: string;
  large: string;
  down: string;
  config: string;
}

suite('weather', () => {
  let work: Work;
  let box: Emulator;

  before(async () => {
    const root = await mkdtemp(join(tmpdir(), 'boxhaul-weather-'));
    const at = (name: string) => join(root, name);
    work = {
      root,
      tree: at('tree'),
      large: at('large.bin'),
      down: at('down'),
      config: at('box.json'),
    };
    await mkdir(join(work.tree, 'sub'), { recursive: true });
    await writeFile(join(work.tree, 'a.txt'), 'a'.repeat(100_000));
    await writeFile(join(work.tree, 'sub', 'b.bin'), Buffer.alloc(300_000, 'b'));
    await writeFile(join(work.tree, 'sub', 'empty'), '');
    await writeFile(work.large, Buffer.alloc(60_000_000, 'large '));
    box = await startEmulator();
    await writeFile(work.config, JSON.stringify(await box.appConfig()));
    await chmod(work.config, 0o600);
  });

  beforeEach(async () => {
    box.reset();
    await rm(work.down, { recursive: true, force: true });
    // The app's service account is a user with a root folder of its own.
    const token = box.issueToken({ userId: box.serviceAccountUserId });
    const client = new BoxClient({ auth: developerToken(token), baseUrl: box.url });
    await client.folders.create({ name: 'up', parentId: '0' });
    const there = await client.folders.create({ name: 'there', parentId: '0' });
    const sources = [`${work.tree}/`];
    const filled = await upload({ client, sources, folderId: there.id, mode: 'upload' });
    assert.equal(filled.transferred, 3);
    await client.close();
  });

  after(async () => {
    await box.close();
    await rm(work.root, { recursive: true, force: true });
  });

  function command(args: string[], ...more: string[]): Promise<CommandOutcome> {
    const credentials = ['--config', work.config, '--base-url', box.url];
    return run([...args, ...credentials, ...SECONDS_OF_PATIENCE, ...more]);
  }

  /** Does what the job claims to have done: nothing wrong stands anywhere, and nothing is missing. */
  async function assertDone(job: string): Promise<void> {
    if (job === 'list') return;
    if (job === 'download') {
      assert.equal(await differences(work.tree, work.down), '');
      return;
    }
    const back = await command(['download', '/up', work.down]);
    assert.equal(back.code, 0, back.stderr);
    if (job === 'upload' || job === 'token renewal') {
      assert.equal(await differences(work.tree, work.down), '');
    } else {
      const [sent, fetched] = await Promise.all([
        readFile(work.large),
        readFile(join(work.down, 'large.bin')),
      ]);
      assert.ok(sent.equals(fetched), 'the large file came back different');
    }
  }

  /** A failed job may leave files out, but what stands under a real name is right. */
  async function assertNothingWrong(): Promise<void> {
    const exists = await stat(work.down).catch(() => undefined);
    const said = exists ? await differences(work.tree, work.down) : '';
    const wrong = said.split('\n').filter((line) => line !== '' && !line.startsWith('Only in'));
    assert.deepEqual(wrong, []);
    assert.doesNotMatch(said, /Only in \S*down/, 'something is left that nobody asked for');
  }

  for (const [job, { match, arguments: argumentsFor }] of Object.entries(JOBS)) {
    for (const [name, action] of Object.entries(isTransfer(job) ? {} : FAULTS)) {
      test(`${job}: ${name}, once`, async () => {
        const fault = box.faults.add({ match, action });
        const outcome = await command(argumentsFor(work), '--json');
        assert.equal(fault.hits, 1, 'the fault was met');
        assert.equal(outcome.code, 0, outcome.stderr + outcome.stdout);
        await assertDone(job);
      });
    }

    for (const name of ['500', 'connection cut in the body', 'wrong bytes', 'expired token']) {
      const action = FAULTS[name] as Fault;
      test(`${job}: ${name}, for ever`, async () => {
        box.faults.add({ match, action, times: 'always' });
        const outcome = await command(argumentsFor(work));
        if (outcome.code === 0) return await assertDone(job); // what Box did unseen was found out
        assert.ok([1, 3].includes(Number(outcome.code)), `exit ${outcome.code}: ${outcome.stderr}`);
        assert.match(outcome.stderr + outcome.stdout, /boxhaul:|failed/);
        assert.doesNotMatch(outcome.stderr, /unexpected:|\n\s+at /, 'no stack, no surprise');
        box.faults.clear();
        if (job === 'download') await assertNothingWrong();
        else if (job !== 'list') await assertRerunCompletes(job, argumentsFor(work));
      });
    }
  }

  async function assertRerunCompletes(job: string, args: string[]): Promise<void> {
    const again = await command(args);
    assert.equal(again.code, 0, again.stderr);
    await assertDone(job);
  }

  test('commit: 202 five times is waited out', async () => {
    const fault = box.faults.add({ action: { commit202: 0 }, times: 5 });
    const outcome = await command(JOBS.commit?.arguments(work) ?? []);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(fault.hits, 5);
    await assertDone('commit');
  });
});
