/** What a job holds in memory, however much there is to do. */
import { rm } from 'node:fs/promises';
import type { Figure } from '../figure.ts';
import type { JobFigures } from '../job.ts';
import { makeHollowFile, makeManyNames } from '../material.ts';
import type { BoxProcess, Setting } from '../setting.ts';

const MOST_MB = 250;
const HUGE_BYTES = 5 * 2 ** 30;

/** A million files are planned (in a dry run), in folders of a thousand, and so are 200,000 in one folder. */
export async function manyFiles(setting: Setting): Promise<Figure[]> {
  return [
    ...(await planned(setting, '1,000,000 small files in 1,000 folders', 1000, 1000)),
    ...(await planned(setting, '200,000 small files in one folder', 1, 200_000)),
  ];
}

async function planned(
  setting: Setting,
  title: string,
  folders: number,
  files: number,
): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    await box.seed('many', folders, files);
    const folderId = await idOf(box, 'many');
    const directory = await setting.freshFolder('many');
    const common = { how: 'boxhaul', folderId, dryRun: true } as const;
    const down = await setting.run(box, {
      ...common,
      direction: 'down',
      directory,
      state: await setting.freshFolder('state'),
    });
    const names = setting.fresh('names');
    await makeManyNames(names, folders, files);
    const up = await setting.run(box, {
      ...common,
      direction: 'up',
      directory: names,
      state: await setting.freshFolder('state'),
    });
    await rm(names, { recursive: true });
    return [
      peak(`${title}, planned, down`, down, `${down.files} files`),
      peak(`${title}, planned, up`, up, `${up.files} files`),
    ];
  } finally {
    await box.stop();
  }
}

/** One file that is larger than the memory of most machines, to the end and back. */
export async function hugeFile(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    const directory = setting.fresh('huge');
    await makeHollowFile(directory, HUGE_BYTES);
    const folderId = await setting.folderIn(box);
    const state = await setting.freshFolder('state');
    const common = { how: 'boxhaul', folderId, state } as const;
    const up = await setting.run(box, { ...common, direction: 'up', directory });
    const fetched = await setting.freshFolder('fetched');
    const down = await setting.run(box, { ...common, direction: 'down', directory: fetched });
    const title = `a file of ${HUGE_BYTES / 2 ** 30} GiB`;
    const rate = ({ bytes, seconds }: JobFigures) => `${Math.round(bytes / 1e6 / seconds)} MB/s`;
    return [peak(`${title} up`, up, rate(up)), peak(`${title} down`, down, rate(down))];
  } finally {
    await box.stop();
  }
}

function peak(job: string, { peakBytes, seconds }: JobFigures, detail: string): Figure {
  return {
    job,
    measure: 'peak memory of the process',
    value: peakBytes / 1e6,
    toReach: MOST_MB,
    better: 'less',
    digits: 0,
    unit: ' MB',
    detail: `${detail}, ${seconds.toFixed(1)} s`,
  };
}

async function idOf({ client }: BoxProcess, name: string): Promise<string> {
  for await (const item of client.folders.items('0')) if (item.name === name) return item.id;
  throw new Error(`Box has no folder ${name}`);
}
