/**
 * `boxhaul verify` of each kind of source that is not a folder here: it finds what differs, `--fix` sends that and
 * nothing else, and then all is there, by listings alone.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { startFileServer } from '../../packages/migrate/src/testing/file-server.ts';
import { startS3 } from '../../packages/migrate/src/testing/s3-server.ts';
import { startSshd, withoutSshd } from '../../packages/migrate/src/testing/sshd.ts';
import { startWebDav } from '../../packages/migrate/src/testing/webdav-server.ts';
import { run } from './command.ts';
import { toldOfBucket, toldOfSshd, toldOfWebDav } from './migrate/server-words.ts';

const withoutSsh = withoutSshd();

/** What ought to be there. */
const TREE: Readonly<Record<string, string>> = {
  'a.txt': 'one',
  'deep/b.txt': 'two',
  'deep/er/ü 100% #1.txt': 'three',
  'deep/nothing': '',
  'same.txt': 'the same',
};

/** What is there: of as many bytes but for what is empty. */
const IN_BOX: Readonly<Record<string, string>> = {
  'deep/b.txt': 'TWO',
  'deep/er/ü 100% #1.txt': 'three',
  'deep/extra.txt': 'extra',
  'deep/nothing': 'something',
  'same.txt': 'the same',
};

const DIFFERENCES = {
  'a.txt': 'missing',
  'deep/b.txt': 'different',
  'deep/extra.txt': 'extra',
  'deep/nothing': 'different',
};

suite('verifying what lies elsewhere', () => {
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let targets = 0;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-verify-'));
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
  });

  after(async () => {
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  test('on an SSH server', { skip: withoutSsh ?? false }, async () => {
    await using server = await startSshd();
    await writeTree(server.folder);
    await isVerified(...(await toldOfSshd(server, work)));
  });

  test('in a bucket', async () => {
    await using server = await startS3();
    for (const [path, text] of Object.entries(TREE)) {
      await server.put(`exports/${path}`, Buffer.from(text));
    }
    await isVerified(...toldOfBucket(server));
  });

  test('on a WebDAV server', async () => {
    await using server = await startWebDav();
    await writeTree(server.folder);
    await isVerified(...toldOfWebDav(server));
  });

  test('in another Box', async () => {
    const other = await startEmulator();
    await other.seed(below('/Teams/A', TREE));
    const source = ['box:///Teams/A/', '--from-base-url', other.url];
    await isVerified(source, { BOXHAUL_FROM_TOKEN: other.token }).finally(() => other.close());
  });

  test('in a list of paths and addresses', async () => {
    const folder = join(work, 'listed');
    await writeTree(folder);
    await using server = await startFileServer(folder);
    const rows = Object.keys(TREE).map((path, at) => {
      const url = `http://127.0.0.1:${server.port}/${path.split('/').map(encodeURIComponent).join('/')}`;
      return JSON.stringify({ source: at % 2 === 0 ? path : url, target: path });
    });
    await writeFile(join(folder, 'list.jsonl'), rows.join('\n'));
    await isVerified([join(folder, 'list.jsonl')], {});
  });

  async function isVerified(
    [source = '', ...options]: readonly string[],
    secrets: Readonly<Record<string, string>>,
  ): Promise<void> {
    targets += 1;
    const target = `/Target ${targets}`;
    const ids = await box.seed(below(target, IN_BOX));
    const env = { ...secrets, BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
    const verify = (...more: readonly string[]) =>
      run(['verify', source, target, ...options, ...more], { env, cwd: work });

    const before = await verify('--json', '-q');
    assert.equal(before.code, 1, before.stderr);
    assert.deepEqual(differences(before.stdout), DIFFERENCES);

    const fix = await verify('--fix');
    assert.equal(fix.code, 1, fix.stderr);
    assert.match(fix.stdout, /transferred +3 +1 new, 2 new versions\n/);
    assert.match(fix.stdout, /1 difference left/);

    await client.files.delete(ids[`${target}/deep/extra.txt`]?.id ?? assert.fail());
    box.resetCounts();
    const later = await verify();
    assert.equal(later.code, 0, later.stdout + later.stderr);
    assert.match(later.stdout, /the same +5\n/);
    assert.deepEqual(Object.keys(box.counts()), ['GET /folders/:id/items']);
  }
});

function below(folder: string, tree: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}

async function writeTree(root: string): Promise<void> {
  for (const [path, text] of Object.entries(TREE)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** What is told of each file that is not the same. */
function differences(events: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of events.trim().split('\n')) {
    const { state, path, reason } = JSON.parse(line);
    if (state === 'failed') found[path] = reason;
  }
  return found;
}
