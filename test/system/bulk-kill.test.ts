/**
 * SIGKILL at random moments of rows that change things in Box, of each verb that is not the same when it is done twice,
 * or whose item is not where it was: one more run ends the job with no row failed and each done once.
 *
 * `BOXHAUL_KILLS` sets how often each verb is killed, `BOXHAUL_SEED` when.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BoxClient, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run, start } from './command.ts';
import { mulberry32 } from './random.ts';

const kills = Number(process.env.BOXHAUL_KILLS ?? 3);
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const ROWS = 120;

suite(`rows killed at random moments (BOXHAUL_SEED=${seed})`, () => {
  const random = mulberry32(seed);
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let env: Record<string, string>;
  let round = 0;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-bulk-kill-'));
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    env = {
      BOX_BASE_URL: box.url,
      BOX_DEVELOPER_TOKEN: box.token,
      BOXHAUL_HOME: join(work, 'home'),
    };
  });

  after(async () => {
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  /** Two folders, `from` with a file for each row. */
  const stage = async () => {
    round += 1;
    const [from, to] = [`from-${round}`, `to-${round}`];
    const folder = async (name: string) =>
      (await client.folders.create({ name, parentId: '0' })).id;
    const [fromId, toId] = [await folder(from), await folder(to)];
    await Promise.all(
      rows.map((row) =>
        client.files.upload({ name: `${row}.txt`, parentId: fromId, body: bodyOf(`${row}`) }),
      ),
    );
    return { from, to, fromId, toId };
  };

  const rows = Array.from({ length: ROWS }, (_, index) => index + 1);
  const names = async (folderId: string) =>
    (await Array.fromAsync(client.folders.items(folderId))).map(({ name }) => name).sort();
  const all = rows.map((row) => `${row}.txt`).sort();

  /** Kills it when Box has seen so many calls of a kind, up to 20 ms behind; then runs it to its end. */
  const killed = async (args: readonly string[], call: string) => {
    const seen = () => box.counts()[call] ?? 0;
    const calls = 1 + Math.floor(random() * (ROWS - 20));
    const delayMs = Math.floor(random() * 20);
    box.resetCounts();
    const first = start(args, { cwd: work, env });
    while (seen() < calls && first.process.exitCode === null) await new Promise(setImmediate);
    await pause(delayMs);
    first.process.kill('SIGKILL');
    await first.outcome;
    const second = await run(args, { cwd: work, env });
    assert.equal(second.code, 0, `${second.stdout}${second.stderr}`);
    assert.match(second.stdout, /0 failed/);
  };

  for (let kill = 1; kill <= kills; kill++) {
    test(`move (${kill})`, async () => {
      const { from, to, fromId, toId } = await stage();
      const csv = rows.map((row) => `/${from}/${row}.txt,/${to}`).join('\n');
      await writeFile(join(work, 'rows.csv'), `path,to\n${csv}\n`);
      await killed(['move', '--from-file', 'rows.csv'], 'PUT /files/:id');
      assert.deepEqual([await names(fromId), await names(toId)], [[], all]);
    });

    test(`copy (${kill})`, async () => {
      const { from, to, fromId, toId } = await stage();
      const csv = rows.map((row) => `/${from}/${row}.txt,/${to}`).join('\n');
      await writeFile(join(work, 'rows.csv'), `path,to\n${csv}\n`);
      await killed(['copy', '--from-file', 'rows.csv'], 'POST /files/:id/copy');
      assert.deepEqual([await names(fromId), await names(toId)], [all, all]);
    });

    test(`rm (${kill})`, async () => {
      const { from, fromId } = await stage();
      const csv = rows.map((row) => `/${from}/${row}.txt`).join('\n');
      await writeFile(join(work, 'rows.csv'), `path\n${csv}\n`);
      await killed(['rm', '--from-file', 'rows.csv', '--yes'], 'DELETE /files/:id');
      assert.deepEqual(await names(fromId), []);
    });

    test(`mkdir (${kill})`, async () => {
      const { to, toId } = await stage();
      const csv = rows.map((row) => `/${to}/${row}.txt`).join('\n');
      await writeFile(join(work, 'rows.csv'), `path\n${csv}\n`);
      await killed(['mkdir', '--from-file', 'rows.csv'], 'POST /folders');
      assert.deepEqual(await names(toId), all);
    });
  }
});
