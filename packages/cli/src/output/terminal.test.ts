/** What a terminal shows of failures: each of them once while it can still be seen. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { suite, type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { TransferReport, TransferResult } from '@boxhaul/transfer';
import type { GlobalOptions } from '../context.ts';
import { noLog } from '../log.ts';
import { nowhere } from '../testing/in-process.ts';
import { openOutput } from './output.ts';
import { createTally } from './tally.ts';
import { terminalView } from './terminal.ts';

const noCalls = { calls: 0, uploads: 0, downloads: 0, tokens: 0, retried: 0, refused: 0 };

function failed(path: string): TransferResult {
  const reason = { code: 'no-permission', words: 'Access denied' } as const;
  return { kind: 'file', path, state: 'failed', reason, bytes: 1, ms: 1 };
}

function reportOf(failures: readonly TransferResult[]): TransferReport {
  return {
    direction: 'upload',
    ended: 'complete',
    dryRun: false,
    job: '7k2m',
    transferred: 0,
    skipped: 0,
    failed: failures.length,
    left: 0,
    transferredBy: {},
    skippedBy: {},
    failedBy: {},
    failures: [...failures],
    foldersCreated: 0,
    bytes: 0,
    seconds: 1,
    predictedCalls: 0,
    calls: noCalls,
  };
}

/** A transfer on a terminal of so many rows, in time that the test moves. */
function watch(t: TestContext, { rows = 24, ...options }: GlobalOptions & { rows?: number } = {}) {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const stdout = Object.assign(stream, { isTTY: true, columns: 80, rows });
  const surroundings = { ...nowhere, stdout, stderr: stdout };
  const output = openOutput(options, surroundings);
  const runInstead = async () => 0 as const;
  const view = terminalView(
    {
      ...surroundings,
      envFile: undefined,
      options,
      output,
      log: noLog,
      argv: [],
      runInstead,
    },
    { text: 'a → b', tally: createTally(), calls: () => noCalls },
  );
  view.event({ type: 'started', direction: 'upload', dryRun: false, job: '7k2m' }, Date.now());
  return {
    output,
    text: () => stripVTControlCharacters(written),
    /** Each fails in a frame of its own, or all of them in one. */
    fail(failures: readonly TransferResult[], { framesEach = 4 } = {}) {
      for (const result of failures) {
        view.event({ type: 'file', result }, Date.now());
        t.mock.timers.tick(framesEach * 100);
      }
    },
    /** All that was written, without what moves the cursor. */
    end(failures: readonly TransferResult[]): string {
      view.event({ type: 'finished', report: reportOf(failures) }, Date.now());
      return stripVTControlCharacters(written);
    },
  };
}

function timesNamed(text: string): number {
  return text.split(/ {2}failed {2}\S+ {3}Access denied/).length - 1;
}

test('what is said meanwhile stands above what is drawn, and once', (t) => {
  const terminal = watch(t);
  terminal.output.warn('warning: the moon');
  terminal.output.say('a word');
  t.mock.timers.tick(100);
  terminal.output.warn('warning: the sun');
  const text = terminal.end([]);
  assert.equal(text.split('warning: the moon\na word\n').length, 2);
  assert.ok(text.indexOf('warning: the sun') < text.indexOf('done in'));
  terminal.output.say('after it');
  assert.match(terminal.text(), /after it\n$/);
});

suite('failures on a terminal', () => {
  const three = ['a', 'b', 'c'].map(failed);

  test('that still stand above the summary are not named again in it', (t) => {
    const terminal = watch(t);
    terminal.fail(three);
    const text = terminal.end(three);
    assert.equal(timesNamed(text), 3);
    assert.match(text, /\n {2}failed +3 {3}named above\n/);
    assert.ok(text.endsWith('\n  → get the permission, then boxhaul retry 7k2m\n'));
  });

  test('the latest, which no frame has shown, join the others above', (t) => {
    const terminal = watch(t);
    terminal.fail(three.slice(0, 2));
    terminal.fail(three.slice(2), { framesEach: 0 });
    const text = terminal.end(three);
    assert.equal(timesNamed(text), 3);
    assert.ok(text.indexOf('failed  c') < text.indexOf('done in'));
  });

  test('that no frame has shown are named in the summary', (t) => {
    const terminal = watch(t);
    terminal.fail(three, { framesEach: 0 });
    const text = terminal.end(three);
    assert.equal(timesNamed(text), 3);
    assert.ok(text.indexOf('done in') < text.indexOf('failed  a'));
    assert.doesNotMatch(text, /named above/);
  });

  test('that a low terminal has scrolled away are named in the summary', (t) => {
    const terminal = watch(t, { rows: 9 });
    terminal.fail(three);
    const text = terminal.end(three);
    assert.equal(timesNamed(text.slice(text.indexOf('done in'))), 3);
  });

  test('of which some were only counted are named in the summary', (t) => {
    const many = Array.from({ length: 8 }, (_, file) => failed(`f${file}`));
    const terminal = watch(t);
    terminal.fail(many, { framesEach: 1 });
    const text = terminal.end(many);
    assert.equal(timesNamed(text.slice(text.indexOf('done in'))), 8);
  });

  test('with --verbose stand among the other files', (t) => {
    const terminal = watch(t, { verbose: true });
    terminal.fail(three, { framesEach: 0 });
    const text = terminal.end(three);
    assert.equal(timesNamed(text), 3);
    assert.match(text, /named above/);
  });
});
