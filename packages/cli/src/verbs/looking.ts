/** find, du, tree: what they take. What they do is in `commands/`. */
import { type Command, Option } from 'commander';
import type { DuCommandOptions } from '../commands/du.ts';
import type { FindCommandOptions } from '../commands/find.ts';
import type { TreeCommandOptions } from '../commands/tree.ts';
import { wholeNumber } from '../options/option-values.ts';
import { addSelectionOptions } from '../options/selection-options.ts';
import { addOneItemVerbs } from './one-item.ts';
import { finish, type Start } from './start.ts';

/** Commands that look at what is in Box, and change nothing. */
export function addLookingVerbs(program: Command, start: Start): void {
  program.commandsGroup('Tidy');
  addFind(program, start);
  addDu(program, start);
  addTree(program, start);
  addOneItemVerbs(program, start);
}

/** What an argument may be, in the words of every command that takes folders. */
const FOLDERS = 'folders: addresses, ids, paths, or globs (by default the root)';

function addFind(program: Command, start: Start): void {
  const find = program
    .command('find')
    .summary('paths of what is in folders, and in those below')
    .description('Print the path of everything in folders on Box that the options choose.')
    .argument('[folders...]', FOLDERS)
    .addOption(new Option('--kind <kind>', 'only these').choices(['file', 'folder', 'web_link']))
    .option('-0, --print0', 'end each path with a NUL, for xargs -0');
  addSelectionOptions(find, { ignoring: false });
  finish(find, [
    'boxhaul find / --local',
    'boxhaul find /Team --ext .tmp,.bak --min-age 30d',
    `boxhaul find /Team /Archive --where 'size > 1GB and owner = "ann@example.com"'`,
    "boxhaul find '/Team/20*' --kind folder --max-depth 1 --json",
  ]).action((folders: string[], options: FindCommandOptions) =>
    start(find, async (context) => {
      const { runFind } = await import('../commands/find.ts');
      return runFind(context, folders, options);
    }),
  );
}

function addDu(program: Command, start: Start): void {
  const du = program
    .command('du')
    .summary('how much is in folders')
    .description(
      'Add up the files in folders on Box and in those below: the current version of each.',
    )
    .argument('[folders...]', FOLDERS)
    .option(
      '--depth <n>',
      'how far below it folders have lines of their own; 0: none has',
      wholeNumber(0, 10_000),
      1,
    );
  addSelectionOptions(du, { ignoring: false });
  finish(du, [
    'boxhaul du --local',
    'boxhaul du /Team --depth 2',
    "boxhaul du '/Team/20??' --depth 0 --ext .mov,.mp4",
  ]).action((folders: string[], options: DuCommandOptions) =>
    start(du, async (context) => {
      const { runDu } = await import('../commands/du.ts');
      return runDu(context, folders, options);
    }),
  );
}

function addTree(program: Command, start: Start): void {
  const tree = program
    .command('tree')
    .summary('draw what is in folders')
    .description('Draw the tree below folders on Box.')
    .argument('[folders...]', FOLDERS)
    .option('--folders-only', 'leave out files and web links');
  addSelectionOptions(tree, { ignoring: false });
  finish(tree, [
    'boxhaul tree --local',
    'boxhaul tree /Team --max-depth 2',
    'boxhaul tree /Team --folders-only',
  ]).action((folders: string[], options: TreeCommandOptions) =>
    start(tree, async (context) => {
      const { runTree } = await import('../commands/tree.ts');
      return runTree(context, folders, options);
    }),
  );
}
