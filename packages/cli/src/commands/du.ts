import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { foldersInOrder, parentOf } from '../looking/folders-in-order.ts';
import { type Tree, throughTrees } from '../looking/trees.ts';
import { formatBytes, formatNumberOf } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import type { ChoiceOptions } from '../transfer/selection.ts';

export interface DuCommandOptions extends ChoiceOptions {
  /** How far below the named folder others have lines of their own. */
  readonly depth: number;
}

/** `boxhaul du [folders…]`: what folders hold, each after those in it. */
export async function runDu(
  context: CommandContext,
  words: readonly string[],
  options: DuCommandOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  return await throughTrees(context, words, options, async (tree) => {
    for await (const sum of sumsOf(tree)) {
      if (depthOf(sum.path) > options.depth) continue;
      printSum(output, sum, tree.pathOf(sum.path));
      await room(stdout, signal);
    }
  });
}

/** What a folder holds, with all below it. */
interface Sum {
  readonly path: string;
  readonly id: string;
  bytes: number;
  files: number;
  folders: number;
  /** False when a folder below could not be listed. */
  isWhole: boolean;
}

async function* sumsOf(tree: Tree): AsyncGenerator<Sum, void, undefined> {
  const open: Sum[] = [];
  const close = (): Sum | undefined => {
    const done = open.pop();
    const above = open.at(-1);
    if (done && above) {
      above.bytes += done.bytes;
      above.files += done.files;
      above.folders += done.folders + 1;
      above.isWhole &&= done.isWhole;
    }
    return done;
  };
  const folders = foldersInOrder(tree.walk(), (item) =>
    item.type === 'file' ? (item.size ?? 0) : undefined,
  );
  for await (const { path, id, kept, failed } of folders) {
    while (open.length > 0 && (path === '' || open.at(-1)?.path !== parentOf(path))) {
      const done = close();
      if (done) yield done;
    }
    if (failed !== undefined) tree.unreadable(path, failed);
    const sizes = kept.filter((size) => size !== undefined);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const isWhole = failed === undefined;
    open.push({ path, id, bytes, files: sizes.length, folders: 0, isWhole });
  }
  for (let done = close(); done; done = close()) yield done;
}

function printSum(output: Output, sum: Sum, path: string): void {
  const { id, bytes, files, folders, isWhole } = sum;
  output.event('usage', { path, id, bytes, files, folders, whole: isWhole });
  const least = isWhole ? '' : '≥ ';
  output.print(
    [
      `${least}${formatBytes(bytes)}`.padStart(12),
      formatNumberOf(files, 'file').padStart(14),
      output.style.cyan(printable(path)),
    ].join('  '),
  );
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
