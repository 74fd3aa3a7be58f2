/**
 * Durations, sizes and rates as people write them: `120ms`, `30d`, `50MB/s`, `4GiB`. Each parser answers
 * a plain number in one stated unit, or `undefined` for text that it does not understand, so that the
 * caller can name the option in its error.
 */

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
  weeks: 604_800_000,
  y: 31_536_000_000,
};

const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  k: 1000,
  kb: 1000,
  kib: 1024,
  m: 1000 ** 2,
  mb: 1000 ** 2,
  mib: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1000 ** 3,
  gib: 1024 ** 3,
  t: 1000 ** 4,
  tb: 1000 ** 4,
  tib: 1024 ** 4,
};

/** `120ms`, `2s`, `1.5 min`, `12h`, `30d`, `2w`, `1y` (365 days) → milliseconds. A bare number has no unit and is refused, save 0. */
export function parseDuration(text: string): number | undefined {
  const quantity = split(text);
  if (quantity === undefined) return undefined;
  if (quantity.unit === '') return quantity.number === 0 ? 0 : undefined;
  return scaled(quantity.number, durationUnits[quantity.unit]);
}

/** `300`, `64KiB`, `50 MB`, `1.5G` → bytes. Decimal units count in thousands, `KiB` and so on in 1,024s. */
export function parseSize(text: string): number | undefined {
  const quantity = split(text);
  if (quantity === undefined) return undefined;
  return scaled(quantity.number, quantity.unit === '' ? 1 : sizeUnits[quantity.unit]);
}

/** `50MB/s`, `50MB`, `800Kbit/s` → bytes a second; more than nothing, since a rate of 0 never ends. */
export function parseRate(text: string): number | undefined {
  const perSecond = text.trim().replace(/(\/s|ps)$/i, '');
  const bits = /^(.*[kmgt])bit$/i.exec(perSecond);
  const size = bits?.[1] === undefined ? parseSize(perSecond) : parseSize(bits[1]);
  if (size === undefined) return undefined;
  const bytesPerSecond = Math.round(bits === null ? size : size / 8);
  return bytesPerSecond > 0 ? bytesPerSecond : undefined;
}

function split(text: string): { number: number; unit: string } | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { number: Number(match[1]), unit: match[2].toLowerCase() };
}

function scaled(number: number, factor: number | undefined): number | undefined {
  if (factor === undefined) return undefined;
  const product = Math.round(number * factor);
  return Number.isSafeInteger(product) ? product : undefined;
}
