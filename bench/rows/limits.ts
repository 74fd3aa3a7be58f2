/** Where Box's limits are what binds: how much of them is used, and how little is refused. Takes minutes. */
import type { Figure } from '../figure.ts';
import type { JobFigures } from '../job.ts';
import { makeSmallFiles, SMALL } from '../material.ts';
import type { BoxProcess, Setting } from '../setting.ts';

const UPLOADS_A_MINUTE = 240;
const USERS = 8;

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
    const shared = await sharedAmongUsers(setting, box, directory);
    const zipped = await setting.run(box, {
      ...wish,
      direction: 'down',
      directory: setting.fresh('unpacked'),
      folderId,
      zip: 'auto',
    });
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
      {
        job: `the same with ${USERS} users`,
        measure: 'beside one',
        value: seconds / shared.seconds,
        toReach: 7,
        better: 'more',
        detail: `${shared.seconds.toFixed(0)} s beside ${seconds.toFixed(0)} s`,
      },
      {
        job: `${SMALL.files} files down as archives`,
        measure: 'calls',
        value: zipped.calls ?? Number.NaN,
        toReach: 60,
        better: 'less',
        digits: 0,
        detail: `${zipped.files} files in ${zipped.seconds.toFixed(1)} s`,
      },
    ];
  } finally {
    await box.stop();
  }
}

/** The same files up, by app users who may work in the folder. */
async function sharedAmongUsers(
  setting: Setting,
  box: BoxProcess,
  directory: string,
): Promise<JobFigures> {
  const folderId = await setting.folderIn(box);
  const users: string[] = [];
  for (let number = 1; number <= USERS; number++) {
    const { id } = await box.client.users.create({ name: `user ${number}` });
    const item = { type: 'folder', id: folderId } as const;
    await box.client.collaborations.create({ item, userId: id, role: 'editor' });
    users.push(id);
  }
  const state = await setting.freshFolder('state');
  const wish = { how: 'boxhaul', direction: 'up', directory, state, isGoverned: true } as const;
  return setting.run(box, { ...wish, folderId, users });
}
