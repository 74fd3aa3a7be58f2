import { choosingInBox, type Filter, walkBox } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { eachPlace } from '../looking/each-place.ts';
import { foldersInOrder } from '../looking/folders-in-order.ts';
import { itemFields, itemLine, SHOWN_FIELDS } from '../output/item-line.ts';
import { openProblems, type Problems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';
import { type ChoiceOptions, selectionFilter } from '../transfer/selection.ts';

export interface LsCommandOptions extends ChoiceOptions {
  readonly recursive?: boolean;
}

/**
 * `boxhaul ls [places…]`: a line for each item, as the listing arrives. A folder that is named is opened; those that
 * a glob matches are lines themselves.
 */
export async function runLs(
  context: CommandContext,
  words: readonly string[],
  options: LsCommandOptions,
): Promise<ExitCode> {
  const { signal, cwd } = context;
  const isRecursive = options.recursive === true;
  const maxDepth = isRecursive ? options.maxDepth : 1;
  const filter = await selectionFilter(
    { ...options, ...(maxDepth !== undefined && { maxDepth }) },
    { side: 'box', cwd },
  );
  const { client, close } = await openConnection(context);
  try {
    const choosing = await choosingInBox(filter, { client, signal });
    const fields = [...SHOWN_FIELDS, ...choosing.fields];
    const places = openPlaces(client, { fields, signal });
    const listing = { context, filter, problems: openProblems(context) };
    const given = words.length === 0 ? ['/'] : words;
    await eachPlace(given, places, listing.problems, async (place) => {
      const { item } = place;
      const isOpened = item.type === 'folder' && !place.isMatch;
      if (isOpened && isRecursive) await listTree(place, listing);
      else if (isOpened) await listFolder(place, given.length > 1, listing);
      else if (filter.takesFile(item.name) && choosing.takes(item, item.name)) {
        listPlace(place, given.length > 1 || place.isMatch, listing);
      }
    });
    return listing.problems.exitCode;
  } finally {
    await close();
  }
}

interface ListingContext {
  readonly context: CommandContext;
  readonly filter: Filter;
  readonly problems: Problems;
}

async function listFolder(
  { item: folder, client, path, words }: FoundPlace,
  isNamed: boolean,
  { context: { output, stdout, signal }, filter }: ListingContext,
): Promise<void> {
  if (isNamed) output.print(output.style.bold(`${printable(words)}:`));
  let isEmpty = true;
  const walk = walkBox({ client, folderId: folder.id, filter, fields: SHOWN_FIELDS, signal });
  for await (const found of walk) {
    if (found.type !== 'item') continue;
    output.event('item', itemFields(found.item, path && below(path, found.path)));
    output.print(itemLine(output, found.item));
    isEmpty = false;
    await room(stdout, signal);
  }
  // A program that reads the lines is not to take this for one.
  if (isEmpty && output.people.isTTY) {
    output.say(filter.selective ? 'nothing in the folder is chosen' : 'the folder is empty');
  }
}

/** The folder and each one below, under its own path. */
async function listTree(
  { item: root, client, path, words }: FoundPlace,
  { context: { output, stdout, signal }, filter, problems }: ListingContext,
): Promise<void> {
  const walk = walkBox({ client, folderId: root.id, filter, fields: SHOWN_FIELDS, signal });
  let isFirst = true;
  for await (const folder of foldersInOrder(walk, (item, at) => ({ item, at }))) {
    const isShown = folder.kept.length > 0 || !filter.selective;
    if (isShown && !isFirst) output.print('');
    isFirst &&= !isShown;
    const called = folder.path === '' ? words : below(words, folder.path);
    if (isShown) output.print(output.style.bold(`${printable(called)}:`));
    for (const { item, at } of folder.kept) {
      output.event('item', itemFields(item, path && below(path, at)));
      output.print(itemLine(output, item));
      await room(stdout, signal);
    }
    if (folder.failed === undefined) continue;
    problems.report(new CliError(`${printable(called)} could not be listed: ${folder.failed}`));
  }
}

function listPlace(
  { item, path, words }: FoundPlace,
  isNamed: boolean,
  { context: { output } }: ListingContext,
): void {
  output.event('item', itemFields(item, path));
  output.print(itemLine(output, item, isNamed ? words : item.name));
}

function below(folder: string, path: string): string {
  return `${folder === '/' ? '' : folder}/${path}`;
}
