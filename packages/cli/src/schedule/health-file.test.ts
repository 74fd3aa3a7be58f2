import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { BoxhaulError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { temporaryFolder } from '../testing/process.ts';
import { keepHealthFile } from './health-file.ts';

const START_MS = Date.parse('2027-01-01T00:00:00Z');
const at = (seconds: number) => START_MS + seconds * 1000;

async function kept(t: TestContext) {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'health.json');
  const warnings: string[] = [];
  const tell = await keepHealthFile(path, (words) => warnings.push(words));
  const health = async () => JSON.parse(await readFile(path, 'utf8'));
  return { folder, path, tell, warnings, health };
}

const end = { startedMs: at(0), endedMs: at(5), exitCode: 0 } as const;

suite('a health file', () => {
  test('says at each moment what is known', async (t) => {
    const { tell, health, folder } = await kept(t);
    const empty = { runningSince: null, lastRun: null, lastSuccessAt: null, nextRunAt: null };
    const head = { v: 1, program: 'boxhaul' };
    assert.deepEqual(await health(), { ...head, state: 'waiting', ...empty });

    await tell({ type: 'started', number: 1, startedMs: at(0) });
    const runningSince = '2027-01-01T00:00:00.000Z';
    assert.deepEqual(await health(), { ...head, ...empty, state: 'running', runningSince });

    await tell({ type: 'ended', number: 1, end, nextMs: at(300) });
    const lastRun = { startedAt: runningSince, endedAt: '2027-01-01T00:00:05.000Z', exitCode: 0 };
    const good = { ...head, runningSince: null, lastRun, lastSuccessAt: lastRun.endedAt };
    const nextRunAt = '2027-01-01T00:05:00.000Z';
    assert.deepEqual(await health(), { ...good, state: 'waiting', nextRunAt });

    await tell({ type: 'over', runs: 1 });
    assert.deepEqual(await health(), { ...good, state: 'ended', nextRunAt: null });
    assert.deepEqual(await readdir(folder), ['health.json'], 'nothing is left beside it');
  });

  test('keeps the last success through failures and restarts, and says what failed', async (t) => {
    const { tell, path } = await kept(t);
    await tell({ type: 'ended', number: 1, end, nextMs: at(300) });
    const again = await keepHealthFile(path, () => {});
    const error = new CliError('Box could not be reached');
    await again({ type: 'ended', number: 1, end: { ...end, exitCode: 1, error }, nextMs: at(300) });
    const { lastRun, lastSuccessAt } = JSON.parse(await readFile(path, 'utf8'));
    assert.deepEqual([lastRun.exitCode, lastRun.message], [1, 'Box could not be reached']);
    assert.equal(lastSuccessAt, '2027-01-01T00:00:05.000Z');
  });

  test('says nothing of a run that was left to another process', async (t) => {
    const { tell, health } = await kept(t);
    await tell({ type: 'ended', number: 1, end, nextMs: at(300) });
    const { lastRun } = await health();
    const cause = new BoxhaulError('running', { code: 'job_running', recovery: 'stop' });
    const error = new CliError('running', { cause });
    await tell({ type: 'ended', number: 2, end: { ...end, exitCode: 1, error }, nextMs: at(600) });
    assert.deepEqual((await health()).lastRun, lastRun);
  });

  test('does not take the place of another file', async (t) => {
    const path = join(await temporaryFolder(t), 'report.json');
    for (const contents of ['', 'words', '{"v":1}', '[]']) {
      await writeFile(path, contents);
      await assert.rejects(
        keepHealthFile(path, () => {}),
        /is no health file of Boxhaul/,
      );
      assert.equal(await readFile(path, 'utf8'), contents);
    }
  });

  test('that cannot be written is refused before the first run, and told later', async (t) => {
    const { tell, folder, path, warnings } = await kept(t);
    await assert.rejects(
      keepHealthFile(join(folder, 'no', 'health.json'), () => {}),
      /cannot be written/,
    );
    await assert.rejects(
      keepHealthFile(folder, () => {}),
      /cannot be read/,
    );
    await rm(path);
    await mkdir(join(path, 'in the way'), { recursive: true });
    await tell({ type: 'started', number: 1, startedMs: at(0) });
    assert.match(warnings.join(), /^the health file .* cannot be written: /);
  });
});
