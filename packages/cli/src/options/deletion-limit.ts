import type { MaxDelete } from '@boxhaul/transfer';
import { InvalidArgumentError } from 'commander';

/** `--max-delete 100`: so many files; `--max-delete 50%`: such a share of the target. */
export function deletionLimit(text: string): MaxDelete {
  const [, digits = '', sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const number = Number(digits);
  if (sign === '%' && number <= 100) return `${number}%`;
  if (sign === '' && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('Give a number of files or a percentage: 100, 25%.');
}
