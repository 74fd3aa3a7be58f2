/**
 * SIGKILL at random moments of a distribution: one more run ends it, and what Box had of a file anywhere is copied from
 * there and not sent again. `BOXHAUL_KILLS` sets how many moments, `BOXHAUL_SEED` which.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run, start } from './command.ts';
import { makeManyFiles } from './tree.ts';
import { Watch } from './watched-box.ts';

const kills = Number(process.env.BOXHAUL_KILLS ?? 5);
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));

const FILES = 60;
const TARGETS = 5;
const COPY = 'POST /files/:id/copy ends';

suite(`distributions killed at ${kills} random moments (BOXHAUL_SEED=${seed})`, () => {
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let watch: Watch;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-distribute-'));
    await makeManyFiles(work, FILES, 0);
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    watch = new Watch();
  });

  after(async () => {
    watch.close();
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  async function sha1sIn(folderId: string, path = ''): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for await (const item of client.folders.items(folderId, { fields: ['sha1', 'name'] })) {
      const at = `${path}/${item.name}`;
      if (item.type === 'file') found.set(at, item.sha1);
      else if (item.type === 'folder') {
        for (const [below, sha1] of await sha1sIn(item.id, at)) found.set(below, sha1);
      }
    }
    return found;
  }

  for (let number = 0; number < kills; number++) {
    const nth = 1 + (((seed >>> 0) + number * 7919) % (FILES * (TARGETS - 1) - 1));
    test(`after copy ${nth}`, async () => {
      const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
      const ids: string[] = [];
      for (let n = 0; n < TARGETS; n++) {
        const name = `target ${number} ${n}`;
        ids.push((await client.folders.create({ name, parentId: '0' })).id);
      }
      const command = ['distribute', `${work}/`, '--to', ...ids];
      const killed = start(command, { env });
      const before = watch.begin((seen) => {
        if ((seen.happened.get(COPY) ?? 0) >= nth) killed.process.kill('SIGKILL');
      });
      assert.equal((await killed.outcome).code, null);
      const sentBefore = before.filesStored;
      const seen = watch.begin();
      const { code, stdout, stderr } = await run(command, { env });
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /failed +0/);
      const all = sentBefore + seen.filesStored;
      assert.ok(all <= FILES + 1, `${all} files were sent, and there are ${FILES}`);
      const first = await sha1sIn(ids[0] ?? '');
      assert.equal(first.size, FILES);
      for (const id of ids) assert.deepEqual(await sha1sIn(id), first);
    });
  }
});
