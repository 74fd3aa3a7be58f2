import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLine } from './plain.ts';
import { createTally } from './tally.ts';

test('a line of a log says how far it is, and what is left', () => {
  const tally = createTally();
  tally.add({ type: 'planned', files: 3, bytes: 30_000_000, final: false }, 0);
  tally.add({ type: 'file-started', path: 'a', bytes: 20_000_000 }, 0);
  tally.add({ type: 'progress', path: 'a', bytesDone: 5_000_000, bytes: 20_000_000 }, 2000);
  assert.equal(
    statusLine(tally, 2000),
    '        0 of 3 files   3 files, 25 MB left of what was found so far   2.5 MB/s   0 failed',
  );
  tally.add({ type: 'planned', files: 3, bytes: 30_000_000, final: true }, 2000);
  assert.equal(
    statusLine(tally, 2000),
    '  16%   0 of 3 files   3 files, 25 MB left   2.5 MB/s   about 10 s   0 failed',
  );
});
