/**
 * `npm run bench:emulator`: how soon the emulator is there, what it does in a second, and what a tree of a million items
 * costs beside one of a thousand. `--write` puts the tables into docs/performance-emulator.md.
 *
 * Each emulator is a process of its own, in the published form and in memory; it and the calls share the machine's cores.
 * `--items`, `--rounds` and `--seconds` make it shorter; `--cpu-profile DIR` profiles the emulators.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Caller } from './emulator-calls.ts';
import {
  type Begun,
  type EmulatorFigures,
  type EmulatorOrder,
  RARE_WORD,
} from './emulator-process.ts';
import { measuredOn, median, root } from './page.ts';
import { buildPublished } from './published.ts';

/** Those of packages/emulator/README.md. */
const AIMS = { startMs: 100, uploads: 4000, downloads: 6000 };
const FILE_BYTES = 1024;
const FILES_A_FOLDER = 1000;

const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    items: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    'cpu-profile': { type: 'string' },
  },
});
const rounds = Number(flags.rounds);
const seconds = Number(flags.seconds);
const items = Number(flags.items);
const [load = 0] = loadavg();

const programs = buildPublished(['emulator-process', 'emulator-calls']);
const sections = [await starts(), await rates(), await trees()].join('\n');
console.log(sections);
if (flags.write) await writePage(sections);

interface Running extends Begun {
  caller: Caller;
  tell(order: EmulatorOrder): Promise<EmulatorFigures>;
  stop(): Promise<void>;
}

async function startProcess(): Promise<Running> {
  const directory = flags['cpu-profile'];
  const profiling = directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
  const execArgv = ['--expose-gc', '--disable-warning=ExperimentalWarning', ...profiling];
  const child = fork(join(programs, 'emulator-process.js'), { execArgv });
  const [begun] = (await once(child, 'message')) as [Begun];
  const caller = new Caller(begun);
  return {
    ...begun,
    caller,
    async tell(order) {
      const answer = once(child, 'message');
      child.send(order);
      return (await answer)[0];
    },
    async stop() {
      await caller.close();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function starts(): Promise<string> {
  const begun: Begun[] = [];
  for (let round = 0; round < rounds; round++) {
    const box = await startProcess();
    begun.push(box);
    await box.stop();
  }
  const box = await startProcess();
  const { memoryBytes = 0 } = await box.tell({ do: 'memory' });
  const {
    oneMs = 0,
    allMs = 0,
    bytesEach = 0,
  } = await box.tell({
    do: 'start',
    oneByOne: 20,
    atOnce: 50,
  });
  await box.stop();
  return `## To start

| | |
|---|--:|
| loading the package, once a process | ${shown(median(begun.map(({ importMs }) => importMs)))} ms |
| the first \`startEmulator()\` of a process (aim: ${AIMS.startMs} ms) | ${shown(median(begun.map(({ startMs }) => startMs)))} ms |
| each further one | ${shown(oneMs)} ms |
| 50 at once | ${shown(allMs)} ms |
| memory of the process, with one | ${megabytes(memoryBytes)} |
| of each further one | ${megabytes(bytesEach)} |
`;
}

async function rates(): Promise<string> {
  const box = await startProcess();
  await box.tell({ do: 'seed', folders: 1, files: FILES_A_FOLDER, wide: 0 });
  const { caller } = box;
  const { big, inner } = await placesIn(caller);
  const contents = Buffer.alloc(FILE_BYTES, 'x');
  const ids: string[] = [];
  let names = 0;
  const calls: [title: string, work: () => Promise<unknown>][] = [
    ['a folder', () => caller.call('GET', `/folders/${big}`)],
    ['1,000 items of a folder', () => caller.call('GET', `/folders/${inner}/items?limit=1000`)],
    ['search for a word', () => caller.call('GET', `/search?query=${RARE_WORD}`)],
    [
      `upload of ${FILE_BYTES} bytes (aim: ${AIMS.uploads})`,
      async () => {
        // Each file has contents of its own: the same ones again would be cheaper to keep.
        contents.writeUInt32BE(++names);
        ids.push(await caller.upload(`file ${names}.bin`, contents));
      },
    ],
    [
      `download of ${FILE_BYTES} bytes, with its redirect (aim: ${AIMS.downloads})`,
      () => caller.download(ids[Math.floor(Math.random() * ids.length)] ?? ''),
    ],
  ];
  const rows: string[] = [];
  for (const [title, work] of calls) {
    await caller.perSecond(work, seconds / 2);
    const found: number[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push(await caller.perSecond(work, seconds));
    }
    rows.push(`| ${title} | ${median(found)} |`);
  }
  await box.stop();
  return `## In a second

With 16 connections, in memory.

| call | a second |
|---|--:|
${rows.join('\n')}
`;
}

/** The folder that holds all the others, and one of those. */
async function placesIn(caller: Caller): Promise<{ big: string; inner: string; wide: string }> {
  const idIn = async (folder: string, name: string) => {
    const { entries } = await caller.call('GET', `/folders/${folder}/items?limit=1000`);
    return entries.find((entry) => entry.name === name)?.id ?? '';
  };
  const big = await idIn('0', 'big');
  return { big, inner: await idIn(big, 'f0'), wide: await idIn('0', 'wide') };
}

/** What was measured in one tree, by what was done, in the same order for each tree. */
type TreeFigures = Map<string, number>;

async function trees(): Promise<string> {
  // As many in a folder of its own as the smaller tree has altogether.
  const wide = items / 5;
  const thousand = await measureTree({ folders: 1, files: FILES_A_FOLDER, wide: FILES_A_FOLDER });
  const folders = (items - wide) / FILES_A_FOLDER;
  const million = await measureTree({ folders, files: FILES_A_FOLDER, wide });
  const rows = [...thousand.times].map(([title, small]) => {
    const large = million.times.get(title) ?? Number.NaN;
    return `| ${title} | ${shown(small)} ms | ${shown(large)} ms | ${(large / small).toFixed(1)} |`;
  });
  const total = items.toLocaleString('en');
  return `## A tree of ${total} items

${folders} folders of ${FILES_A_FOLDER} files, and one of ${wide.toLocaleString('en')}; each file has contents of its own. \`seed\` makes it in
${million.seedSeconds.toFixed(1)} s, and the first search, which brings the index up to date, takes ${million.firstSearchSeconds.toFixed(1)} s. The process
takes ${megabytes(million.memoryBytes)} then, ${shown((million.memoryBytes - thousand.memoryBytes) / items)} bytes an item. One call at a time, medians:

| | in 2,000 items | in ${total} | ratio |
|---|--:|--:|--:|
${rows.join('\n')}
`;
}

async function measureTree(size: { folders: number; files: number; wide: number }) {
  const box = await startProcess();
  const { caller } = box;
  const { seconds: seedSeconds = 0 } = await box.tell({ do: 'seed', ...size });
  const begun = performance.now();
  await caller.call('GET', `/search?query=${RARE_WORD}`);
  const firstSearchSeconds = (performance.now() - begun) / 1000;
  const { memoryBytes = 0 } = await box.tell({ do: 'memory' });
  const times = await timeCalls(caller);
  await box.stop();
  return { seedSeconds, firstSearchSeconds, memoryBytes, times };
}

async function timeCalls(caller: Caller): Promise<TreeFigures> {
  const { big, inner, wide } = await placesIn(caller);
  const target = (await caller.call('POST', '/folders', { name: 'target', parent: { id: '0' } }))
    .id;
  const move = (to: string) => caller.call('PUT', `/folders/${big}`, { parent: { id: to } });
  const { next_marker: far } = await caller.call(
    'GET',
    `/folders/${wide}/items?usemarker=true&limit=900`,
  );
  const times: TreeFigures = new Map();
  const time = async (
    title: string,
    work: () => Promise<unknown>,
    undo?: () => Promise<unknown>,
  ) => {
    const found: number[] = [];
    for (let round = 0; round < rounds * 6; round++) {
      const begun = performance.now();
      await work();
      found.push(performance.now() - begun);
      await undo?.();
    }
    // The first ones warm up what they go through.
    times.set(title, median(found.slice(rounds)));
  };
  const list = (folder: string, query: string) => () =>
    caller.call('GET', `/folders/${folder}/items?${query}`);
  await time('list a folder of 1,000, by marker', list(inner, 'usemarker=true&limit=1000'));
  await time('list a folder of 1,000, by offset', list(inner, 'limit=1000'));
  await time(
    'a page of 100 of the large folder, by marker',
    list(wide, `usemarker=true&limit=100&marker=${encodeURIComponent(far ?? '')}`),
  );
  await time('a page of 100 of the large folder, by offset', list(wide, 'limit=100&offset=900'));
  await time('search for a word', () => caller.call('GET', `/search?query=${RARE_WORD}`));
  await time('search for a word in a folder', () =>
    caller.call('GET', `/search?query=${RARE_WORD}&ancestor_folder_ids=${big}`),
  );
  await time(
    'move all but the large folder',
    () => move(target),
    () => move('0'),
  );
  await time('the path of an item in it', () =>
    caller.call('GET', `/folders/${inner}?fields=path_collection`),
  );
  await time(
    'delete all but the large folder',
    () => caller.call('DELETE', `/folders/${big}?recursive=true`),
    () => caller.call('POST', `/folders/${big}`, {}),
  );
  await caller.call('DELETE', `/folders/${big}?recursive=true`);
  await time(
    'restore it',
    () => caller.call('POST', `/folders/${big}`, {}),
    () => caller.call('DELETE', `/folders/${big}?recursive=true`),
  );
  await time('recent items', () => caller.call('GET', '/recent_items'));
  await time('events, from the beginning', () => caller.call('GET', '/events?stream_position=0'));
  return times;
}

function shown(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

function megabytes(bytes: number): string {
  return `${shown(bytes / 1e6)} MB`;
}

async function writePage(text: string): Promise<void> {
  const page = `# Performance of the emulator

Written by \`npm run bench:emulator -- --write\` on ${measuredOn()}.
Each emulator was a process of its own, in memory; the calls came from another one on the same cores. Others had the
machine too: ${load.toFixed(1)} of their processes were ready to run on average before it began.

${text}`;
  await writeFile(join(root, 'docs', 'performance-emulator.md'), page);
}
