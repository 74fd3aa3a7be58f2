import { parseSize } from '@boxhaul/transfer/quantities';
import { InvalidArgumentError } from 'commander';

/** Which bytes of a file are wanted: from and to, both included, or so many at its end. */
export type ByteExtent =
  | { readonly from: number; readonly to?: number }
  | { readonly lastBytes: number };

/** `--range 0-1023`, `1MB-`, `-512`: as HTTP counts, both ends included. */
export function byteExtent(text: string): ByteExtent {
  const [, first = '', last = ''] = /^([^-]*)-([^-]*)$/.exec(text) ?? [];
  const [from, to] = [parseSize(first), parseSize(last)];
  const isWrong = (first !== '' && from === undefined) || (last !== '' && to === undefined);
  if (!isWrong && from !== undefined && (to === undefined || to >= from)) {
    return to === undefined ? { from } : { from, to };
  }
  if (!isWrong && from === undefined && to !== undefined && to > 0) return { lastBytes: to };
  throw new InvalidArgumentError('Give a range: 0-1023, 1MB- (to the end), -512 (the last).');
}
