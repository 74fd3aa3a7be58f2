/** How long the published command takes before it does anything, beside Node itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Figure } from '../figure.ts';
import { median } from '../page.ts';
import type { Setting } from '../setting.ts';

const TIMES = 15;

export async function startUp(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    await box.seed('small', 1, 20);
    const list = ['ls', '/small/folder 0', '--base-url', box.url];
    const start = (...words: string[]) => timed(() => setting.command(words, box.token));
    const bareStart = () => timed(() => promisify(execFile)(process.execPath, ['-e', '0']));
    // As on a machine where the command has run before.
    await start('--version');
    await start(...list);
    const times: Record<'bare' | 'version' | 'ls', number[]> = { bare: [], version: [], ls: [] };
    for (let time = 0; time < TIMES; time++) {
      times.bare.push(await bareStart());
      times.version.push(await start('--version'));
      times.ls.push(await start(...list));
    }
    const bare = median(times.bare);
    return [
      above('boxhaul --version', median(times.version), bare, 60),
      above('boxhaul ls of a small folder', median(times.ls), bare, 150),
    ];
  } finally {
    await box.stop();
  }
}

function above(command: string, ms: number, bareMs: number, toReach: number): Figure {
  return {
    job: `\`${command}\`, published form`,
    measure: 'more than `node -e 0`',
    value: ms - bareMs,
    toReach,
    better: 'less',
    digits: 0,
    unit: ' ms',
    detail: `${ms.toFixed(0)} and ${bareMs.toFixed(0)} ms, medians of ${TIMES}`,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
