/**
 * SIGKILL at random moments of uploads and downloads of a tree with large files: one more run ends the job, sends no
 * part again that Box had confirmed, and leaves nothing behind. A moment is so many bytes of contents, or the
 * beginning or end of a call of some kind and up to 30 ms behind it, so that commits, renames, new sessions and the
 * writing of the journal are met as often as the many small files.
 *
 * `BOXHAUL_KILLS` sets how many moments (from 100 on with the whole tree: 2,000 files and two of 300 MB),
 * `BOXHAUL_SEED` which.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken, isBoxError } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run, start } from './command.ts';
import { differences } from './diff.ts';
import { mulberry32 } from './random.ts';
import { makeManyFiles } from './tree.ts';
import { isAboutLarge, type Seen, Watch } from './watched-box.ts';

const kills = Number(process.env.BOXHAUL_KILLS ?? 12);
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const isWhole = kills >= 100;

/** Of many small files, and of large ones with a few beside them. */
const SIZES = {
  many: { files: isWhole ? 2000 : 300, largeBytes: 0 },
  large: { files: 10, largeBytes: isWhole ? 300_000_000 : 80_000_000 },
};

type TreeKind = keyof typeof SIZES;

interface Tree {
  path: string;
  sha1s: Map<string, string>;
  bytes: number;
}

/** When a process is killed. */
type Moment = { bytes: number } | { what: string; nth: number; delayMs: number };

interface Killed {
  /** Undefined if it ended before the moment came. */
  before: Seen | undefined;
  after: Seen;
}

suite(`killed at ${kills} random moments (BOXHAUL_SEED=${seed})`, () => {
  const random = mulberry32(seed);
  const below = (end: number) => Math.floor(random() * end);
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let watch: Watch;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-kill-'));
    // Each connection is slow enough for large files to have several.
    box = await startEmulator({ bandwidthBytesPerSecond: 90_000_000 });
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    watch = new Watch();
  });

  after(async () => {
    watch.close();
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  for (const kind of ['many', 'large'] as const) {
    test(`uploads of ${kind} files`, async (t) => {
      const tree = await treeOf(kind);
      const usual = new Map<string, Seen>();
      for (let round = 1, done = 0; done < kills / 4; round++) {
        assert.ok(round < 2 * kills, 'most moments come');
        const mode = ['upload', 'update', 'overwrite'][round % 3] as string;
        const folder = await client.folders.create({ name: `${kind} ${round}`, parentId: '0' });
        if (mode !== 'upload') await box.seed(olderTree(tree, folder.name));
        const args = ['upload', `${tree.path}/`, '--to', folder.id, '--mode', mode];
        const known = usual.get(mode);
        const moment = known && momentIn(known, kind);
        const { before, after } = await killAndRunAgain(args, moment);
        assert.deepEqual(await inBox(folder.id), tree.sha1s, words(mode, moment));
        if (!known) usual.set(mode, after);
        else if (before) {
          done += 1;
          assertNothingTwice(before, after, SIZES[kind].files, words(mode, moment));
          const parts = `${before.partsStored.length} parts confirmed, ${after.partsSent.length} sent`;
          t.diagnostic(`${done}: ${words(mode, moment)}; ${parts}`);
        }
        await client.folders.delete(folder.id, { recursive: true });
      }
    });

    test(`downloads of ${kind} files`, async (t) => {
      const tree = await treeOf(kind);
      const source = await client.folders.create({ name: `source of ${kind}`, parentId: '0' });
      const up = await run(['upload', `${tree.path}/`, '--to', source.id, ...connection()]);
      assert.equal(up.code, 0, up.stderr);
      const usual = new Map<string, Seen>();
      for (let round = 1, done = 0; done < kills / 4; round++) {
        assert.ok(round < 2 * kills, 'most moments come');
        // Only small files come as an archive.
        const zip = kind === 'many' && round % 2 === 0 ? 'always' : 'never';
        const job = `download, zip ${zip}`;
        const down = join(work, `down-${kind}-${round}`);
        await mkdir(down);
        const known = usual.get(zip);
        const moment = known && momentIn(known, kind);
        const { before, after } = await killAndRunAgain(
          ['download', source.id, down, '--zip', zip],
          moment,
          () => onlyWholeFiles(tree.path, down),
        );
        assert.equal(await differences(tree.path, down), '', words(job, moment));
        if (!known) usual.set(zip, after);
        else if (before) {
          done += 1;
          const again = Math.max(0, before.contentBytes + after.contentBytes - tree.bytes);
          t.diagnostic(`${done}: ${words(job, moment)}; ${Math.round(again / 1e6)} MB came twice`);
        }
        await rm(down, { recursive: true });
      }
    });
  }

  async function treeOf(kind: TreeKind): Promise<Tree> {
    const path = join(work, kind);
    const { files, largeBytes } = SIZES[kind];
    if (!existsSync(path)) await makeManyFiles(path, files, largeBytes);
    return { path, ...(await contentsOf(path)) };
  }

  function connection(): string[] {
    return ['--base-url', box.url, '--token', box.token];
  }

  /** A moment among all that is usual: of the calls about small files or of those about large ones. */
  function momentIn({ happened, contentBytes }: Seen, kind: TreeKind): Moment {
    const ofLarge = kind === 'large';
    if (random() < (ofLarge ? 0.4 : 0.2)) return { bytes: below(contentBytes) };
    const kinds = [...happened].filter(([what]) => isAboutLarge(what) === ofLarge);
    // Rare kinds of calls as often as frequent ones, or each call as often as any other.
    const each = kinds.flatMap((kind) => Array.from({ length: kind[1] }, () => kind));
    const among = random() < 0.5 ? kinds : each;
    const [what, count] = among[below(among.length)] ?? ['', 0];
    return { what, nth: 1 + below(count), delayMs: random() < 0.5 ? 0 : below(30) };
  }

  /** In a home of its own; nothing may be left there, in Box or beside the files. */
  async function killAndRunAgain(
    args: string[],
    moment: Moment | undefined,
    between: () => Promise<void> = async () => {},
  ): Promise<Killed> {
    const home = await mkdtemp(join(work, 'home-'));
    const env = { BOXHAUL_HOME: home };
    const all = [...args, ...connection()];
    watch.sessions.clear();
    const before = moment && (await killAt(moment, all, env, watch));
    if (moment) await between();
    const after = watch.begin();
    const outcome = await run(all, { env });
    watch.begin();
    const said = `${words(args.join(' '), moment)}\n${outcome.stdout}${outcome.stderr}`;
    assert.equal(outcome.code, 0, said);
    assert.deepEqual(await sessionsLeft(client, watch.sessions), [], said);
    assert.deepEqual(remembered(home), { upload_sessions: 0, open_downloads: 0 }, said);
    await rm(home, { recursive: true });
    return { before, after };
  }

  async function inBox(folderId: string, path = ''): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for await (const item of client.folders.items(folderId, { fields: ['name', 'sha1'] })) {
      const below = path + item.name;
      if (item.type === 'file') found.set(below, item.sha1 ?? '');
      else for (const entry of await inBox(item.id, `${below}/`)) found.set(...entry);
    }
    return new Map([...found].sort(byName));
  }

  /** The same names with other contents, for `update` and `overwrite` to replace. */
  function olderTree({ sha1s }: Tree, folder: string): Record<string, string> {
    return Object.fromEntries([...sha1s.keys()].map((path) => [`/${folder}/${path}`, 'older']));
  }
});

/** Kills the command when the moment comes. @returns what was seen by then, if it came */
async function killAt(
  moment: Moment,
  args: string[],
  env: Record<string, string>,
  watch: Watch,
): Promise<Seen | undefined> {
  const command = start(args, { env });
  let killedAfter: Seen | undefined;
  const kill = (seen: Seen) => {
    if (killedAfter || command.process.exitCode !== null) return;
    killedAfter = structuredClone(seen);
    command.process.kill('SIGKILL');
  };
  let timer: NodeJS.Timeout | undefined;
  watch.begin((seen) => {
    if (!hasCome(moment, seen) || timer || killedAfter) return;
    if ('bytes' in moment || moment.delayMs === 0) kill(seen);
    else timer = setTimeout(() => kill(seen), moment.delayMs);
  });
  await once(command.process, 'exit');
  clearTimeout(timer);
  const { code } = await command.outcome;
  return code === null ? killedAfter : undefined;
}

function hasCome(moment: Moment, seen: Seen): boolean {
  if ('bytes' in moment) return seen.contentBytes >= moment.bytes;
  return (seen.happened.get(moment.what) ?? 0) >= moment.nth;
}

function words(job: string, moment: Moment | undefined): string {
  if (!moment) return `${job}, not killed`;
  if ('bytes' in moment) return `${job}, killed at ${Math.round(moment.bytes / 1e6)} MB`;
  const { what, nth, delayMs } = moment;
  return `${job}, killed ${delayMs} ms behind ${what} (${nth})`;
}

/** Parts by their place in a file, which tells the large files apart by their size as well. */
function assertNothingTwice(before: Seen, after: Seen, files: number, message: string): void {
  const stored = new Set(before.partsStored);
  assert.deepEqual(
    after.partsSent.filter((part) => stored.has(part)),
    [],
    `parts that Box had confirmed, ${message}`,
  );
  const most = files - before.filesStored;
  assert.ok(after.filesSent <= most, `${after.filesSent} of ${most} files sent, ${message}`);
}

/** Those of `ids` that Box has still. One that was opened right before the kill nobody can know: it is empty. */
async function sessionsLeft(client: BoxClient, ids: ReadonlySet<string>): Promise<string[]> {
  const left: string[] = [];
  for (const id of ids) {
    try {
      const session = await client.uploadSessions.get(id);
      const parts = await Array.fromAsync(client.uploadSessions.parts(session));
      if (parts.length > 0) left.push(`${id}: ${parts.length} parts`);
    } catch (error) {
      if (!isBoxError(error)) throw error;
    }
  }
  return left;
}

/** What the journal holds of files that are not done. */
function remembered(home: string): Record<string, number> {
  const state = new DatabaseSync(join(home, 'state', 'state.sqlite'), { readOnly: true });
  const tables = ['upload_sessions', 'open_downloads'];
  const counts = tables.map((table) => {
    const [row] = state.prepare(`SELECT count(*) AS count FROM ${table}`).all();
    return [table, Number(row?.count)] as const;
  });
  state.close();
  return Object.fromEntries(counts);
}

/** What a killed download leaves: every name that the tree has too holds what it holds there. */
async function onlyWholeFiles(tree: string, down: string): Promise<void> {
  const said = await differences(tree, down);
  const wrong = said.split('\n').filter((line) => line !== '' && !line.startsWith('Only in'));
  assert.deepEqual(wrong, [], 'a half file under its real name');
  const strangers = (await readdir(down, { recursive: true })).filter(
    (path) => !existsSync(join(tree, path)),
  );
  for (const path of strangers) assert.match(path, /boxhaul/, 'a temporary name says whose it is');
}

async function contentsOf(tree: string): Promise<Omit<Tree, 'path'>> {
  const sha1s: [string, string][] = [];
  let bytes = 0;
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('sha1');
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    sha1s.push([path.slice(tree.length + 1), hash.digest('hex')]);
  }
  return { sha1s: new Map(sha1s.sort(byName)), bytes };
}

function byName([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : 1;
}
