/** The loop, in time that moves when it sleeps. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Clock, systemClock } from '@boxhaul/client';
import { ExitCode } from '../exit-codes.ts';
import { Interrupted } from '../interruption.ts';
import type { ScheduleOptions } from '../options/schedule-options.ts';
import { repeat, type ScheduleEvent } from './repeat.ts';
import { timetableOf } from './timetable.ts';

const START_MS = Date.parse('2027-01-01T00:00:00Z');
const MINUTE_MS = 60_000;

/** One run: how long it takes, and what it ends with; or what is done in its place. */
interface Script {
  tookMs?: number;
  exitCode?: ExitCode;
  meanwhile?: () => void;
}

/** Plays runs to a timetable; a signal fires when they have all ended. */
function play(options: ScheduleOptions, scripts: readonly Script[]) {
  let nowMs = START_MS;
  const stop = new AbortController();
  const slept: number[] = [];
  let asleep: () => void = () => {};
  const clock: Clock = {
    now: () => nowMs,
    async sleep(ms, signal) {
      slept.push(ms);
      nowMs += ms;
      asleep();
      // As the real one, which never settles in the same turn.
      await systemClock.sleep(0, signal);
    },
  };
  const events: ScheduleEvent[] = [];
  const starts: number[] = [];
  const timetable = timetableOf(options, START_MS);
  assert.ok(timetable);
  const ended = repeat({
    timetable,
    clock,
    signal: stop.signal,
    async run(startedMs) {
      const script = scripts[starts.length] ?? {};
      starts.push(startedMs - START_MS);
      nowMs += script.tookMs ?? 0;
      script.meanwhile?.();
      if (starts.length >= scripts.length) stop.abort(new Interrupted('SIGINT'));
      return { startedMs, endedMs: nowMs, exitCode: script.exitCode ?? ExitCode.done };
    },
    tell: async (event) => {
      events.push(event);
    },
  });
  return {
    ended,
    events,
    starts,
    slept,
    stop: () => stop.abort(new Interrupted('SIGTERM')),
    onSleep: (act: () => void) => {
      asleep = act;
    },
    set: (toMs: number) => {
      nowMs = toMs;
    },
    types: () => events.map(({ type }) => type),
  };
}

suite('again and again', () => {
  const every = { every: 5 * MINUTE_MS };

  test('begins at once and keeps to its times, however long a run takes', async () => {
    const { ended, starts, types } = play(every, [{ tookMs: 1000 }, { tookMs: 2000 }, {}]);
    assert.equal(await ended, ExitCode.done);
    assert.deepEqual(starts, [0, 5 * MINUTE_MS, 10 * MINUTE_MS]);
    assert.deepEqual(types().slice(0, 4), ['started', 'ended', 'waiting', 'started']);
    assert.equal(types().at(-1), 'over');
  });

  test('waits for the first time where a crontab says when', async () => {
    const { ended, starts, types } = play({ cron: '0 2 * * *', tz: 'UTC' }, [{}, {}]);
    assert.equal(await ended, ExitCode.done);
    assert.deepEqual(starts, [120 * MINUTE_MS, 26 * 60 * MINUTE_MS]);
    assert.equal(types()[0], 'waiting');
  });

  test('what was due during a run is told and skipped, not made up for', async () => {
    const { ended, starts, events } = play(every, [{ tookMs: 17 * MINUTE_MS }, {}]);
    await ended;
    assert.deepEqual(starts, [0, 20 * MINUTE_MS]);
    const [skipped] = events.filter(({ type }) => type === 'skipped');
    const firstDueMs = START_MS + 5 * MINUTE_MS;
    assert.deepEqual(skipped, { type: 'skipped', count: 3, firstDueMs });
  });

  test('a run that fails is followed by others, and so is a later one that may do nothing', async () => {
    const codes = [ExitCode.failed, ExitCode.notAuthorised, ExitCode.wrongUse, ExitCode.done];
    const { ended, starts } = play(
      every,
      codes.map((exitCode) => ({ exitCode })),
    );
    assert.equal(await ended, ExitCode.done);
    assert.equal(starts.length, 4);
  });

  for (const exitCode of [ExitCode.wrongUse, ExitCode.notAuthorised]) {
    test(`a first run that ends with ${exitCode} is the only one`, async () => {
      const { ended, starts, events } = play(every, [{ exitCode }, {}]);
      assert.equal(await ended, exitCode);
      assert.equal(starts.length, 1);
      assert.ok(events[1]?.type === 'ended' && events[1].nextMs === undefined);
    });
  }

  test('a signal during a run lets it end, and its code tells whether all was done', async () => {
    for (const exitCode of [ExitCode.interrupted, ExitCode.done]) {
      const { ended, events } = play(every, [{ exitCode }]);
      assert.equal(await ended, exitCode);
      assert.ok(events.every((event) => event.type !== 'ended' || event.nextMs === undefined));
    }
  });

  test('a signal between two runs ends it, with nothing interrupted', async () => {
    const played = play(every, [{}, {}, {}]);
    played.onSleep(() => played.stop());
    assert.equal(await played.ended, ExitCode.done);
    assert.equal(played.starts.length, 1);
    assert.equal(played.events.at(-1)?.type, 'over');
  });

  test('looks at the clock each minute: who slept meanwhile is late by no more, and runs once', async () => {
    const played = play(every, [{}, {}, {}]);
    played.onSleep(() => {
      if (played.slept.length === 2) played.set(START_MS + 63 * MINUTE_MS);
    });
    await played.ended;
    assert.deepEqual(played.starts, [0, 63 * MINUTE_MS, 65 * MINUTE_MS]);
    assert.ok(played.slept.every((ms) => ms <= MINUTE_MS));
    assert.ok(!played.types().includes('skipped'), 'nothing ran then');
  });

  test('does not wait for a clock that was set back to come round again', async () => {
    const played = play(every, [{}, {}]);
    played.onSleep(() => {
      if (played.slept.length === 2) played.set(START_MS - 24 * 60 * MINUTE_MS);
    });
    await played.ended;
    assert.equal(played.starts.length, 2);
    assert.ok(played.slept.length <= 8, `${played.slept.length} minutes`);
  });
});
