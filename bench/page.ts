/** What the pages of measurements have in common. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** The clone. */
export const root = join(import.meta.dirname, '..');

/** When, of what and where it was measured: `2026-01-01 at commit abc1234: Node v24.0.0, 2 cores (…), 8 GiB`. */
export function measuredOn(): string {
  const git = ['rev-parse', '--short', 'HEAD'];
  const commit = execFileSync('git', git, { encoding: 'utf8', cwd: root }).trim();
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const day = new Date().toISOString().slice(0, 10);
  return `${day} at commit ${commit}: Node ${process.version}, ${machine}`;
}

/** The middle one, or the upper of the two in the middle. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
