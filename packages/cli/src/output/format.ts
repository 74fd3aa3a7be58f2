/** Numbers as people read them. Sizes are decimal, as disks and networks are sold and as Box shows them. */

const sizeUnits = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `4310` → `4,310`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1` → `1 file`, `4310` → `4,310 files`. */
export function formatNumberOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `20_100_000_000` → `20.1 GB`, `1` → `1 byte`. */
export function formatBytes(bytes: number): string {
  const { number, unit } = scaled(bytes);
  return `${number} ${unit === 'bytes' && bytes === 1 ? 'byte' : unit}`;
}

/** `9.4 of 20.1 GB`: the unit is said once where both share it. */
export function formatBytesOf(done: number, total: number): string {
  const [part, whole] = [scaled(done), scaled(total)];
  const first = part.unit === whole.unit || done === 0 ? part.number : formatBytes(done);
  return `${first} of ${formatBytes(total)}`;
}

/** `182_000_000` → `182 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.round(bytesPerSecond))}/s`;
}

/** `112.4` → `1 min 52 s`, `0.21` → `0.2 s`, `0.04` → `40 ms`, `7300` → `2 h 2 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.095) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  return joined(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
}

/** An estimate, so no finer than it is true: `35 s`, `4 min`, `2 h 10 min`. */
export function formatRemaining(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function scaled(bytes: number): { number: string; unit: string } {
  let value = bytes;
  let step = 0;
  // 999.5 KB would round to 1000 KB, so the step is taken before that.
  while (step < sizeUnits.length - 1 && value >= (step === 0 ? 1000 : 999.5)) {
    value /= 1000;
    step++;
  }
  const digits = step === 0 || value >= 99.95 ? 0 : 1;
  return { number: value.toFixed(digits).replace(/\.0$/, ''), unit: sizeUnits[step] ?? 'bytes' };
}
