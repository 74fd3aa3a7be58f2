/** Whether what is extra in the target may go: the rules that keep a slip from emptying it. Pure. */
import { InputError } from '@boxhaul/client';
import { type Reason, reason } from '../reason.ts';

/** How much a run may put into the trash: so many files, or such a share of those that the target held. */
export type MaxDelete = number | `${number}%`;

/** Unless it is said otherwise. */
export const USUAL_LIMIT: MaxDelete = '25%';

/** What a run knows when it is to be decided. */
export interface Standing {
  /** Files on the source's side that take part. */
  sourceFiles: number;
  /** Files that the target held and that take part, those that are extra among them. */
  held: number;
  /** Files of the target that the source does not have, but for those that are moved. */
  extra: number;
  /** What could not be listed or read while both sides were looked at: the first, in words. */
  unseen?: string | undefined;
  /** Files and folders that failed. */
  failed: number;
  /** The run ended before it had come to everything. */
  isCutShort: boolean;
}

/** Why nothing may be deleted, or undefined: it may. */
export function whyKept(standing: Standing, limit: MaxDelete): Reason | undefined {
  const { sourceFiles, held, extra, unseen, failed, isCutShort } = standing;
  if (isCutShort) return reason('interrupted', 'the run was stopped before everything was done');
  if (unseen !== undefined) return reason('not-all-seen', unseen);
  if (failed > 0) {
    const words =
      `${counted(failed, 'file')} failed, and a run deletes only when none fails; put that right, or exclude what ` +
      'cannot be moved, then run the same command again';
    return reason('not-all-done', words);
  }
  if (extra === 0) return undefined;
  if (sourceFiles === 0) {
    return reason(
      'source-empty',
      'the source has no files: is it the right folder, and is its disk mounted?',
    );
  }
  const most = mostOf(limit, held);
  if (extra <= most) return undefined;
  const allowed = typeof limit === 'number' ? 'are allowed' : `(${limit}) are allowed`;
  const words =
    `${extra} of the ${counted(held, 'file')} in the target would go to the trash, and ${most} ${allowed}; ` +
    `if that is what you want: --max-delete ${extra}`;
  return reason('too-many-extra', words);
}

/** The most files that a limit lets go of so many. @throws {InputError} it is no limit */
export function mostOf(limit: MaxDelete, held: number): number {
  assertLimit(limit);
  if (typeof limit === 'number') return limit;
  return Math.floor((held * Number(limit.slice(0, -1))) / 100);
}

/** @throws {InputError} it is neither a whole number nor a percentage */
export function assertLimit(limit: MaxDelete): void {
  const isLimit =
    typeof limit === 'number'
      ? Number.isSafeInteger(limit) && limit >= 0
      : /^\d+(\.\d+)?%$/.test(limit) && Number(limit.slice(0, -1)) <= 100;
  if (!isLimit) throw new InputError(`maxDelete is a whole number or a percentage, not ${limit}`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
