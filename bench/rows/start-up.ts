/** How long the published command takes before it does anything, beside Node itself. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from '../figure.ts';
import { median, root } from '../page.ts';
import type { Setting } from '../setting.ts';

const TIMES = 15;
const COMMAND = join(root, 'dist', 'cli', 'bin', 'boxhaul.js');

export async function startUp(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    await box.seed('small', 1, 20);
    const home = await setting.freshFolder('home');
    const env = { PATH: process.env.PATH, HOME: home, BOX_DEVELOPER_TOKEN: box.token };
    const start = (...args: string[]) => timed(args, home, env);
    const list = ['ls', '/small/folder 0', '--base-url', box.url];
    // As on a machine where the command has run before.
    await start(COMMAND, '--version');
    await start(COMMAND, ...list);
    const times: Record<'bare' | 'version' | 'ls', number[]> = { bare: [], version: [], ls: [] };
    for (let time = 0; time < TIMES; time++) {
      times.bare.push(await start('-e', '0'));
      times.version.push(await start(COMMAND, '--version'));
      times.ls.push(await start(COMMAND, ...list));
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

async function timed(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const started = performance.now();
  await promisify(execFile)(process.execPath, [...args], { cwd, env });
  return performance.now() - started;
}
