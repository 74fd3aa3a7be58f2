import type { Style } from './style.ts';
import { shortened, widthOf } from './width.ts';

/** Wider than this, what belongs together would stand too far apart. */
const widest = 100;

/** `↑ weekly → /Backups (update)                    job 7k2m`: the job at the right, where there is room for both. */
export function titleLine(
  text: string,
  job: string | undefined,
  style: Style,
  columns: number,
): string {
  const width = Math.min(widest, columns - 1);
  if (job === undefined) return style.bold(shortened(text, width));
  const name = `job ${job}`;
  const shown = shortened(text, width - name.length - 3);
  const gap = width - widthOf(shown) - name.length;
  if (gap < 3 || shown.length < 8) return style.bold(shortened(text, columns - 1));
  return `${style.bold(shown)}${' '.repeat(gap)}${style.dim(name)}`;
}
