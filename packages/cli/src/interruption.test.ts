import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Interrupted, interrupter, OutputClosed } from './interruption.ts';

test('the first Ctrl-C asks to stop, the second stops now, an echo of the first does not', () => {
  const controller = new AbortController();
  let nowMs = 1000;
  let ends = 0;
  const press = interrupter(controller, { endNow: () => ends++, nowMs: () => nowMs });
  press('SIGINT');
  assert.ok(controller.signal.reason instanceof Interrupted);
  nowMs += 20;
  press('SIGINT');
  assert.equal(ends, 0, 'npx passes on what the terminal has sent to both');
  nowMs += 1000;
  press('SIGINT');
  assert.equal(ends, 1);
});

test('a reader that has gone away does not make the first Ctrl-C the second', () => {
  const controller = new AbortController();
  controller.abort(new OutputClosed());
  let ends = 0;
  let nowMs = 0;
  const press = interrupter(controller, { endNow: () => ends++, nowMs: () => nowMs });
  press('SIGINT');
  assert.equal(ends, 0);
  nowMs = 5000;
  press('SIGINT');
  assert.equal(ends, 1);
});
