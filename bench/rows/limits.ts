/** Where Box's limits are what binds: how much of them is used, and how little is refused. Takes minutes. */
import type { Figure } from '../figure.ts';
import { makeSmallFiles, SMALL } from '../material.ts';
import type { Setting } from '../setting.ts';

const UPLOADS_A_MINUTE = 240;

/** With limits as Box documents them, as far away as Box is. */
export async function limits(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox({ limits: 'box', latencyMs: 100 });
  try {
    const directory = setting.fresh('limited');
    await makeSmallFiles(directory);
    const state = await setting.freshFolder('state');
    const wish = { how: 'boxhaul', direction: 'up', directory, state, isGoverned: true } as const;
    const folderId = await setting.folderIn(box);
    const { seconds, refused = 0, calls = 1 } = await setting.run(box, { ...wish, folderId });
    // What the first minute gives is there at once: the last files can go when all minutes before them are over.
    const least = (Math.ceil(SMALL.files / UPLOADS_A_MINUTE) - 1) * 60;
    const job = `Box's limits, 100 ms latency: ${SMALL.files} files up`;
    return [
      {
        job,
        measure: 'share of the limit used',
        value: least / seconds,
        toReach: 0.95,
        better: 'more',
        detail: `${seconds.toFixed(0)} s; ${least} s are the least at ${UPLOADS_A_MINUTE} uploads in any minute`,
      },
      {
        job,
        measure: 'share of calls refused',
        value: refused / calls,
        toReach: 0.01,
        better: 'less',
        digits: 3,
        detail: `${refused} of ${calls}`,
      },
    ];
  } finally {
    await box.stop();
  }
}
