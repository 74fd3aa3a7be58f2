/** One large file, near and far. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Figure } from '../figure.ts';
import { LARGE_BYTES, makeLargeFile } from '../material.ts';
import { median } from '../page.ts';
import type { Setting } from '../setting.ts';
import { fetchInTurns, megabytes, type Pairs, processor, sendInTurns, speed } from './pairs.ts';

/** As fast as this machine: what counts is what is done to each byte. */
export async function largeFiles(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox();
  try {
    const directory = setting.fresh('large');
    await makeLargeFile(directory);
    const up = await sendInTurns(setting, box, directory);
    const atOnce = await sendInTurns(setting, box, directory, { inOneRequest: true });
    const down = await fetchInTurns(setting, box, up.folderId);
    const measure = 'MB/s beside one bare undici stream with SHA-1';
    const inParts = `${measure}, in parts as Box wants them`;
    const inOne = `${measure} in one request: two digests of each byte in place of four`;
    const once = { ...made(atOnce), detail: `${made(atOnce).detail}; ${atBest(atOnce)}` };
    return [
      { job: '1 GiB up', measure: inParts, toReach: 0.85, better: 'more', ...made(up) },
      { job: '1 GiB up', measure: inOne, toReach: 0.85, better: 'more', ...once },
      { job: '1 GiB down', measure, toReach: 0.85, better: 'more', ...made(down) },
    ];
  } finally {
    await box.stop();
  }
}

/** What two more digests of each byte leave of the other side's speed, were all else the same and all cores at work. */
function atBest({ theirs }: Pairs): string {
  const digest = digestSeconds();
  const cores = availableParallelism();
  const seconds = median(theirs.map((figures) => figures.seconds));
  const best = seconds / (seconds + (2 * digest) / cores);
  return `a digest takes ${digest.toFixed(2)} s of one of ${cores} cores, and two more of them leave ${best.toFixed(2)} at best`;
}

/** What as many bytes in memory take of a core, whatever else it is doing. */
function digestSeconds(): number {
  const block = Buffer.alloc(2 ** 20, 'digest');
  const sha1 = createHash('sha1');
  const started = process.cpuUsage();
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += block.length) sha1.update(block);
  sha1.digest();
  return process.cpuUsage(started).user / 1e6;
}

const LINE = { latencyMs: 50, bandwidthBytesPerSecond: 50_000_000 };

/** A line that gives each connection little: what counts is how many there are. */
export async function slowLine(setting: Setting): Promise<Figure[]> {
  const box = await setting.startBox(LINE);
  try {
    const directory = setting.fresh('large');
    await makeLargeFile(directory, LARGE_BYTES);
    const up = await sendInTurns(setting, box, directory, { pairs: 1 });
    const down = await fetchInTurns(setting, box, up.folderId, 1);
    const where = 'where a connection gives 50 MB/s at 50 ms latency';
    const measure = 'MB/s beside one connection';
    return [
      { job: `1 GiB up ${where}`, measure, toReach: 3, better: 'more', ...made(up) },
      { job: `1 GiB down ${where}`, measure, toReach: 3, better: 'more', ...made(down) },
    ];
  } finally {
    await box.stop();
  }
}

function made({ ratio, ours, theirs, calls }: Pairs): { value: number; detail: string } {
  const detail = `${speed(ours)} and ${speed(theirs)}; processor ${processor(ours)} and ${processor(theirs)}; ${calls} calls; peak memory ${megabytes(ours)}`;
  return { value: ratio, detail };
}
