/** A job beside the bare loop that moves the same bytes, in turns on one Box. */
import { rm } from 'node:fs/promises';
import type { JobFigures } from '../job.ts';
import { median } from '../page.ts';
import type { BoxProcess, Setting } from '../setting.ts';

export interface Pairs {
  ours: JobFigures[];
  theirs: JobFigures[];
  /** How many times faster ours is: the median of the pairs. */
  ratio: number;
  /** Of the last of ours, as the emulator counted them. */
  calls: number;
}

/** Sends what is in a folder, in turns. `folderId` is where the last of ours went. */
export async function sendInTurns(
  setting: Setting,
  box: BoxProcess,
  directory: string,
  { pairs = setting.pairs, inOneRequest = false }: { pairs?: number; inOneRequest?: boolean } = {},
): Promise<Pairs & { folderId: string }> {
  let folderId = '0';
  const send = async (how: 'boxhaul' | 'bare') => {
    folderId = await setting.folderIn(box);
    await box.resetCounts();
    const state = await setting.freshFolder('state');
    return setting.run(box, { how, direction: 'up', directory, folderId, state, inOneRequest });
  };
  return { ...(await inTurns(box, pairs, send)), folderId };
}

/** Fetches what is in a folder of Box, in turns. */
export async function fetchInTurns(
  setting: Setting,
  box: BoxProcess,
  folderId: string,
  pairs: number = setting.pairs,
): Promise<Pairs> {
  return inTurns(box, pairs, async (how) => {
    const directory = await setting.freshFolder('fetched');
    const state = await setting.freshFolder('state');
    await box.resetCounts();
    const figures = await setting.run(box, { how, direction: 'down', directory, folderId, state });
    // Small files stay until the bench ends: ext4 looks for a free inode past every one freed in the last minutes.
    if (figures.files === 1) await rm(directory, { recursive: true });
    return figures;
  });
}

async function inTurns(
  box: BoxProcess,
  pairs: number,
  run: (how: 'boxhaul' | 'bare') => Promise<JobFigures>,
): Promise<Pairs> {
  const ours: JobFigures[] = [];
  const theirs: JobFigures[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(await run('bare'));
    ours.push(await run('boxhaul'));
  }
  const ratio = median(ours.map(({ seconds }, i) => (theirs[i]?.seconds ?? Number.NaN) / seconds));
  return { ours, theirs, ratio, calls: await box.apiCalls() };
}

/** `2200 files/s` or `600 MB/s`, the median. */
export function speed(figures: readonly JobFigures[]): string {
  const seconds = median(figures.map((figure) => figure.seconds));
  const { files = 0, bytes = 0 } = figures[0] ?? {};
  return files > 1
    ? `${Math.round(files / seconds)} files/s`
    : `${Math.round(bytes / 1e6 / seconds)} MB/s`;
}

/** `1.2 s of the processor`, the median. */
export function processor(figures: readonly JobFigures[]): string {
  return `${median(figures.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1)} s`;
}

export function megabytes(figures: readonly JobFigures[]): string {
  return `${Math.round(Math.max(...figures.map(({ peakBytes }) => peakBytes)) / 1e6)} MB`;
}
