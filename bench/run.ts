/**
 * `npm run bench`: how fast Boxhaul is and how little it takes, each figure a ratio or a bound that is to be
 * reached. `--write` puts the table into docs/performance.md; `--slow` measures what waits for minutes to pass, which
 * has a page of its own, docs/performance-limits.md; `--only small-files,huge-file` measures those rows alone.
 *
 * The emulator is a process of its own and shares the machine with the job, for both sides alike. All of it runs in
 * the published form.
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, render } from './figure.ts';
import { measuredOn, root } from './page.ts';
import { largeFiles, slowLine } from './rows/large-files.ts';
import { limits } from './rows/limits.ts';
import { hugeFile, manyFiles } from './rows/memory.ts';
import { sealing } from './rows/sealing.ts';
import { manyFolders, smallFiles } from './rows/small-files.ts';
import { startUp } from './rows/start-up.ts';
import { Setting } from './setting.ts';

const ROWS: Record<string, (setting: Setting) => Promise<Figure[]>> = {
  'small-files': smallFiles,
  'many-folders': manyFolders,
  'large-files': largeFiles,
  'slow-line': slowLine,
  'many-files': manyFiles,
  'huge-file': hugeFile,
  sealing,
  limits,
  'start-up': startUp,
};

/** Those that wait for minutes to pass. */
const SLOW: ReadonlySet<string> = new Set(['limits']);

const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    slow: { type: 'boolean' },
    only: { type: 'string' },
    pairs: { type: 'string', default: '3' },
  },
});
const only = flags.only?.split(',');
const chosen = Object.keys(ROWS).filter((row) =>
  only ? only.includes(row) : SLOW.has(row) === (flags.slow === true),
);
const loadBefore = loadavg();
const setting = await Setting.open(Number(flags.pairs));
try {
  const figures: Figure[] = [];
  for (const row of chosen) {
    process.stderr.write(`${row} …\n`);
    figures.push(...((await ROWS[row]?.(setting)) ?? []));
  }
  const table = render(figures);
  console.log(table);
  if (flags.write) await writePerformance(table);
} finally {
  await setting.close();
}

async function writePerformance(table: string): Promise<void> {
  const load = loadBefore.map((average) => average.toFixed(1)).join(', ');
  const text = `# Performance${flags.slow ? " within Box's limits" : ''}

Written by \`npm run bench -- --write${flags.slow ? ' --slow' : ''}${flags.only ? ` --only ${flags.only}` : ''}\` on ${measuredOn()}.
The load of the machine was ${load} (1, 5 and 15 minutes) when it began. Both sides of a ratio ran in turns on the
same emulator in the same run (median of ${flags.pairs} pairs); the emulator had the same cores. A ratio of 1 is the
speed of the bare loop, which checks nothing, retries nothing, remembers nothing, and writes files without syncing or
renaming them. Boxhaul runs as the command does: with its journal and its cache of checksums.

${table}

Calls are counted by the emulator: requests to the API and upload hosts, not the redirected downloads
of contents. "Least" is one call a file and one a folder that is made or listed. Peak memory is the largest resident
size of the process that ran the job; "processor" is what all of its threads took. "Planned" is a dry run: both sides
are listed and compared to the end, and nothing is moved.
`;
  const page = flags.slow ? 'performance-limits.md' : 'performance.md';
  await writeFile(join(root, 'docs', page), text);
}
