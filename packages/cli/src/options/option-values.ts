/** Values of options, checked where they are typed: each parser answers a value or says what is allowed. */
import { parseDuration, parseRate, parseSize } from '@boxhaul/transfer/quantities';
import { InvalidArgumentError } from 'commander';

/** Whether words of a command line have it read standard input: `-`, and `--to-file=-`. */
export function readsInput(argv: readonly string[]): boolean {
  return argv.some((word) => word === '-' || /^--[a-z-]+=-$/.test(word));
}

/** `--concurrency 8`: a whole number in a range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** `--ext .zip,isx`, also given several times → each extension once. */
export function extensions(text: string, previous: readonly string[] = []): readonly string[] {
  const given = text
    .split(',')
    .map((extension) => extension.trim())
    .filter((extension) => extension !== '');
  if (given.length === 0) throw new InvalidArgumentError('Give extensions: --ext .zip,.isx');
  const wrong = given.find((extension) => /[/\\*?]/.test(extension));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`"${wrong}" is not an extension; for patterns use --include.`);
  }
  return [...new Set([...previous, ...given])];
}

/** `--type ITEM_UPLOAD,ITEM_TRASH` → each word once. */
export function words(text: string): readonly string[] {
  const given = text.split(',').map((word) => word.trim());
  if (given.includes('')) throw new InvalidArgumentError('Give words with commas between them.');
  return [...new Set(given)];
}

/** `--as-users 123,ann@example.com` → each name once. */
export function users(text: string): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Give users: --as-users 123,456');
  return [...new Set(names)];
}

/** An option that may be given several times → all its values in order. */
export function repeated(text: string, previous: readonly string[] = []): readonly string[] {
  if (text === '') throw new InvalidArgumentError('It is empty.');
  return [...previous, text];
}

/** `--base-url http://127.0.0.1:4010` → without a slash at the end. */
export function webAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError('Give a web address: http://127.0.0.1:4010');
  }
  return text.replace(/\/+$/, '');
}

/** `--min-size 10MB` → bytes. */
export function size(text: string): number {
  const bytes = parseSize(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError('Give a size: 10MB, 4GiB, 300.');
}

/** `--latency 120ms`, `--max-age 30d` → milliseconds. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('Give a duration with its unit: 120ms, 2s, 12h, 30d.');
}

/** `--bandwidth 50MB/s` → bytes a second. */
export function rate(text: string): number {
  const bytesPerSecond = parseRate(text);
  if (bytesPerSecond !== undefined) return bytesPerSecond;
  throw new InvalidArgumentError('Give a rate: 50MB/s, 800KB/s.');
}

/** `--set state=signed`, also given several times → all of them by name. */
export function fieldValue(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give a name and a value: state=signed');
  return { ...previous, [text.slice(0, at).trim()]: text.slice(at + 1) };
}
