import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shared } from './shared-work.ts';

/** Work that ends when it is told to. */
function handWork() {
  const begun: PromiseWithResolvers<void>[] = [];
  const work = () => {
    const one = Promise.withResolvers<void>();
    begun.push(one);
    return one.promise;
  };
  return { begun, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('whoever comes while it runs waits for the next, which is one for all of them', async () => {
  const { begun, work } = handWork();
  const ask = shared(work, 0);
  const log: string[] = [];
  const first = ask().then(() => log.push('first'));
  await turn();
  const others = ['second', 'third'].map((who) => ask().then(() => log.push(who)));
  begun[0]?.resolve();
  await first;
  await turn();
  assert.deepEqual([log, begun.length], [['first'], 2]);
  begun[1]?.resolve();
  await Promise.all(others);
  assert.deepEqual([log, begun.length], [['first', 'second', 'third'], 2]);
});

test('who asks before it has begun is served by it', async () => {
  const { begun, work } = handWork();
  const ask = shared(work, 0);
  const both = [ask(), ask()];
  await turn();
  assert.equal(begun.length, 1);
  begun[0]?.resolve();
  await Promise.all(both);
});

test('a failure is heard by those who waited for it, and by nobody else', async () => {
  const { begun, work } = handWork();
  const ask = shared(work, 0);
  const first = ask();
  await turn();
  const second = ask();
  begun[0]?.reject(new Error('the disk is gone'));
  await assert.rejects(first, /the disk is gone/);
  await turn();
  begun[1]?.resolve();
  await second;
});

test('soon after its end it is not begun again: those who come meanwhile share it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let times = 0;
  const ask = shared(async () => {
    times += 1;
  }, 60_000);
  await ask();
  const later = [ask(), ask()];
  await turn();
  later.push(ask());
  assert.equal(times, 1);
  t.mock.timers.tick(60_000);
  await Promise.all(later);
  assert.equal(times, 2);
});
