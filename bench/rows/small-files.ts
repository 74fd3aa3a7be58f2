/** Many small files, in a few folders and in many. */
import type { Figure } from '../figure.ts';
import { makeSmallFiles, SMALL } from '../material.ts';
import type { BoxProcess, Setting } from '../setting.ts';
import { fetchInTurns, megabytes, type Pairs, processor, sendInTurns, speed } from './pairs.ts';

const TITLE = `${SMALL.files} × ${SMALL.bytes / 1024} KiB in ${SMALL.folders} folders`;

/** A tree up and down, and both again when nothing has changed. */
export async function smallFiles(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    const directory = setting.fresh('small');
    await makeSmallFiles(directory);
    const up = await sendInTurns(setting, box, directory);
    const down = await fetchInTurns(setting, box, up.folderId);
    return [
      beside('up', up),
      beside('down', down),
      calls('up', up.calls, SMALL.folders + SMALL.files),
      calls('down', down.calls, 1 + SMALL.folders + SMALL.files),
      ...(await unchanged(setting, box, 'up', directory)),
      ...(await unchanged(setting, box, 'down', await setting.freshFolder('down'), up.folderId)),
    ];
  } finally {
    await box.stop();
  }
}

function beside(direction: string, { ratio, ours, theirs }: Pairs): Figure {
  return {
    job: `${TITLE}, ${direction}`,
    measure: 'files a second beside a bare undici loop',
    value: ratio,
    toReach: 0.7,
    better: 'more',
    detail: `${speed(ours)} and ${speed(theirs)}; processor ${processor(ours)} and ${processor(theirs)}; peak memory ${megabytes(ours)}`,
  };
}

function calls(direction: string, made: number, least: number): Figure {
  return {
    job: `the same, ${direction}`,
    measure: 'calls beside the least possible',
    value: made / least,
    toReach: 1.02,
    better: 'less',
    digits: 3,
    detail: `${made} and ${least}`,
  };
}

/** The job twice with one state; what is told is the second run. */
async function unchanged(
  setting: Setting,
  box: BoxProcess,
  direction: 'up' | 'down',
  directory: string,
  from?: string,
): Promise<Figure[]> {
  const folderId = from ?? (await setting.folderIn(box));
  const state = await setting.freshFolder('state');
  const wish = { how: 'boxhaul', direction, directory, folderId, state } as const;
  await setting.run(box, wish);
  await box.resetCounts();
  const again = await setting.run(box, wish);
  if (again.files > 0) throw new Error(`${again.files} files were moved again`);
  const made = await box.apiCalls();
  const job = `the same, ${direction}, unchanged, again`;
  const listings = 1 + SMALL.folders;
  return [
    {
      job,
      measure: 'calls beside the listings',
      value: made / listings,
      toReach: 1,
      better: 'less',
      digits: 3,
      detail: `${made} and ${listings}`,
    },
    {
      job,
      measure: 'seconds after the start',
      value: again.seconds,
      toReach: 0.5,
      better: 'less',
      unit: ' s',
      detail: `processor ${again.cpuSeconds.toFixed(1)} s, of the whole process`,
    },
  ];
}

const MANY = { folders: 200, files: 200, bytes: 100 };
const LATENCY_MS = 50;
/** How many files and folders a job works on at once, unless told otherwise. */
const SLOTS = 16;

/** As many folders as files, far away: what counts is how much is on its way at once. */
export async function manyFolders(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox({ latencyMs: LATENCY_MS });
  try {
    const directory = setting.fresh('folders');
    await makeSmallFiles(directory, MANY);
    const folderId = await setting.folderIn(box);
    await box.resetCounts();
    const ours = await setting.run(box, { how: 'boxhaul', direction: 'up', directory, folderId });
    const made = await box.apiCalls();
    const least = ((MANY.folders + MANY.files) / SLOTS) * (LATENCY_MS / 1000);
    return [
      {
        job: `${MANY.folders} folders × 1 file up at ${LATENCY_MS} ms latency`,
        measure: 'seconds beside the least possible, (calls / slots) × latency',
        value: ours.seconds / least,
        toReach: 1.3,
        better: 'less',
        detail: `${ours.seconds.toFixed(2)} s and ${least.toFixed(2)} s; ${made} calls, ${SLOTS} slots`,
      },
    ];
  } finally {
    await box.stop();
  }
}
