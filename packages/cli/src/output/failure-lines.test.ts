import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TransferResult } from '@boxhaul/transfer';
import { FailureLines } from './failure-lines.ts';
import { styleOf } from './style.ts';

function failed(path: string): TransferResult {
  const reason = { code: 'box-error', words: 'Box said no' } as const;
  return { kind: 'file', path, state: 'failed', reason, bytes: 0, ms: 1 };
}

test('a few failures a second are named, the others counted when it is over', () => {
  const lines = new FailureLines(styleOf(false));
  for (let file = 0; file < 1000; file++) lines.add(failed(`f${file}`), 5000 + (file % 900));
  assert.deepEqual(lines.take(5950), [
    '  failed  f0   Box said no',
    '  failed  f1   Box said no',
    '  failed  f2   Box said no',
  ]);
  assert.deepEqual(lines.take(5990), [], 'each is told once');
  assert.deepEqual(lines.take(6000), ['  … and 997 more failed']);
  lines.add(failed('later'), 6100);
  assert.deepEqual(lines.take(6200), ['  failed  later   Box said no']);
});
