import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WaitReason } from '@boxhaul/client';
import { noLog } from '../log.ts';
import { tellingWaits } from './waits.ts';

function telling({ isDrawnBelow = false } = {}) {
  const said: string[] = [];
  const events: unknown[] = [];
  const output = {
    isDrawnBelow,
    say: (text: string) => said.push(text.trim()),
    event: (type: string, { reason, seconds }: Record<string, unknown>) =>
      events.push([type, reason, seconds]),
  };
  let nowMs = Date.UTC(2030, 0, 1);
  const tell = tellingWaits({ output: output as never, log: noLog }, () => nowMs);
  const wait = (seconds: number, why: WaitReason = 'asked') =>
    tell({ untilMs: nowMs + seconds * 1000, why });
  const pass = (seconds: number) => {
    nowMs += seconds * 1000;
  };
  return { said, events, wait, pass };
}

test('a long wait is told with how long and why, a short one is not', () => {
  const { said, events, wait } = telling();
  wait(4);
  wait(600);
  assert.deepEqual(said, ['waiting 10 min: Box asked for it']);
  assert.deepEqual(events, [['wait', 'asked', 600]]);
});

test('calls that wait for the same are told of once, and the next wait is told again', () => {
  const { said, wait, pass } = telling();
  for (const seconds of [60, 60, 62, 30]) wait(seconds);
  pass(61);
  wait(30, 'at-work');
  assert.deepEqual(said, [
    'waiting 1 min: Box asked for it',
    'waiting 30 s: Box is at work on what was sent',
  ]);
});

test('one that grows is told again', () => {
  const { said, wait } = telling();
  wait(10);
  wait(300);
  assert.deepEqual(said.length, 2);
});

test('a clock that is set back silences nothing', () => {
  const { said, wait, pass } = telling();
  wait(60);
  pass(-7200);
  wait(60);
  assert.equal(said.length, 2);
});

test('where the limits are drawn all the time a wait for them is an event alone', () => {
  const { said, events, wait } = telling({ isDrawnBelow: true });
  wait(50, 'limit');
  assert.deepEqual([said.length, events.length], [0, 1]);
});
