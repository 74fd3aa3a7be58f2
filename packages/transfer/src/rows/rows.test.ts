/** Rows of changes: each done once, whatever became of earlier runs. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { InputError } from '@boxhaul/client';
import { openState, type TransferState } from '../state/state.ts';
import { openBox } from '../testing/box.ts';
import { temporaryFolder } from '../testing/disk.ts';
import type { TransferReport } from '../transfer.ts';
import { changeRows, type NamedRow, type RowsOptions } from './rows.ts';

/** What rows of text are done to: each is added to `there`. */
interface World {
  there: string[];
  run(rows: readonly string[], how?: Partial<RowsOptions<string>>): Promise<TransferReport>;
  state: TransferState;
}

async function world(t: TestContext): Promise<World> {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  const { client } = box;
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  const there: string[] = [];
  const command = { argv: ['add'], cwd: '/' };
  const run: World['run'] = (rows, how = {}) =>
    changeRows({
      client,
      ends: ['add', ...rows],
      count: rows.length,
      rows: numbered(rows),
      find: async (row) => ({
        words: `add ${row}`,
        subject: { row },
        make: async () => ({ id: String(there.push(row)) }),
      }),
      remember: { state, account: 'ann', title: 'add', command },
      ...how,
    });
  return { there, run, state };
}

async function* numbered(rows: readonly string[]): AsyncGenerator<NamedRow<string>> {
  for (const [index, row] of rows.entries()) {
    yield { number: index + 1, name: `row ${index + 1}: ${row}`, row };
  }
}

/** A row whose change is made, and whose run is told nothing of it: as if it had been killed. */
function dying(there: string[]): Partial<RowsOptions<string>> {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    concurrency: 1,
    find: async (row) => ({
      words: row,
      subject: { row },
      make: async () => {
        there.push(row);
        stop.abort();
        stop.signal.throwIfAborted();
        return {};
      },
    }),
  };
}

test('what is done is not done again, unless it is asked for', async (t) => {
  const { there, run } = await world(t);
  const first = await run(['a', 'b', 'c']);
  assert.deepEqual([first.transferred, first.ended], [3, 'complete']);
  const second = await run(['a', 'b', 'c']);
  assert.deepEqual([second.transferred, second.skippedBy], [0, { 'done-before': 3 }]);
  assert.deepEqual(there.toSorted(), ['a', 'b', 'c']);
  assert.equal((await run(['a', 'b', 'c'], { again: true })).transferred, 3);
  assert.equal(there.length, 6);
});

test('other rows are another job', async (t) => {
  const { there, run } = await world(t);
  await run(['a']);
  await run(['a', 'b']);
  assert.deepEqual(there.toSorted(), ['a', 'a', 'b']);
});

test('a dry run changes nothing, and remembers nothing', async (t) => {
  const { there, run, state } = await world(t);
  const words: (string | undefined)[] = [];
  const report = await run(['a', 'b'], {
    dryRun: true,
    onEvent: (event) => {
      if (event.type === 'file') words.push(event.result.row?.words);
    },
  });
  assert.deepEqual(report.skippedBy, { 'dry-run': 2 });
  assert.deepEqual(words.toSorted(), ['add a', 'add b']);
  assert.deepEqual([there, state.jobs.list()], [[], []]);
});

test('one failure stops no other row, and is what retry does', async (t) => {
  const { there, run, state } = await world(t);
  const failing: Partial<RowsOptions<string>> = {
    find: async (row) => {
      if (row === 'b') throw new InputError('there is no b');
      return { words: row, make: async () => ({ id: String(there.push(row)) }) };
    },
    reasonOf: (error) =>
      error instanceof InputError ? { code: 'not-found', words: error.message } : undefined,
  };
  const first = await run(['a', 'b', 'c'], failing);
  assert.deepEqual([first.transferred, first.failed, first.ended], [2, 1, 'complete']);
  assert.equal(first.failures[0]?.reason?.words, 'there is no b');
  assert.deepEqual(
    state.jobs.failures(first.job ?? '').map(({ path, code }) => [path, code]),
    [['row 2: b', 'not-found']],
  );
  const retried = await run(['a', 'b', 'c'], { only: 'failed' });
  assert.deepEqual([retried.transferred, retried.skipped, retried.ended], [1, 0, 'complete']);
  assert.deepEqual(state.jobs.failures(first.job ?? ''), []);
});

test('of a row that was begun Box is asked whether it is done', async (t) => {
  const { there, run } = await world(t);
  const died = await run(['a', 'b', 'c'], dying(there));
  assert.deepEqual([died.ended, there], ['interrupted', ['a']]);
  const asked: string[] = [];
  const resumed = await run(['a', 'b', 'c'], {
    isMade: async (row, { subject, take }) => {
      asked.push(`${row} ${subject.row}`);
      const at = there.indexOf(row);
      return at >= 0 && take(String(at)) ? { id: String(at), words: row } : undefined;
    },
  });
  assert.deepEqual([resumed.transferred, resumed.ended], [3, 'complete']);
  assert.deepEqual(asked, ['a a'], 'of the others nothing was begun');
  assert.deepEqual(there.toSorted(), ['a', 'b', 'c']);
});

test('of equal rows each is done once, whichever of them were done before a kill', async (t) => {
  const { there, run } = await world(t);
  const rows = ['a', 'a', 'a', 'a', 'a'];
  const stop = new AbortController();
  await run(rows, {
    signal: stop.signal,
    concurrency: 4,
    find: async (row) => ({
      words: row,
      subject: { row },
      make: async () => {
        // Two come to Box, all four are begun, and nobody sees an answer.
        if (there.length < 2) there.push(row);
        await new Promise(setImmediate);
        stop.abort();
        stop.signal.throwIfAborted();
        return {};
      },
    }),
  });
  assert.equal(there.length, 2);
  const resumed = await run(rows, {
    isMade: async (row, { take }) => {
      const ids = [...there.keys()].map((at) => String(at));
      await new Promise(setImmediate);
      const mine = ids.find((id) => take(id));
      return mine === undefined ? undefined : { id: mine, words: row };
    },
    find: async (row) => ({
      words: row,
      subject: { row },
      make: async () => {
        const id = String(there.push(row) - 1);
        await new Promise(setImmediate);
        return { id };
      },
    }),
  });
  assert.deepEqual([resumed.transferred, resumed.ended], [5, 'complete']);
  assert.equal(there.length, 5);
});

test('a row that was begun and finds everything as it wants it, is done', async (t) => {
  const { there, run } = await world(t);
  await run(['a'], dying(there));
  const find: RowsOptions<string>['find'] = async (row) =>
    there.includes(row)
      ? { words: row, because: 'it is there' }
      : { words: row, make: async () => ({}) };
  assert.equal((await run(['a'], { find })).transferred, 1);
  assert.deepEqual((await run(['a', 'b'], { find })).skippedBy, { 'as-wanted': 1 });
});

test('a job that is forgotten forgets its rows', async (t) => {
  const { there, run, state } = await world(t);
  const { job = '' } = await run(['a']);
  state.jobs.forget(job);
  assert.equal((await run(['a'])).transferred, 1);
  assert.equal(there.length, 2);
});
