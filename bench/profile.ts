/**
 * `npm run bench:profile`: what is in the way of the figures of `npm run bench` that are not reached. Each job of theirs
 * is done once under V8's profiler; `--write` puts what it tells into docs/performance-profile.md.
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeLargeFile, makeSmallFiles, makeText } from './material.ts';
import { measuredOn, root } from './page.ts';
import { Setting, type Wish } from './setting.ts';
import { type Spent, spentIn } from './where-time-goes.ts';

/** What one process did. */
interface Column {
  name: string;
  spent: Spent;
  /** Seconds, of all threads, the profiled ones too; where it was measured. */
  processor?: number;
  /** From the first step of the job to its last. */
  seconds?: number;
}

interface Section {
  title: string;
  columns: Column[];
}

/** What takes less of every process is not told. */
const LEAST_MS = 5;

const { values: flags } = parseArgs({ options: { write: { type: 'boolean' } } });
const loadBefore = loadavg();
const setting = await Setting.open(1);
try {
  const sections: Section[] = [];
  for (const job of [smallFilesDown, unchangedAgain, largeFileUp, listing, sealed]) {
    process.stderr.write(`${job.name} …\n`);
    sections.push(...(await job()));
  }
  const text = sections.map(render).join('\n\n');
  console.log(text);
  if (flags.write) await writeFile(join(root, 'docs', 'performance-profile.md'), page(text));
} finally {
  await setting.close();
}

async function smallFilesDown(): Promise<Section[]> {
  const box = await setting.startBox();
  try {
    const directory = setting.fresh('small');
    await makeSmallFiles(directory);
    const folderId = await setting.folderIn(box);
    await setting.run(box, { how: 'bare', direction: 'up', directory, folderId });
    const columns: Column[] = [];
    for (const how of ['boxhaul', 'bare'] as const) {
      const to = await setting.freshFolder('fetched');
      columns.push(await profiled(box, { how, direction: 'down', directory: to, folderId }));
    }
    return [{ title: '2,000 files of 4 KiB in 40 folders, down', columns }];
  } finally {
    await box.stop();
  }
}

async function unchangedAgain(): Promise<Section[]> {
  const box = await setting.startBox();
  try {
    const directory = setting.fresh('small');
    await makeSmallFiles(directory);
    const folderId = await setting.folderIn(box);
    const state = await setting.freshFolder('state');
    const up = { how: 'boxhaul', direction: 'up', directory, folderId, state } as const;
    await setting.run(box, up);
    const again = { ...(await profiled(box, up)), name: 'up' };
    const to = await setting.freshFolder('fetched');
    const down = { ...up, direction: 'down', directory: to } as const;
    await setting.run(box, down);
    const columns = [again, { ...(await profiled(box, down)), name: 'down' }];
    return [{ title: 'The same, unchanged, again', columns }];
  } finally {
    await box.stop();
  }
}

/** Here the emulator's half is told too: it is at work as long as the other side. */
async function largeFileUp(): Promise<Section[]> {
  const directory = setting.fresh('large');
  await makeLargeFile(directory);
  const columns: Column[] = [];
  for (const [how, inOneRequest] of [
    ['boxhaul', false],
    ['bare', true],
  ] as const) {
    const folder = await setting.freshFolder('profile');
    const box = await setting.startBox({}, profilerFlags(folder));
    const column = await profiled(box, { how, direction: 'up', directory, inOneRequest });
    await box.stop();
    const name = how === 'bare' ? `${column.name}, one request` : column.name;
    columns.push({ ...column, name }, { name: 'its emulator', spent: spentIn(folder) });
  }
  return [{ title: '1 GiB up', columns }];
}

async function listing(): Promise<Section[]> {
  const box = await setting.startBox();
  try {
    await box.seed('small', 1, 20);
    const words = ['ls', '/small/folder 0', '--base-url', box.url];
    const columns: Column[] = [];
    // The first finds no compiled code.
    for (let time = 0; time < 2; time++) {
      const folder = await setting.freshFolder('profile');
      await setting.command(words, box.token, profilerFlags(folder));
      columns.push({ name: 'boxhaul ls', spent: spentIn(folder) });
    }
    return [{ title: '`boxhaul ls` of a small folder', columns: columns.slice(1) }];
  } finally {
    await box.stop();
  }
}

async function sealed(): Promise<Section[]> {
  const from = join(await setting.freshFolder('text'), 'text');
  await makeText(from, 2 ** 30);
  const to = join(await setting.freshFolder('sealing'), 'sealed');
  const key = await setting.sealKey();
  const columns: Column[] = [];
  for (const how of ['both', 'compress', 'encrypt'] as const) {
    const folder = await setting.freshFolder('profile');
    const { seconds, cpuSeconds } = await setting.runSeal(
      { how, from, to, ...key },
      profilerFlags(folder),
    );
    columns.push({ name: how, spent: spentIn(folder), processor: cpuSeconds, seconds });
  }
  return [{ title: '1 GiB of text, compressed and encrypted', columns }];
}

async function profiled(
  box: Awaited<ReturnType<Setting['startBox']>>,
  wish: Wish,
): Promise<Column> {
  const folder = await setting.freshFolder('profile');
  const state = wish.state ?? (await setting.freshFolder('state'));
  const folderId = wish.folderId ?? (await setting.folderIn(box));
  const made = await setting.run(box, { ...wish, state, folderId }, profilerFlags(folder));
  const name = wish.how === 'bare' ? 'bare loop' : 'Boxhaul';
  return { name, spent: spentIn(folder), processor: made.cpuSeconds, seconds: made.seconds };
}

function profilerFlags(folder: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

function render({ title, columns }: Section): string {
  const most = (kind: string) => Math.max(...columns.map(({ spent }) => spent.get(kind) ?? 0));
  const kinds = [...new Set(columns.flatMap(({ spent }) => [...spent.keys()]))]
    .filter((kind) => most(kind) >= LEAST_MS)
    .sort((one, other) => most(other) - most(one));
  const line = (what: string, figures: readonly (number | undefined)[]) =>
    `| ${what} | ${figures.map((ms) => (ms === undefined ? '' : Math.round(ms))).join(' | ')} |`;
  const busy = columns.map(({ spent }) => [...spent.values()].reduce((sum, ms) => sum + ms, 0));
  const elsewhere = columns.map(({ processor }, index) =>
    processor === undefined ? undefined : Math.max(0, processor * 1000 - (busy[index] ?? 0)),
  );
  const seconds = columns.map((column) => column.seconds && column.seconds * 1000);
  return [
    `## ${title}`,
    '',
    `| ms | ${columns.map(({ name }) => name).join(' | ')} |`,
    `|---|${columns.map(() => '--:').join('|')}|`,
    ...kinds.map((kind) =>
      line(
        kind,
        columns.map(({ spent }) => spent.get(kind) ?? 0),
      ),
    ),
    ...(elsewhere.some((ms) => ms !== undefined)
      ? [line('other threads: disk, digests, V8', elsewhere)]
      : []),
    line(
      '**at work, all threads**',
      columns.map(({ processor }, i) => (processor ? processor * 1000 : busy[i])),
    ),
    ...(seconds.some((ms) => ms !== undefined) ? [line('**from start to end**', seconds)] : []),
  ].join('\n');
}

function page(text: string): string {
  const load = loadBefore.map((average) => average.toFixed(1)).join(', ');
  return `# Where the time goes

Written by \`npm run bench:profile -- --write\` on ${measuredOn()}.
The load of the machine was ${load} (1, 5 and 15 minutes) when it began. These are the jobs of
[performance.md](performance.md) whose figures are hardest to reach, each done once under V8's profiler, which takes its
own time. Told are milliseconds of the threads that run JavaScript, by what they went into, without those in which they
had nothing to do; what other threads did is the rest of what the process took of the processor.

${text}
`;
}
