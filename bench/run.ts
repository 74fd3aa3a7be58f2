/**
 * `npm run bench`: what Boxhaul does in a second, beside a bare undici loop that moves the same bytes
 * on the same emulator, in the same run. `--write` puts the table into docs/performance.md.
 *
 * Each job runs in turns with its bare loop; the ratio is the median of the pairs. The emulator is a
 * process of its own and shares the machine with the job, for both sides alike. All of it runs in the
 * published form.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { BoxClient, developerToken } from '@boxhaul/client';
import type { JobFigures, JobOrder } from './job.ts';
import { measuredOn, median } from './page.ts';
import { buildPublished } from './published.ts';

const FOLDERS = 40;
const FILES = 2000;
const SMALL_BYTES = 4096;
const LARGE_BYTES = 2 ** 30;

interface Row {
  job: string;
  boxhaul: string;
  bare: string;
  ratio: string;
  calls: string;
  peak: string;
}

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean' }, pairs: { type: 'string', default: '3' } },
});
const pairs = Number(flags.pairs);
const programs = buildPublished(['bare', 'box-process', 'job']);
const work = await mkdtemp(join(tmpdir(), 'boxhaul-bench-'));
const box = await startBox();
const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
const uploaded = new Map<string, string>();
let runs = 0;

try {
  const small = join(work, 'small');
  const large = join(work, 'large');
  await makeSmallFiles(small);
  await makeLargeFile(large);
  const title = `${FILES} × ${SMALL_BYTES / 1024} KiB in ${FOLDERS} folders`;
  const rows = [
    await measure(`${title}, up`, 'up', small, FOLDERS + FILES),
    await measure(`${title}, down`, 'down', small, 1 + FOLDERS + FILES),
    await measure('1 GiB, up', 'up', large),
    await measure('1 GiB, down', 'down', large, 2),
  ];
  const table = render(rows);
  console.log(table);
  if (flags.write) await writePerformance(table);
} finally {
  await client.close();
  box.stop();
  await rm(work, { recursive: true, force: true });
}

/** Runs a job and its bare loop in turns. `leastCalls`: the fewest calls that could do it. */
async function measure(
  job: string,
  direction: 'up' | 'down',
  directory: string,
  leastCalls?: number,
): Promise<Row> {
  const ours: JobFigures[] = [];
  const theirs: JobFigures[] = [];
  let calls = 0;
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(await runJob('bare', direction, directory));
    await box.resetCounts();
    ours.push(await runJob('boxhaul', direction, directory));
    calls = await box.apiCalls();
  }
  const ratios = ours.map((figures, i) => (theirs[i]?.seconds ?? Number.NaN) / figures.seconds);
  return {
    job,
    boxhaul: speed(ours),
    bare: speed(theirs),
    ratio: median(ratios).toFixed(2),
    calls: leastCalls === undefined ? String(calls) : `${calls} (least ${leastCalls})`,
    peak: `${Math.round(Math.max(...ours.map((figures) => figures.peakBytes)) / 1e6)} MB`,
  };
}

async function runJob(
  how: 'boxhaul' | 'bare',
  direction: 'up' | 'down',
  directory: string,
): Promise<JobFigures> {
  const name = `run ${++runs}`;
  const order: JobOrder = {
    how,
    direction,
    baseUrl: box.url,
    token: box.token,
    directory,
    folderId: '0',
  };
  if (direction === 'up') {
    // An untimed folder of its own: counted neither for the one nor for the other.
    order.folderId = (await client.folders.create({ name, parentId: '0' })).id;
    uploaded.set(directory, order.folderId);
  } else {
    order.folderId = uploaded.get(directory) ?? '0';
    order.directory = join(work, name);
    await mkdir(order.directory);
  }
  const job = join(programs, 'job.js');
  const { stdout } = await promisify(execFile)(process.execPath, [job, JSON.stringify(order)]);
  if (direction === 'down') await rm(order.directory, { recursive: true });
  return JSON.parse(stdout);
}

function speed(figures: JobFigures[]): string {
  const seconds = median(figures.map((figure) => figure.seconds));
  const { files = 0, bytes = 0 } = figures[0] ?? {};
  return files > 1
    ? `${Math.round(files / seconds)} files/s`
    : `${Math.round(bytes / 1e6 / seconds)} MB/s`;
}

function render(rows: Row[]): string {
  const lines = rows.map(
    (row) =>
      `| ${row.job} | ${row.boxhaul} | ${row.bare} | ${row.ratio} | ${row.calls} | ${row.peak} |`,
  );
  return [
    '| job | Boxhaul | bare undici loop | ratio | API calls | peak memory |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

async function writePerformance(table: string): Promise<void> {
  const text = `# Performance

Written by \`npm run bench -- --write\` on ${measuredOn()}. Both sides of a ratio ran in turns on the same emulator in the same
run (median of ${pairs} pairs); the emulator had the same cores. A ratio of 1 is the speed of the bare
loop, which checks nothing, retries nothing, and writes files without syncing or renaming them.

${table}

Calls are counted by the emulator: requests to the API and upload hosts, not the redirected downloads
of contents. "Least" is one call a file and one a folder that is made or listed. Peak memory is the largest resident size of the process
that ran the job.
`;
  await writeFile(join(import.meta.dirname, '..', 'docs', 'performance.md'), text);
}

async function makeSmallFiles(root: string): Promise<void> {
  for (let folder = 0; folder < FOLDERS; folder++) {
    const directory = join(root, `folder ${folder}`);
    await mkdir(directory, { recursive: true });
    for (let file = 0; file < FILES / FOLDERS; file++) {
      const contents = Buffer.alloc(SMALL_BYTES, `${folder}/${file} `);
      await writeFile(join(directory, `file ${folder}-${file}.txt`), contents);
    }
  }
}

async function makeLargeFile(root: string): Promise<void> {
  await mkdir(root);
  const block = Buffer.alloc(2 ** 20);
  async function* blocks(): AsyncGenerator<Buffer> {
    for (let number = 0; number < LARGE_BYTES / block.length; number++) {
      block.fill(`block ${number} `);
      yield Buffer.from(block);
    }
  }
  await writeFile(join(root, 'large.bin'), blocks());
}

interface BoxProcess {
  url: string;
  token: string;
  resetCounts(): Promise<void>;
  /** Requests since the last reset, without the downloads that the API redirected to. */
  apiCalls(): Promise<number>;
  stop(): void;
}

async function startBox(): Promise<BoxProcess> {
  const child = fork(join(programs, 'box-process.js'));
  const [{ url, token }] = await once(child, 'message');
  const ask = async (order: string): Promise<Record<string, number>> => {
    const answer = once(child, 'message');
    child.send(order);
    return (await answer)[0].counts;
  };
  return {
    url,
    token,
    resetCounts: async () => void (await ask('reset-counts')),
    apiCalls: async () =>
      Object.entries(await ask('counts'))
        .filter(([call]) => !call.includes(' /d/'))
        .reduce((sum, [, count]) => sum + count, 0),
    stop: () => child.disconnect(),
  };
}
