import type { BoxItem } from '@boxhaul/client';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type FolderInOrder, foldersInOrder } from '../looking/folders-in-order.ts';
import { type Tree, throughTrees } from '../looking/trees.ts';
import { formatBytes, formatNumberOf } from '../output/format.ts';
import { itemFields, SHOWN_FIELDS } from '../output/item-line.ts';
import { isUtf8 } from '../output/locale.ts';
import type { Output } from '../output/output.ts';
import { room } from '../output/room.ts';
import type { Style } from '../output/style.ts';
import { printable } from '../output/width.ts';
import type { ChoiceOptions } from '../transfer/selection.ts';

export interface TreeCommandOptions extends ChoiceOptions {
  readonly foldersOnly?: boolean;
}

/** The pieces that lines are drawn with, four columns each. */
interface Pieces {
  readonly next: string;
  readonly last: string;
  readonly through: string;
}

const UNICODE: Pieces = { next: '├── ', last: '└── ', through: '│   ' };
const ASCII: Pieces = { next: '|-- ', last: '`-- ', through: '|   ' };
const BLANK = '    ';

/** `boxhaul tree [folders…]`: draws what is in them. */
export async function runTree(
  context: CommandContext,
  words: readonly string[],
  options: TreeCommandOptions,
): Promise<ExitCode> {
  const pieces = isUtf8(context.env) ? UNICODE : ASCII;
  return await throughTrees(context, words, options, (tree) =>
    draw(tree, pieces, options.foldersOnly === true, context),
  );
}

/** What of an item is needed until its turn comes. */
interface Entry {
  readonly path: string;
  readonly item: BoxItem;
}

/** A folder that is still to be drawn: its line, and what stands before those of what it holds. */
interface Branch {
  readonly line: string;
  readonly before: string;
}

async function draw(
  tree: Tree,
  pieces: Pieces,
  isFoldersOnly: boolean,
  { output, stdout, signal }: CommandContext,
): Promise<void> {
  const { style } = output;
  const totals = { folders: 0, files: 0, bytes: 0 };
  const coming: Branch[] = [{ line: style.bold(printable(tree.path)), before: '' }];
  const walk = tree.walk(output.json ? SHOWN_FIELDS : ['url']);
  for await (const folder of foldersInOrder(walk, (item, path): Entry => ({ item, path }))) {
    const { line = '', before = '' } = coming.pop() ?? {};
    output.print(line);
    if (folder.failed !== undefined) tree.unreadable(folder.path, folder.failed);
    const entries = folder.kept.filter(({ item }) => !isFoldersOnly || item.type === 'folder');
    for (const { item, path } of entries) output.event('item', itemFields(item, tree.pathOf(path)));
    count(folder, totals);
    const leaves = leavesOf(entries, folder.entered);
    for (const [index, { item }] of leaves.entries()) {
      const isLast = index === leaves.length - 1 && folder.entered.length === 0;
      output.print(`${before}${isLast ? pieces.last : pieces.next}${shown(item, output)}`);
      await room(stdout, signal);
    }
    coming.push(...branchesOf(folder.entered, before, pieces, style).reverse());
  }
  output.say('');
  const { folders, files, bytes } = totals;
  output.say(
    `${formatNumberOf(folders, 'folder')}, ${formatNumberOf(files, 'file')}, ${formatBytes(bytes)}`,
  );
}

/** What is drawn in one line: everything but the folders that have lines below theirs. */
function leavesOf(entries: readonly Entry[], entered: readonly string[]): Entry[] {
  const branches = new Set(entered);
  return entries.filter(({ path }) => !branches.has(path));
}

function branchesOf(
  entered: readonly string[],
  before: string,
  pieces: Pieces,
  style: Style,
): Branch[] {
  return entered.map((path, index) => {
    const isLast = index === entered.length - 1;
    const name = style.cyan(`${printable(path.slice(path.lastIndexOf('/') + 1))}/`);
    return {
      line: `${before}${isLast ? pieces.last : pieces.next}${name}`,
      before: `${before}${isLast ? BLANK : pieces.through}`,
    };
  });
}

function shown(item: BoxItem, { style }: Output): string {
  const name = printable(item.name);
  if (item.type === 'folder') return style.cyan(`${name}/`);
  if (item.type === 'file') return `${name} ${style.dim(formatBytes(item.size ?? 0))}`;
  return `${name} ${style.dim(`→ ${printable(item.url)}`)}`;
}

function count(
  { kept }: FolderInOrder<Entry>,
  totals: { folders: number; files: number; bytes: number },
): void {
  for (const { item } of kept) {
    if (item.type === 'folder') totals.folders += 1;
    if (item.type !== 'file') continue;
    totals.files += 1;
    totals.bytes += item.size ?? 0;
  }
}
