/** What became of what was extra in a target, as the summary tells it. */
import type { MirrorReport, TransferReport } from '@boxhaul/transfer';
import { formatCount, formatNumberOf } from './format.ts';
import type { Style } from './style.ts';
import { printable } from './width.ts';

type Row = [name: string, count: number, words: string[]];

/** Rows of the summary's table, where `--delete-extra` was asked for. */
export function mirrorRows({ mirror, dryRun }: TransferReport): Row[] {
  if (!mirror) return [];
  const { movedFolders = 0 } = mirror;
  const whole = 'with all that they hold';
  return [
    ...(movedFolders > 0 ? [['moved folders', movedFolders, [whole]] as Row] : []),
    trashRow(mirror, dryRun),
  ];
}

function trashRow({ held, extra, trashed, trash, left }: MirrorReport, dryRun: boolean): Row {
  if (left && trashed === 0) return ['extra', extra, ['left where they are']];
  const words = [
    ...(trashed > 0 ? [`of ${formatNumberOf(held, 'file')} in the target`] : []),
    ...(trash === undefined ? [] : [`in ${printable(trash)}`]),
  ];
  return [dryRun ? 'to the trash' : 'trashed', trashed, words];
}

/** Why what is extra is still there. */
export function mirrorLines({ mirror, dryRun }: TransferReport, style: Style): string[] {
  if (!mirror?.left) return [];
  return [`  ${style.yellow(nothingWords(mirror, dryRun))}: ${printable(mirror.left.words)}`];
}

function nothingWords({ trashed }: MirrorReport, dryRun: boolean): string {
  if (dryRun) return 'nothing would be deleted';
  return trashed === 0 ? 'nothing was deleted' : `only ${formatCount(trashed)} were deleted`;
}
