import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Interrupted, interrupter, OutputClosed } from './interruption.ts';

function presses() {
  const end = new AbortController();
  const stopNow = new AbortController();
  let nowMs = 1000;
  let exits = 0;
  const press = interrupter({ end, stopNow, exit: () => exits++, nowMs: () => nowMs });
  return {
    end,
    stopNow,
    press: (afterMs: number) => {
      nowMs += afterMs;
      press('SIGINT');
    },
    reached: () => [end.signal.aborted, stopNow.signal.aborted, exits],
  };
}

test('the first Ctrl-C asks for the end, the second for it at once, the third does not ask', () => {
  const { end, press, reached } = presses();
  press(0);
  assert.ok(end.signal.reason instanceof Interrupted);
  press(20);
  assert.deepEqual(reached(), [true, false, 0], 'npx passes on what the terminal has sent to both');
  press(1000);
  assert.deepEqual(reached(), [true, true, 0]);
  press(1000);
  assert.deepEqual(reached(), [true, true, 1]);
});

test('a reader that has gone away counts as whoever pressed it', () => {
  const { end, stopNow, press, reached } = presses();
  end.abort(new OutputClosed());
  stopNow.abort(new OutputClosed());
  press(0);
  assert.deepEqual(reached(), [true, true, 1]);
});
