import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../testing/disk.ts';
import type { TransferResult } from '../transfer.ts';
import type { JobDescription } from './job-run.ts';
import { openState, type TransferState } from './state.ts';

async function open(t: TestContext): Promise<{ state: TransferState; directory: string }> {
  const directory = join(await temporaryFolder(t), 'state');
  const state = openState(directory);
  t.after(() => state.close());
  return { state, directory };
}

function description(name: string): JobDescription {
  return {
    direction: 'upload',
    key: name,
    title: `${name} → /Backups`,
    command: { argv: ['upload', name], cwd: '/home' },
  };
}

function result(path: string, state: TransferResult['state']): TransferResult {
  const failed = { code: 'not-found', words: 'it is gone' } as const;
  return {
    kind: 'file',
    path,
    state,
    bytes: 1,
    ms: 1,
    ...(state === 'failed' && { reason: failed }),
  };
}

test('the state can be read by its owner only', async (t) => {
  const { directory } = await open(t);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
});

test('a job keeps its id over its runs, and says how far it came', async (t) => {
  const { state, directory } = await open(t);
  const first = state.jobs.begin(description('weekly'));
  first.planned(3, 30, true);
  first.settled(result('a', 'transferred'));
  first.settled(result('b', 'failed'));
  first.end('interrupted', false);
  const another = openState(directory);
  t.after(() => another.close());
  const [job] = another.jobs.list();
  assert.deepEqual(
    [job?.id, job?.state, job?.files, job?.transferred, job?.failed, job?.left, job?.isFinal],
    [first.id, 'interrupted', 3, 1, 1, 1, true],
  );
  assert.deepEqual(job?.command, { argv: ['upload', 'weekly'], cwd: '/home' });
  const second = another.jobs.begin(description('weekly'));
  assert.equal(second.id, first.id);
  assert.equal(state.jobs.find(first.id)?.state, 'running');
  second.end('complete', true);
  assert.equal(state.jobs.find(first.id)?.state, 'complete');
});

test('what failed is known until it is mended, or until a whole run did not meet it again', async (t) => {
  const { state } = await open(t);
  const run = (sawAll: boolean, ...results: TransferResult[]) => {
    const job = state.jobs.begin(description('weekly'));
    for (const each of results) job.settled(each);
    job.end('complete', sawAll);
    return state.jobs.failures(job.id).map(({ path, code }) => `${path} ${code}`);
  };
  const failed = ['a', 'b', 'c'].map((path) => result(path, 'failed'));
  assert.deepEqual(run(true, ...failed), ['a not-found', 'b not-found', 'c not-found']);
  assert.deepEqual(run(false, result('a', 'transferred')), ['b not-found', 'c not-found']);
  assert.deepEqual(run(true, result('c', 'failed')), ['c not-found']);
});

test('a job that runs cannot be begun again or forgotten, and one whose process died can', async (t) => {
  const { state, directory } = await open(t);
  const job = state.jobs.begin(description('weekly'));
  const running = {
    code: 'job_running',
    message: new RegExp(`job ${job.id} .*process ${process.pid}`),
  };
  assert.throws(() => state.jobs.begin(description('weekly')), running);
  assert.throws(() => state.jobs.forget(job.id), running);
  job.end('complete', true);

  const begin = `
    const { openState } = await import(${JSON.stringify(join(import.meta.dirname, 'state.ts'))});
    openState(${JSON.stringify(directory)}).jobs.begin(${JSON.stringify(description('other'))});
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module', '--eval', begin]);
  const died = state.jobs.list().find(({ title }) => title.startsWith('other'));
  assert.equal(died?.state, 'died');
  state.jobs.begin(description('other')).end('complete', true);
  assert.equal(state.jobs.find(died?.id ?? '')?.state, 'complete');
  state.jobs.forget(job.id);
  assert.equal(state.jobs.find(job.id), undefined);
});

test('a job for which no lock can be had is run all the same, and that is told once', async (t) => {
  const directory = await temporaryFolder(t);
  const troubles: Error[] = [];
  const state = openState(directory, (error) => troubles.push(error));
  t.after(() => state.close());
  await writeFile(join(directory, 'jobs'), 'in the place of the folder for locks');
  for (let count = 0; count < 2; count++) {
    const job = state.jobs.begin(description('weekly'));
    job.settled(result('a', 'transferred'));
    job.end('complete', true);
  }
  assert.equal(troubles.length, 1);
  assert.equal(state.jobs.list()[0]?.transferred, 1);
});
