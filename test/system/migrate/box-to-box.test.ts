/**
 * One Box account into another, by the command: killed (SIGKILL) at ten chosen moments of its calls to the target, with
 * one more run after each, everything is there once; and a manifest that twenty lines of plain Node can hold against Box.
 *
 * `BOXHAUL_SEED` sets which moments; `BOXHAUL_KILLS` how many.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { EXPECTED, EXPECTED_GAPS, steady } from '../../../packages/migrate/src/testing/expected.ts';
import { snapshot } from '../../../packages/migrate/src/testing/snapshot.ts';
import {
  fillAccount,
  openTwoBoxes,
  PAIRS,
  prepareTarget,
  type TestBox,
  type TwoBoxes,
} from '../../../packages/migrate/src/testing/two-boxes.ts';
import { run, start } from '../command.ts';
import { mulberry32 } from '../random.ts';

const kills = Number(process.env.BOXHAUL_KILLS ?? 10);
const seed = Number(process.env.BOXHAUL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const AUDIT = join(import.meta.dirname, 'audit.mjs');
const CHANNELS = ['http.server.request.start', 'http.server.response.finish'];

suite(`one Box into another (BOXHAUL_SEED=${seed})`, () => {
  let work: string;
  let boxes: TwoBoxes;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-box-to-box-'));
    boxes = await openTwoBoxes();
    await fillAccount(boxes.from);
    await prepareTarget(boxes.to);
    const list = PAIRS.map(({ from, to }) => `${from},${to}\n`).join('');
    await writeFile(join(work, 'people.csv'), `old,new\n${list}`);
    for (const [name, { emulator }] of Object.entries({ from: boxes.from, to: boxes.to })) {
      const config = JSON.stringify(await emulator.appConfig());
      await writeFile(join(work, `${name}.json`), config, { mode: 0o600 });
    }
  });

  after(async () => {
    await boxes[Symbol.asyncDispose]();
    await rm(work, { recursive: true, force: true });
  });

  let calls = 0;

  test('brings everything, tells the gaps, and proves it', async () => {
    const seen = watch(boxes.to);
    const outcome = await run([...words('/whole'), '--json', '--manifest', 'all.jsonl'], place());
    calls = seen.stop();
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.deepEqual(await inTarget('whole'), EXPECTED);
    const events: Record<string, unknown>[] = outcome.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const gaps = events
      .filter(({ type }) => type === 'gap')
      .map((gap) => `${gap.path}: ${gap.what}, ${gap.reason}: ${gap.message}`);
    assert.deepEqual(steady(gaps.sort()), EXPECTED_GAPS);
    const proof = events.find(({ type }) => type === 'proof');
    assert.deepEqual(proof?.verification, {
      checked: 8,
      right: 8,
      unproven: 0,
      missing: 0,
      different: 0,
      unknown: 0,
      isProven: true,
    });
    const [name = ''] = (await readdir(work)).filter((file) => file.endsWith('-gaps.csv'));
    assert.equal(
      (await readFile(join(work, name), 'utf8')).trim().split('\n').length,
      EXPECTED_GAPS.length + 1,
    );
    const strict = await run(
      [...words('/whole'), '--strict', '--manifest', 'strict.csv', '-q'],
      place(),
    );
    assert.deepEqual([strict.code, strict.stderr], [1, '']);
  });

  test('has a manifest that an auditor can hold against Box, and that shows each change', async () => {
    const { client, emulator } = boxes.to;
    const token = emulator.issueToken({ userId: emulator.serviceAccountUserId });
    const audit = () =>
      promisify(execFile)(process.execPath, [AUDIT, 'all.jsonl', emulator.url, token], {
        cwd: work,
      });
    assert.match((await audit()).stdout, /^8 rows, all as in Box/);
    const manifest = await readFile(join(work, 'all.jsonl'), 'utf8');
    await promisify(execFile)('sha256sum', ['-c', 'all.jsonl.sha256'], { cwd: work });
    await writeFile(join(work, 'all.jsonl'), manifest.replace('"size":5', '"size":6'));
    await assert.rejects(audit(), /SHA-256/);
    await writeFile(join(work, 'all.jsonl'), manifest);
    const { id } = JSON.parse(
      manifest.split('\n').find((line) => line.includes('plain.txt')) ?? '',
    );
    await client.files.delete(id);
    await assert.rejects(audit(), /plain\.txt/);
  });

  for (let round = 0; round < kills; round++) {
    test(`killed, round ${round + 1}: one more run, and everything is there once`, async (t) => {
      const random = mulberry32(seed + round);
      const moment = 2 + Math.floor(random() * (2 * calls - 4));
      const folder = `round ${round}`;
      const killed = start(words(`/${folder}`), place());
      const seen = watch(boxes.to, moment, () => killed.process.kill('SIGKILL'));
      const { code } = await killed.outcome;
      const before = seen.stop();
      t.diagnostic(`moment ${moment} of ${2 * calls}, ${before} calls before it`);
      assert.equal(code, null);
      const outcome = await run(words(`/${folder}`), place());
      assert.equal(outcome.code, 0, outcome.stderr);
      assert.deepEqual(await inTarget(folder), EXPECTED);
    });
  }

  function words(to: string): string[] {
    const { from, to: target } = boxes;
    return [
      ...['migrate', 'box:///A', '--to', to, '--mode', 'update', '--users', 'people.csv'],
      ...['--from-config', 'from.json', '--from-base-url', from.emulator.url],
      ...['--config', 'to.json', '--base-url', target.emulator.url, '--concurrency', '3'],
    ];
  }

  function place() {
    return { cwd: work };
  }

  async function inTarget(name: string) {
    const { client } = boxes.to;
    for await (const item of client.folders.items('0')) {
      if (item.name === name) return steady(await snapshot(client, item.id));
    }
    throw new Error(`there is no ${name}`);
  }
});

/** Counts the calls that a Box gets, from other processes, and does something at the n-th beginning or end of one. */
function watch({ emulator }: TestBox, moment = Infinity, act: () => void = () => undefined) {
  const port = Number(new URL(emulator.url).port);
  let calls = 0;
  let happened = 0;
  const onMessage = (message: unknown, channel: string | symbol) => {
    const { request } = message as { request: IncomingMessage };
    if (request.socket.localPort !== port) return;
    if (channel === CHANNELS[0]) calls += 1;
    happened += 1;
    if (happened === moment) act();
  };
  for (const channel of CHANNELS) subscribe(channel, onMessage);
  return {
    stop() {
      for (const channel of CHANNELS) unsubscribe(channel, onMessage);
      return calls;
    },
  };
}
