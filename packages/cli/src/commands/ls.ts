import { type FoundPlace, openPlaces } from '../box-places.ts';
import { openConnection } from '../connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { itemFields, itemLine, SHOWN_FIELDS } from '../output/item-line.ts';
import { printable } from '../output/width.ts';

/**
 * `boxhaul ls [places…]`: a line for each item, as the listing arrives. A folder that is named is opened; those that
 * a glob matches are lines themselves.
 */
export async function runLs(context: CommandContext, words: readonly string[]): Promise<ExitCode> {
  const connection = await openConnection(context);
  try {
    const { signal } = context;
    const places = openPlaces(connection.client, { fields: SHOWN_FIELDS, signal });
    for (const word of words) {
      for await (const place of places.at(word)) {
        if (place.item.type === 'folder' && !place.isMatch) {
          await listFolder(context, place, words.length > 1);
        } else listPlace(context, place, words.length > 1 || place.isMatch);
      }
    }
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

async function listFolder(
  { output, signal }: CommandContext,
  { item: folder, client, path, words }: FoundPlace,
  isNamed: boolean,
): Promise<void> {
  if (isNamed) output.print(output.style.bold(`${printable(words)}:`));
  let isEmpty = true;
  for await (const item of client.folders.items(folder.id, { fields: SHOWN_FIELDS, signal })) {
    signal.throwIfAborted();
    output.event('item', itemFields(item, path && `${path === '/' ? '' : path}/${item.name}`));
    output.print(itemLine(output, item));
    isEmpty = false;
  }
  // A program that reads the lines is not to take this for one.
  if (isEmpty && output.people.isTTY) output.say('the folder is empty');
}

function listPlace(
  { output }: CommandContext,
  { item, path, words }: FoundPlace,
  isNamed: boolean,
): void {
  output.event('item', itemFields(item, path));
  output.print(itemLine(output, item, isNamed ? words : item.name));
}
