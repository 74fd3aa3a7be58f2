import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recorded, recordedPages } from '../scripts/make-recordings.ts';
import { blocksOf, isAlike, withBlocks } from '../scripts/recordings/page.ts';

const PAGE = `# A page

<!-- stage
echo one > a.txt
-->

    $ not a recording

\`\`\`console
$ cat a.txt
old words
$ boxhaul jobs
\`\`\`

The end.
`;

describe('the recordings of a page', () => {
  test('are its console blocks, in the order in which they run', () => {
    const blocks = blocksOf(PAGE).map(({ kind, lines }) => [kind, lines]);
    assert.deepEqual(blocks, [
      ['stage', ['echo one > a.txt']],
      ['shown', ['cat a.txt', 'boxhaul jobs']],
    ]);
  });

  test('are replaced by what the lines print now, and nothing else is', () => {
    const [, shown] = blocksOf(PAGE);
    assert.ok(shown);
    const page = withBlocks(PAGE, new Map([[shown, '$ cat a.txt\none\n']]));
    assert.equal(page, PAGE.replace(shown.text, '$ cat a.txt\none\n'));
  });

  test('stay as they are where only times, ids or the order of lines differ', () => {
    const one = '2 files in 1.2 s  at 34 KB/s\njob 7k2m, id 1234567890, 2026-03-01 14:05\n';
    const other = 'job aaaa, id 9876543210, 2026-03-02 09:00\n2 files in 310 ms at 12 kB/s\n';
    assert.ok(isAlike(one, other));
    assert.ok(!isAlike(one, one.replace('2 files', '3 files')));
    assert.ok(isAlike('job 12ms', 'job 7k2m'));
  });
});

describe('what docs show is what commands print', { concurrency: 2 }, () => {
  for (const name of recordedPages()) {
    test(name, async () => {
      const { before, after } = await recorded(name);
      const [now, shown] = [after.split('\n'), before.split('\n')];
      const fresh = now.filter((line) => !shown.includes(line));
      const stale = shown.filter((line) => !now.includes(line));
      const lines = [...stale.map((line) => `- ${line}`), ...fresh.map((line) => `+ ${line}`)];
      assert.ok(after === before, `${name} is not what is printed now:\n${lines.join('\n')}`);
    });
  }
});
