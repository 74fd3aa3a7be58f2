/**
 * A migration from each kind of source, killed (SIGKILL) ten times on its way and then run to its end: Box holds what
 * the source holds, with its times; nothing is left of it in Box, in the state or among temporary files.
 *
 * `BOXHAUL_SEED` sets at which bytes it is killed.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken, isBoxError } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { startFileServer } from '../../../packages/migrate/src/testing/file-server.ts';
import { startS3 } from '../../../packages/migrate/src/testing/s3-server.ts';
import { startSshd, withoutSshd } from '../../../packages/migrate/src/testing/sshd.ts';
import { startWebDav } from '../../../packages/migrate/src/testing/webdav-server.ts';
import { run, start } from '../command.ts';
import { Watch } from '../watched-box.ts';
import { toldOfBucket, toldOfSshd, toldOfWebDav } from './server-words.ts';

const KILLS = 10;
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const withoutSsh = withoutSshd();

/** What is to come: by path, with its bytes and the second of its last change. */
type Tree = ReadonlyMap<string, { readonly bytes: Buffer; readonly modifiedMs: number }>;

/** Small files in folders, some that are kept while they are sent, and one that goes in parts. */
const TREE: Tree = new Map(
  [
    ...Array.from(
      { length: 40 },
      (_, at) => [`small/${at % 5}/file ${at} 100%.txt`, 500 + at] as const,
    ),
    ...Array.from({ length: 3 }, (_, at) => [`middle/ü ${at}.bin`, 2_000_000 + at] as const),
    ['large.bin', 52_000_000] as const,
    ['nothing', 0] as const,
  ].map(([path, sizeBytes], at) => {
    const modifiedMs = Date.UTC(2001, 1, 3, 4, 5, at);
    return [path, { bytes: noise(path, sizeBytes), modifiedMs }];
  }),
);

const sentBytes = [...TREE.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);

suite(`migrations, killed ${KILLS} times each (BOXHAUL_SEED=${seed})`, () => {
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let watch: Watch;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-migrate-'));
    box = await startEmulator({ bandwidthBytesPerSecond: 60_000_000 });
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    watch = new Watch();
  });

  after(async () => {
    watch.close();
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  test('from a folder', async () => {
    const folder = join(work, 'folder');
    await writeTree(folder);
    await arrives([`${folder}/`], {});
  });

  test('from an SSH server', { skip: withoutSsh ?? false }, async () => {
    await using server = await startSshd();
    await writeTree(server.folder);
    await arrives(...(await toldOfSshd(server, work)));
  });

  test('from a bucket', async () => {
    await using server = await startS3();
    for (const [path, { bytes, modifiedMs }] of TREE) {
      await server.put(`exports/${path}`, bytes, modifiedMs);
    }
    await arrives(...toldOfBucket(server));
  });

  test('from a WebDAV server', async () => {
    await using server = await startWebDav();
    await writeTree(server.folder);
    await arrives(...toldOfWebDav(server));
  });

  test('from a list of paths and addresses', async () => {
    const folder = join(work, 'listed');
    await writeTree(folder);
    await using server = await startFileServer(folder);
    const rows = [...TREE.keys()].map((path, at) => {
      const url = path.split('/').map(encodeURIComponent).join('/');
      const isHere = at % 2 === 0;
      return `"${isHere ? path : `http://127.0.0.1:${server.port}/${url}`}","${path}"`;
    });
    await writeFile(join(folder, 'list.csv'), `source,target\n${rows.join('\n')}\n`);
    await arrives([join(folder, 'list.csv')], {});
  });

  /** Kills it again and again on its way to a folder of its own, and lets it end at last. */
  async function arrives(words: readonly string[], env: Record<string, string>): Promise<void> {
    const random = numbersFrom(seed);
    const name = `of ${words[0]?.replaceAll('/', ' ')}`;
    const folder = await client.folders.create({ name: name.slice(0, 100).trim(), parentId: '0' });
    const home = await mkdtemp(join(work, 'home-'));
    const temporary = join(home, 'tmp');
    await mkdir(temporary);
    const args = [
      'migrate',
      ...words,
      '--to',
      folder.id,
      '--base-url',
      box.url,
      '--token',
      box.token,
    ];
    const all = { ...env, BOXHAUL_HOME: home, TMPDIR: temporary };
    watch.sessions.clear();
    for (let kill = 1; kill <= KILLS; kill++) {
      // Ten times at most nine tenths of it arrive.
      const afterBytes = Math.floor(random() * sentBytes * (0.9 / KILLS));
      await killedAfter(afterBytes, args, all, `kill ${kill}, ${afterBytes} bytes, ${words[0]}`);
    }
    watch.begin();
    const { code, stdout, stderr } = await run(args, { env: all, cwd: home });
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(await inBox(folder.id), expected());
    assert.deepEqual(await sessionsLeft(), [], 'sessions that nobody goes on with');
    assert.equal(rowsLeft(home), 0, 'sessions that the state remembers');
    assert.deepEqual(await readdir(temporary), [], 'temporary files');
  }

  async function killedAfter(
    bytes: number,
    args: readonly string[],
    env: Record<string, string>,
    words: string,
  ): Promise<void> {
    const command = start(args, { env, cwd: env.BOXHAUL_HOME ?? work });
    let isKilled = false;
    watch.begin(({ contentBytes }) => {
      if (isKilled || contentBytes < bytes || contentBytes === 0) return;
      isKilled = true;
      command.process.kill('SIGKILL');
    });
    await once(command.process, 'exit');
    const { code, stdout, stderr } = await command.outcome;
    assert.equal(code, null, `${words}: it ended before it was killed\n${stdout}${stderr}`);
  }

  async function inBox(folderId: string, above = ''): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    const fields = ['name', 'sha1', 'content_modified_at'];
    for await (const item of client.folders.items(folderId, { fields })) {
      const path = above + item.name;
      if (item.type === 'folder') Object.assign(found, await inBox(item.id, `${path}/`));
      else if (item.type === 'file') found[path] = told(item.sha1, item.content_modified_at);
    }
    return found;
  }

  /** One that was opened right before a kill nobody can know: it is empty. */
  async function sessionsLeft(): Promise<string[]> {
    const left: string[] = [];
    for (const id of watch.sessions) {
      try {
        const session = await client.uploadSessions.get(id);
        const parts = await Array.fromAsync(client.uploadSessions.parts(session));
        if (parts.length > 0) left.push(id);
      } catch (error) {
        if (!isBoxError(error)) throw error;
      }
    }
    return left;
  }
});

function expected(): Record<string, string> {
  return Object.fromEntries(
    [...TREE].map(([path, { bytes, modifiedMs }]) => {
      const sha1 = createHash('sha1').update(bytes).digest('hex');
      return [path, told(sha1, new Date(modifiedMs).toISOString())];
    }),
  );
}

function told(sha1: string | undefined, modifiedAt: string | null | undefined): string {
  return `${sha1} ${Date.parse(modifiedAt ?? '')}`;
}

async function writeTree(root: string): Promise<void> {
  for (const [path, { bytes, modifiedMs }] of TREE) {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, bytes);
    await utimes(full, modifiedMs / 1000, modifiedMs / 1000);
  }
}

function rowsLeft(home: string): number {
  const state = new DatabaseSync(join(home, 'state', 'state.sqlite'), { readOnly: true });
  const [row] = state.prepare('SELECT count(*) AS count FROM upload_sessions').all();
  state.close();
  return Number(row?.count);
}

/** Bytes that are the same in every run and differ between files, and between the blocks of one. */
function noise(name: string, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes, createHash('sha512').update(name).digest());
  for (let at = 0; at + 4 <= sizeBytes; at += 4096) bytes.writeUInt32BE(at / 4096, at);
  return bytes;
}

/** From 0 to below 1; the same in every run with the same seed. */
function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) / 0x800000;
  };
}
