/** What is told while calls wait. Each test has a home of its own: all commands of a home wait together. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';
import { runHere } from '../testing/in-process.ts';

/** Runs `ls` until it tells that it waits. */
async function waiting(t: TestContext, ...options: string[]) {
  const { box, cwd, env } = await boxStage(t);
  const action = { status: 429, retryAfter: 55 };
  box.faults.add({ match: { path: '/folders/0/items' }, action });
  const until = (written: string) => /waiting 5\d s|"type":"wait"/.test(written);
  return await runHere(['ls', '/', ...options], { cwd, env, until });
}

test('a wait is told while it lasts', async (t) => {
  const { code, stdout } = await waiting(t);
  assert.equal(code, 130);
  assert.match(stdout, /^ {2}waiting 5\d s: Box asked for it\n$/);
});

test('with --json it is an event', async (t) => {
  const { stdout } = await waiting(t, '--json', '--quiet');
  const { type, reason, until } = JSON.parse(stdout.split('\n')[0] ?? '');
  assert.deepEqual([type, reason], ['wait', 'asked']);
  assert.ok(Date.parse(until) > Date.now());
});
