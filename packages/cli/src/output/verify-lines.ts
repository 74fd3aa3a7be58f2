/** What a comparison of both sides came to, as the summary tells it. */
import type { ReasonCode, TransferReport, TransferResult } from '@boxhaul/transfer';
import { skippedWords } from './advice.ts';
import { formatNumberOf } from './format.ts';

type Row = [name: string, count: number, words: string[]];

/** What may differ, in the order in which it is told. */
const DIFFERENCES: readonly [code: ReasonCode, name: string, words: string][] = [
  ['missing', 'missing', 'not in Box'],
  ['different', 'different', 'other contents in Box'],
  ['extra', 'extra', 'only in Box'],
  ['named-otherwise', 'named otherwise', 'in Box, in upper and lower case'],
  ['in-the-way', 'in the way', 'something of another kind in Box'],
];

/** Behind the time that it took. */
export function verifyWords({ failed }: TransferReport): string {
  return failed === 0 ? 'nothing differs' : formatNumberOf(failed, 'difference');
}

/** Rows of the summary's table: only what there is, but for what is the same. */
export function verifyRows({ skippedBy, failedBy }: TransferReport): Row[] {
  const { same = 0, ...others } = skippedBy;
  const known = new Set<string>(DIFFERENCES.map(([code]) => code));
  const failed = Object.entries(failedBy).filter(([code]) => !known.has(code));
  const rows: Row[] = [
    ...DIFFERENCES.map(([code, name, words]): Row => [name, failedBy[code] ?? 0, [words]]),
    ['failed', failed.reduce((sum, [, count]) => sum + count, 0), ['could not be compared']],
    ...Object.entries(others).map(
      ([code, count]): Row => ['not compared', count, [skippedWords(code, count)]],
    ),
  ];
  return [['the same', same, []], ...rows.filter(([, count]) => count > 0)];
}

/** What to do about a difference; null where the command knows that, undefined of what is none. */
export function verifyAdvice({ reason }: TransferResult): string | null | undefined {
  switch (reason?.code) {
    case 'missing':
    case 'different':
      return null;
    case 'extra':
      return 'boxhaul rm takes away what is only in Box';
    case 'named-otherwise':
      return 'boxhaul move gives it its name';
    case 'in-the-way':
      return 'move away what stands in its place in Box';
    default:
      return undefined;
  }
}

/** What a failure is called in front of its path: differences stand in a column of their own. */
export function failureName({ reason }: TransferResult): string {
  switch (reason?.code) {
    case 'missing':
    case 'different':
    case 'extra':
      return reason.code.padEnd('different'.length);
    case 'named-otherwise':
      return 'named'.padEnd('different'.length);
    default:
      return 'failed';
  }
}
