import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TransferEvent } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { noLog } from '../log.ts';
import { nowhere } from '../testing/in-process.ts';
import { openOutput } from './output.ts';
import { openTransferView } from './transfer-view.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** A terminal, and a program that reads stdout, both of which keep nothing. */
function watchedByAll(): CommandContext {
  const sink = () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    return Object.assign(stream, { isTTY: true, columns: 80, rows: 24 });
  };
  const surroundings = { ...nowhere, stdout: sink(), stderr: sink() };
  const options = { json: true };
  const output = openOutput(options, surroundings);
  const runInstead = async () => 0 as const;
  return { ...surroundings, envFile: undefined, options, output, log: noLog, argv: [], runInstead };
}

function* eventsOf(file: number): Iterable<TransferEvent> {
  const path = `folder-${file % 100}/file-${file}`;
  yield { type: 'planned', files: file + 500, bytes: (file + 500) * 4096, final: false };
  yield { type: 'file-started', path, bytes: 4096 };
  yield { type: 'progress', path, bytesDone: 4096, bytes: 4096 };
  const ended = { kind: 'file', path, bytes: 4096, ms: 1 } as const;
  const reason = { code: 'box-error', words: 'Box said no' } as const;
  const hasFailed = file % 3 === 0;
  yield {
    type: 'file',
    result: hasFailed
      ? { ...ended, state: 'failed', reason }
      : { ...ended, state: 'transferred', action: 'new' },
  };
}

test('what is shown of a run takes no memory for each of its files', async () => {
  const calls = { calls: 1, uploads: 1, downloads: 0, tokens: 0, retried: 0, refused: 0 };
  const view = await openTransferView(watchedByAll(), { text: 'a → b', calls: () => calls });
  view.event({ type: 'started', direction: 'upload', dryRun: false, job: '7k2m' });
  const heapAfter = async (from: number, to: number) => {
    for (let file = from; file < to; file++) {
      for (const event of eventsOf(file)) view.event(event);
      if (file % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(0, 10_000);
  const grown = (await heapAfter(10_000, 110_000)) - before;
  view.close();
  assert.ok(grown < 3_000_000, `100,000 files left ${grown} bytes`);
});
