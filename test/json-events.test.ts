/** packages/cli/assets/events.schema.json against what the command writes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, suite, test } from 'node:test';
import { systemClock } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { noLog } from '../packages/cli/src/log.ts';
import { openOutput } from '../packages/cli/src/output/output.ts';
import { scheduleView } from '../packages/cli/src/schedule/schedule-view.ts';
import { timetableOf } from '../packages/cli/src/schedule/timetable.ts';
import { nowhere, runHere } from '../packages/cli/src/testing/in-process.ts';
import { schema, typesOfKnown } from './event-schema.ts';

const root = join(import.meta.dirname, '..');

suite('the events of --json', () => {
  const seen = new Set<string>();
  let box: Emulator;
  let folder: string;
  before(async () => {
    box = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), 'boxhaul-events-'));
  });
  after(async () => {
    await box.close();
    await rm(folder, { recursive: true });
  });

  /** Runs a command; each of its lines is what the schema says. */
  async function lines(
    args: readonly string[],
    env: Record<string, string> = {},
    until?: (written: string) => boolean,
  ) {
    const connection = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
    const options = {
      cwd: folder,
      env: { BOXHAUL_HOME: join(folder, 'home'), ...connection, ...env },
      ...(until && { until }),
    };
    const { stdout } = await runHere([...args, '--json', '--quiet'], options);
    assertKnown(stdout);
  }

  function assertKnown(stdout: string): void {
    for (const type of typesOfKnown(stdout)) seen.add(type);
  }

  test('are what their schema says, with no field that it does not name', async () => {
    await mkdir(join(folder, 'weekly', 'deep'), { recursive: true });
    await writeFile(join(folder, 'weekly', 'a.txt'), 'one');
    await writeFile(join(folder, 'weekly', 'deep', 'b.txt'), 'two');
    await lines(['upload', 'weekly', '--to', '/new', '--dry-run']);
    await lines(['upload', 'weekly', '--to', '/new', '--metrics-port', '0']);
    await lines(['upload', 'weekly', '--to', '/new']);
    await writeFile(join(folder, 'weekly', 'a.txt'), 'changed');
    await lines(['upload', 'weekly', '--to', '/new', '--mode', 'update', '--dry-run']);
    const fault = box.faults.add({
      match: { method: 'POST', path: '/files/content' },
      action: { status: 403, code: 'forbidden' },
      times: 'always',
    });
    await writeFile(join(folder, 'weekly', 'c.txt'), 'three');
    await lines(['upload', 'weekly', '--to', '/new']);
    fault.remove();
    await writeFile(join(folder, 'weekly', 'a:\\b'), 'four');
    await lines(['upload', 'weekly', '--to', '/new', '--mode', 'update']);
    await rename(join(folder, 'weekly', 'deep'), join(folder, 'weekly', 'deeper'));
    await lines(['upload', 'weekly', '--to', '/new', '--mode', 'update', '--delete-extra']);
    box.faults.add({
      match: { host: 'download' },
      action: { wrongBytes: true, of: 'response' },
      times: 1,
    });
    await lines(['download', '/new', 'in', '--zip', 'never']);
    await writeFile(join(folder, 'in', 'extra.txt'), 'extra');
    await lines(['download', '/new', 'in', '--delete-extra', '--max-delete', '100%']);
    await lines(['distribute', 'weekly', '--to', '/new', '0', '/none', '--dry-run']);
    await lines(['distribute', 'weekly', '--to', '/new', '0', '/none']);
    await lines(['verify', 'weekly', '/new']);
    await lines(['jobs']);
    await lines(['calls']);
    await lines(['ls', '/new']);
    await lines(['whoami']);
    await lines(['doctor', '/new']);
    await lines(['doctor', '/nothing']);
    await lines(['ls', '/nothing']);
    await lines(['ls', '--no-such-option']);
    const types = ['started', 'folder', 'file', 'retry', 'trashed', 'metrics', 'summary', 'item'];
    for (const type of [...types, 'job', 'calls', 'user', 'check', 'error']) {
      assert.ok(seen.has(type), `no event ${type} was written`);
    }
  });

  test('of what only looks are what their schema says', async () => {
    await mkdir(join(folder, 'looked'));
    await writeFile(join(folder, 'looked', 'a.txt'), 'seen');
    await lines(['upload', 'looked', '--to', '/']);
    await lines(['ls', '/looked', '-R']);
    await lines(['find', '/looked', '/nothing']);
    await lines(['tree', '/looked']);
    await lines(['du', '/looked']);
    await lines(['cat', '/looked/a.txt']);
    await lines(['head', '-n', '1', '/looked/*.txt']);
    await lines(['who', '/looked']);
    await lines(['search', 'looked', '--shared']);
    await lines(['thumb', '/looked/a.txt', '--list']);
    const text = ['--representation', 'extracted_text', '-o', 'a.thumb'];
    await lines(['thumb', '/looked/a.txt', ...text]);
    await lines(['events']);
    await lines(['groups', 'create', 'Lookers']);
    await lines(['groups', 'add', 'Lookers', box.adminUserId]);
    await lines(['groups', 'list']);
    await lines(['groups', 'members', 'Lookers']);
    await lines(['users', 'list']);
    await lines(['users', 'show', 'me']);
    await lines(['api', 'get', '/users/me']);
    await lines(['api', 'get', '/folders/0/items', '--paginate']);
    await lines(['api', 'delete', '/folders/0', '--dry-run']);
    const types = ['usage', 'read', 'contents', 'problem', 'collaborator', 'representation'];
    for (const type of [
      ...types,
      'thumb',
      'event',
      'answer',
      'entry',
      'request',
      'person',
      'group',
      'member',
    ]) {
      assert.ok(seen.has(type), `no event ${type} was written`);
    }
  });

  test('of rows are what their schema says', async () => {
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(folder, name), name);
    await lines(['upload', 'a.txt', 'b.txt', '--to', '/rows']);
    await lines(['mkdir', '/made', '/rows/other']);
    await lines(['move', '/rows/a.txt', '/made', '--dry-run']);
    await lines(['rm', '/nothing', '/made', '--yes']);
    await writeFile(join(folder, 'rows.csv'), 'path,to\n/rows/a.txt,/rows/other\n/nothing,/rows\n');
    await lines(['move', '--from-file', 'rows.csv']);
    await writeFile(join(folder, 'bad.csv'), 'path,to\n/rows/a.txt\n');
    await lines(['move', '--from-file', 'bad.csv']);
    await lines(['move', '--template']);
    await lines(['jobs']);
    await lines(['rm', '/rows/b.txt', '--yes']);
    await lines(['trash', 'list']);
    await lines(['trash', 'restore', 'b.txt']);
    await lines(['versions', 'list', '/rows/b.txt']);
    await lines([
      'meta',
      'set',
      '/rows/b.txt',
      '-t',
      'properties',
      '--scope',
      'global',
      '-s',
      'a=b',
    ]);
    await lines(['meta', 'get', '/rows/b.txt']);
    await lines(['meta', 'template', 'create', 'Deal', '-f', 'state=enum:won|lost']);
    await lines(['meta', 'template', 'list']);
    const looking = ['trash-item', 'version', 'metadata', 'metadata-template'];
    for (const type of ['row', 'bad-row', 'template', ...looking]) {
      assert.ok(seen.has(type), `no event ${type} was written`);
    }
  });

  test('of sealing are what their schema says', async () => {
    await lines(['keygen', 'key.txt']);
    await lines(['setup']);
    await writeFile(join(folder, 'letter.txt'), 'sealed');
    const recipients = ['--recipients-file', 'recipients.txt'];
    const key = readFileSync(join(folder, 'key.txt'), 'utf8');
    await writeFile(join(folder, 'recipients.txt'), /age1\w+/.exec(key)?.[0] ?? '');
    await lines(['upload', 'letter.txt', '--to', '/sealed', ...recipients]);
    await lines(['download', '/sealed', 'opened', '--identity-file', 'key.txt']);
    const names = ['--encrypt-names', ...recipients];
    await lines(['upload', 'letter.txt', '--to', '/named', ...names]);
    await lines(['rm', '/named/boxhaul-names.age', '--yes']);
    await lines(['download', '/named', 'named', '--identity-file', 'key.txt']);
    for (const type of ['key', 'setup', 'notice'])
      assert.ok(seen.has(type), `no event ${type} was written`);
  });

  test('of a call that waits are, too', async () => {
    const action = { status: 429, retryAfter: 55 };
    box.faults.add({ match: { path: '/folders/0/items' }, action });
    const home = { BOXHAUL_HOME: join(folder, 'waiting') };
    await lines(['ls', '/'], home, (written) => written.includes('"wait"'));
    assert.ok(seen.has('wait'));
  });

  test('of a command that runs again and again are, too', async () => {
    await writeFile(join(folder, 'again.txt'), 'one');
    const upload = ['upload', 'again.txt', '--to', '/', '--every', '1h'];
    const ping = { BOXHAUL_PING_URL: `${box.url}/nothing` };
    await lines(upload, ping, (written) => written.includes('"waiting"'));
    const shown = ['schedule', 'add', '--every', '1h', '--crontab', '--print', '--json'];
    assertKnown((await runHere([...shown, ...upload.slice(0, -2)])).stdout);
    let stdout = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        stdout += chunk;
        done();
      },
    });
    const options = { json: true, cron: '0 2 * * *', tz: 'UTC' };
    const output = openOutput(options, { ...nowhere, stdout: stream });
    const timetable = timetableOf(options, 0);
    assert.ok(timetable);
    const view = scheduleView({ output, log: noLog, options }, timetable, systemClock);
    view({ type: 'skipped', count: 2, firstDueMs: 7_200_000 });
    assertKnown(stdout);
    for (const type of ['scheduled', 'waiting', 'run', 'run-skipped', 'ping-failed', 'schedule']) {
      assert.ok(seen.has(type), `no event ${type} was written`);
    }
  });

  test('have a row each in docs/json.md', () => {
    const text = readFileSync(join(root, 'docs/json.md'), 'utf8');
    const types = Object.values(schema.$defs ?? {})
      .flatMap((definition) => [definition, ...(definition.anyOf ?? [])])
      .flatMap(({ properties }) => properties?.type?.const ?? []);
    for (const type of new Set(types)) assert.ok(text.includes(`| \`${type}\` |`), String(type));
  });
});
