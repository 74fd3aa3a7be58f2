import { InputError } from '@boxhaul/client';
import type { Direction, TransferOptions } from '../transfer.ts';

/**
 * Refuses rules that a run could not follow, before it begins.
 * @throws {InputError} what is to be uploaded is asked for what files on a disk do not have; or what is extra is to be
 *   deleted, and the files that stay are chosen by more than their paths
 */
export function assertUsable(
  { filter, deleteExtra = false }: TransferOptions,
  direction: Direction,
): void {
  const { facts } = filter ?? {};
  if (!facts) return;
  const [absent] = direction === 'upload' ? facts.onlyInBox : [];
  if (absent !== undefined) {
    throw new InputError(`${absent} is known of files in Box only, not of files on this machine`);
  }
  if (deleteExtra) {
    // Of two sides that differ, the one that is too large is not extra: nothing is deleted on such a guess.
    throw new InputError(
      'deleting what is extra goes with rules about paths only, not about size, age or other facts',
    );
  }
}
