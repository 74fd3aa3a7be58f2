/** The five fields of a crontab, in terms that others than cron understand. Pure. */
import { CliError } from '../../cli-error.ts';

export interface CronFields {
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
}

const SHORT: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const ELEMENT = /^(\*|\d+|[A-Z]{3})(-(\d+|[A-Z]{3}))?(\/\d+)?$/i;

/** @throws CliError for what only `--cron` in the foreground understands: `L`, `W`, `#` */
export function cronFields(times: string): CronFields {
  const fields = (SHORT[times.trim().toLowerCase()] ?? times.trim()).split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const wrong = fields.flatMap((field) => field.split(',')).find((part) => !ELEMENT.test(part));
  if (wrong !== undefined || fields.length !== 5) {
    throw new CliError(
      `"${wrong ?? times}" of --cron is not understood by the system's own clocks`,
      {
        ways: ['numbers, names, lists, ranges and steps are: MON-FRI, 1,15, */10'],
      },
    );
  }
  return { minute, hour, day, month, weekday };
}

/** `*\/15` → [0, 15, 30, 45]: all numbers that a field stands for. */
export function numbersIn(
  field: string,
  { least, most, names = [] }: { least: number; most: number; names?: readonly string[] },
): number[] {
  const numberOf = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    return named < 0 ? Number(text) : named + least;
  };
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const from = first === '*' ? least : numberOf(first);
    const single = step === undefined && first !== '*' ? from : most;
    const to = last === undefined ? single : numberOf(last);
    for (let number = from; number <= to; number += Number(step ?? 1)) numbers.add(number);
  }
  return [...numbers].sort((one, other) => one - other);
}
