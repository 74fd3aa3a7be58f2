/** 1 GiB sealed, beside compressing it alone and encrypting it alone: the two are done side by side. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Figure } from '../figure.ts';
import { LARGE_BYTES, makeText } from '../material.ts';
import { median } from '../page.ts';
import type { SealFigures, SealOrder } from '../seal-job.ts';
import type { Setting } from '../setting.ts';

const MOST_MB = 300;

type How = SealOrder['how'];

export async function sealing(setting: Setting): Promise<Figure[]> {
  const folder = await setting.freshFolder('sealing');
  const from = join(await setting.freshFolder('text'), 'text');
  const sealed = join(folder, 'sealed');
  await makeText(from, LARGE_BYTES);
  const key = await setting.sealKey();
  const runs: Record<How, SealFigures[]> = { compress: [], encrypt: [], both: [], open: [] };
  for (let turn = 0; turn < setting.pairs; turn++) {
    for (const how of ['compress', 'encrypt', 'both', 'open'] as const) {
      const ends =
        how === 'open' ? { from: sealed, to: join(folder, 'opened') } : { from, to: sealed };
      runs[how].push(await setting.runSeal({ how, ...ends, ...key }));
    }
  }
  const ratio = median(
    runs.both.map(({ seconds }, turn) => {
      const alone = [runs.compress, runs.encrypt].map((of) => of[turn]?.seconds ?? Number.NaN);
      return Math.max(...alone) / seconds;
    }),
  );
  const up = await uploaded(setting, from, key.recipient);
  for (const made of [folder, dirname(from)]) await rm(made, { recursive: true });
  return [
    {
      job: '1 GiB of text, compressed and encrypted',
      measure: 'MB/s beside the slower of compressing and encrypting alone',
      value: ratio,
      toReach: 0.9,
      better: 'more',
      detail: (['both', 'compress', 'encrypt'] as const)
        .map((how) => `${how} ${rate(runs[how])}`)
        .join('; '),
    },
    peak('1 GiB of text, compressed and encrypted', runs.both),
    peak('the same, opened', runs.open),
    peak('the same, sealed and sent', [up]),
  ];
}

/** The whole way, into a Box. */
async function uploaded(setting: Setting, file: string, recipient: string): Promise<SealFigures> {
  const box = await setting.startBox();
  try {
    const folderId = await setting.folderIn(box);
    const state = await setting.freshFolder('state');
    const how = { how: 'boxhaul', direction: 'up', recipient } as const;
    return await setting.run(box, { ...how, folderId, state, directory: dirname(file) });
  } finally {
    await box.stop();
  }
}

function rate(runs: readonly SealFigures[]): string {
  const seconds = median(runs.map((run) => run.seconds));
  const processor = median(runs.map((run) => run.cpuSeconds));
  return `${Math.round(LARGE_BYTES / 1e6 / seconds)} MB/s (processor ${processor.toFixed(1)} s)`;
}

function peak(job: string, runs: readonly SealFigures[]): Figure {
  return {
    job,
    measure: 'peak memory of the process',
    value: Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1e6,
    toReach: MOST_MB,
    better: 'less',
    digits: 0,
    unit: ' MB',
    detail: rate(runs),
  };
}
