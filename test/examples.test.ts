import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

const examples = join(import.meta.dirname, '../examples');
let box: Emulator;
let folder: string;

before(async () => {
  box = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'boxhaul-examples-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(await box.appConfig()), {
    mode: 0o600,
  });
});
after(async () => {
  await box.close();
  await rm(folder, { recursive: true });
});

test('upload-folder sends a folder, and then only what changed', async () => {
  await mkdir(join(folder, 'weekly/deep'), { recursive: true });
  await writeFile(join(folder, 'weekly/one.txt'), 'one');
  await writeFile(join(folder, 'weekly/deep/two.txt'), 'two');
  assert.match(await example('upload-folder.ts', './weekly'), /2 sent, 0 unchanged, 0 failed/);
  await writeFile(join(folder, 'weekly/one.txt'), 'changed');
  assert.match(await example('upload-folder.ts', './weekly'), /1 sent, 1 unchanged, 0 failed/);
});

test('list-tree prints a tree', async () => {
  await box.seed({ '/Listed/a/b.txt': 'four', '/Listed/c.txt': '' });
  assert.equal(await example('list-tree.ts', '/Listed'), 'a/\n  b.txt  4 bytes\nc.txt  0 bytes\n');
});

test('nightly-zips fetches the ZIP files of a folder that the app may see, and nothing else', async () => {
  const serviceToken = box.issueToken({ userId: box.serviceAccountUserId });
  await writeFile(join(folder, 'night.zip'), 'PK');
  await writeFile(join(folder, 'notes.txt'), 'no');
  await example('upload-folder.ts', './night.zip', { BOX_DEVELOPER_TOKEN: serviceToken });
  await example('upload-folder.ts', './notes.txt', { BOX_DEVELOPER_TOKEN: serviceToken });
  const said = await example('nightly-zips.ts', 'config.json', '/', './incoming');
  assert.match(said, /transferred night\.zip/);
  assert.match(said, /1 fetched, 0 here already/);
  assert.deepEqual(await readdir(join(folder, 'incoming')), ['night.zip']);
  assert.equal(await readFile(join(folder, 'incoming/night.zip'), 'utf8'), 'PK');
});

test('nightly-zips says whom to invite to a folder that the app may not see', async () => {
  const { '/Private': item } = await box.seed({ '/Private/': '' });
  await assert.rejects(example('nightly-zips.ts', 'config.json', item?.id ?? '', './none'), {
    code: 1,
    stderr: /invited AutomationUser_/,
  });
});

test('share-for-a-week prints a link', async () => {
  await box.seed({ '/Shared/report.pdf': 'PDF' });
  const said = await example('share-for-a-week.ts', '/Shared/report.pdf');
  assert.match(said, /^report\.pdf: http\S+ until \d{4}-/);
});

test('jwt-as-user says who the app is and for whom it acts', async () => {
  const said = await example('jwt-as-user.ts', 'config.json', box.adminUserId);
  assert.match(said, /the app is .*AutomationUser_/);
  assert.match(said, /and acts for /);
});

test('the example of a test passes', async () => {
  const { stdout } = await runNode(['--test', join(examples, 'emulator-in-a-test.test.ts')], {});
  assert.match(stdout, /pass 2/);
});

type Settings = Record<string, string>;

/** Runs an example against the emulator and answers what it printed; settings may come last. */
async function example(name: string, ...args: (string | Settings)[]): Promise<string> {
  const words = args.filter((arg) => typeof arg === 'string');
  const settings = args.find((arg) => typeof arg !== 'string') ?? {};
  const { stdout } = await runNode([join(examples, name), ...words], settings);
  return stdout;
}

function runNode(args: readonly string[], settings: Settings): Promise<{ stdout: string }> {
  return promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      BOX_BASE_URL: box.url,
      BOX_DEVELOPER_TOKEN: box.token,
      ...settings,
    },
  });
}
