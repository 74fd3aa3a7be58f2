import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAll } from '../local-runner.ts';
import { Slots } from '../slots.ts';
import { PartMemory } from '../upload/part-memory.ts';
import { Channel } from './channel.ts';
import { walk } from './tree.ts';

const live = new AbortController().signal;

test('finders wait while the queue is full, and workers while it is empty', async () => {
  const channel = new Channel<number>(2);
  const log: string[] = [];
  const finding = (async () => {
    for (let item = 1; item <= 4; item++) {
      await channel.put(item);
      log.push(`put ${item}`);
    }
    channel.close();
  })();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ['put 1', 'put 2']);
  assert.deepEqual(
    [await channel.take(), await channel.take(), await channel.take(), await channel.take()],
    [1, 2, 3, 4],
  );
  await finding;
  assert.equal(await channel.take(), undefined);
});

test('room goes to the lowest turn that waits, whoever came first', async () => {
  const channel = new Channel<string>(1);
  await channel.put('first');
  const puts = [channel.put('late', 3), channel.put('early', 1), channel.put('middle', 2)];
  const taken: (string | undefined)[] = [];
  for (let take = 0; take < 4; take++) {
    taken.push(await channel.take());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(puts);
  assert.deepEqual(taken, ['first', 'early', 'middle', 'late']);
});

test('a failure reaches one who waits, frees the others, and drops what is queued', async () => {
  const channel = new Channel<number>(1);
  const takers = [channel.take(), channel.take()];
  channel.fail(new Error('gone'));
  const outcomes = await Promise.allSettled(takers);
  assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(channel.take(), /gone/);
  await channel.put(1);
});

test('a walk visits every folder once, never more at a time than asked', async () => {
  let visiting = 0;
  let most = 0;
  const found: string[] = [];
  const walking = walk<string, string>(
    '',
    async (folder, findings) => {
      visiting += 1;
      most = Math.max(most, visiting);
      await new Promise((resolve) => setImmediate(resolve));
      if (folder.length < 4) for (const name of 'abc') findings.enter(folder + name);
      await findings.found(folder);
      visiting -= 1;
    },
    { concurrency: 5, ending: live },
  );
  for (let item = await walking.take(); item !== undefined; item = await walking.take()) {
    found.push(item);
  }
  await walking.settled;
  assert.equal(new Set(found).size, 1 + 3 + 9 + 27 + 81);
  assert.equal(found.length, 121);
  assert.equal(most, 5);
});

test('a walk goes on where the tree is told next, however many folders it visits at once', async () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const walking = walk<string, string>(
    '',
    async (folder, findings) => {
      begun.push(folder);
      const end = Promise.withResolvers<void>();
      ends.set(folder, end.resolve);
      await end.promise;
      if (folder.length < 2) findings.enterAll(['1', '2', '3'].map((name) => folder + name));
    },
    { concurrency: 2, ending: live },
  );
  while (ends.size > 0) {
    for (const end of ends.values()) end();
    ends.clear();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await walking.settled;
  const told = ['', '1', '2', '11', '12', '13', '21', '22', '23', '3', '31', '32', '33'];
  assert.deepEqual(begun, told);
});

test('a visit that throws ends the walk, and the walk settles', async () => {
  const walking = walk<number, number>(
    0,
    async (depth, findings) => {
      findings.enter(depth + 1);
      if (depth === 3) throw new Error('no further');
      await findings.found(depth);
    },
    { concurrency: 2, ending: live },
  );
  await assert.rejects(async () => {
    for (;;) await walking.take();
  }, /no further/);
  await walking.settled;
});

test('the first error of the work is thrown once all that was begun has ended', async () => {
  const ended: number[] = [];
  let next = 0;
  const heard: unknown[] = [];
  const running = runAll(
    async () => next++,
    async (item) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 3) throw new Error('broken');
      ended.push(item);
    },
    { concurrency: 4, ending: live, onError: (error) => heard.push(error) },
  );
  await assert.rejects(running, /broken/);
  assert.equal(heard.length, 1);
  assert.ok(next <= 8 && ended.length >= 3);
});

test('work that stands aside gives its slot to other work, and takes none when it comes back', async () => {
  const slots = new Slots(2);
  const done: number[] = [];
  const last = Promise.withResolvers<void>();
  let next = 0;
  let working = 0;
  let most = 0;
  await runAll(
    async () => (next < 8 ? next++ : undefined),
    async (item) => {
      most = Math.max(most, ++working);
      if (item < 2) {
        working -= 1;
        // Nobody else would ever come to the last one.
        await slots.aside(() => last.promise);
        working += 1;
      }
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 7) last.resolve();
      done.push(item);
      working -= 1;
    },
    { concurrency: 2, slots, ending: live, onError: () => {} },
  );
  assert.deepEqual(done.slice(-2).sort(), [0, 1]);
  assert.equal(done.length, 8);
  assert.equal(most, 2);
});

test('when all that stood aside come back at the same moment, enough stay for what is left', async () => {
  const slots = new Slots(2);
  const together = Promise.withResolvers<void>();
  const done: number[] = [];
  let next = 0;
  await runAll(
    async () => (next < 8 ? next++ : undefined),
    async (item) => {
      if (item === 3) together.resolve();
      if (item < 4) await slots.aside(() => together.promise);
      done.push(item);
    },
    { concurrency: 2, slots, ending: live, onError: () => {} },
  );
  assert.deepEqual(done.toSorted(), [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('parts in flight stay within the memory given, but for two, and nobody is passed by', async () => {
  const memory = new PartMemory(100);
  const first = await memory.acquire(60);
  const second = await memory.acquire(60);
  const large = memory.acquire(500);
  const small = memory.acquire(10);
  assert.equal(await settledYet(large), false);
  memory.release(first);
  assert.equal((await large).byteLength, 500);
  assert.equal(await settledYet(small), false);
  memory.release(second);
  assert.equal((await small).byteLength, 10, 'two, whatever their size');
  const next = memory.acquire(60);
  assert.equal(await settledYet(next), false);
  memory.release(await large);
  assert.equal((await next).byteLength, 60);
});

async function settledYet(promise: Promise<unknown>): Promise<boolean> {
  const nothing = new Promise((resolve) => setImmediate(resolve, 'nothing'));
  return (await Promise.race([promise, nothing])) !== 'nothing';
}
