import type { BoxItem } from '@boxhaul/client';
import type { Filter } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { throughTrees } from '../looking/trees.ts';
import { itemFields, SHOWN_FIELDS } from '../output/item-line.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import type { ChoiceOptions } from '../transfer/selection.ts';

export interface FindCommandOptions extends ChoiceOptions {
  readonly kind?: BoxItem['type'];
  /** End each path with a NUL, as `xargs -0` takes them. */
  readonly print0?: boolean;
}

/** `boxhaul find [folders…]`: the path of each item that is chosen, as it is found. */
export async function runFind(
  context: CommandContext,
  words: readonly string[],
  options: FindCommandOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const { kind, print0 = false } = options;
  if (print0 && output.json) {
    throw new CliError('--print0 and --json say different things about the output', {
      ways: ['give one of them'],
    });
  }
  const print = (path: string) => {
    if (print0) stdout.write(`${path}\0`);
    // A program is given names as they are; a terminal is not to obey them.
    else output.print(stdout.isTTY ? printable(path) : path);
  };
  return await throughTrees(
    context,
    words,
    options,
    async (tree) => {
      for await (const found of tree.walk(output.json ? SHOWN_FIELDS : [])) {
        if (found.type === 'listed') {
          if (found.failed) tree.unreadable(found.path, found.failed.words);
        } else if (kind === undefined || found.item.type === kind) {
          const path = tree.pathOf(found.path);
          output.event('item', itemFields(found.item, path));
          print(path);
          await room(stdout, signal);
        }
      }
    },
    (filter) => assertFindable(kind, filter),
  );
}

/** Conditions that only files can meet would quietly find nothing else. */
function assertFindable(kind: BoxItem['type'] | undefined, { facts }: Filter): void {
  if (kind === undefined || kind === 'file' || !facts) return;
  throw new CliError(
    `a ${kind.replace('_', ' ')} has no size, age or other facts that the options ask for`,
    { ways: ['leave out --kind, or choose by --include, --exclude and --max-depth'] },
  );
}
